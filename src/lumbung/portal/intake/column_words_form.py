"""The form about the columns of a file: one line for each, with a sentence and a unit."""

from collections.abc import Sequence
from typing import Any

import polars as pl
from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from lumbung.portal.catalogue.column_words import Said, Words
from lumbung.portal.catalogue.columns import columns_of
from lumbung.portal.intake.column_words import names_somebody

LONGEST_DESCRIPTION = 300
LONGEST_UNIT = 40


class ColumnWordsForm(forms.Form):
    """What each column means and is counted in, filled in with what was written, else with what its header is known
    to mean: a proposal until it is sent. Changes no column's name."""

    def __init__(self, *args: Any, names: Sequence[str], words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        for number, name in enumerate(names, start=1):
            said = words.get(name) or _known(name)
            about = _("Uraian kolom %(name)s") % {"name": name}
            unit = _("Satuan kolom %(name)s") % {"name": name}
            self.fields[f"uraian-{number}"] = _text(about, LONGEST_DESCRIPTION, said.description)
            self.fields[f"satuan-{number}"] = _text(unit, LONGEST_UNIT, said.unit)

    def clean(self) -> dict[str, Any]:
        """Say at the field itself where the gate finds somebody; what stayed as it was is not asked again."""
        cleaned: dict[str, Any] = super().clean() or {}
        typed = [name for name in self.changed_data if cleaned.get(name)]
        refused = set(names_somebody([cleaned[name] for name in typed]))
        for name in typed:
            if cleaned.get(name) in refused:
                sentence = _("Tulisan ini memuat nomor atau nama orang. Mohon dihapus: keterangan dibaca umum.")
                self.add_error(name, sentence)
        return cleaned

    def rows(self) -> list[tuple[str, BoundField, BoundField]]:
        """For the template: each column's name with its two fields."""
        numbered = enumerate(self.names, start=1)
        return [(name, self[f"uraian-{number}"], self[f"satuan-{number}"]) for number, name in numbered]

    def words(self) -> dict[str, Said]:
        """What was typed, without the columns about which nothing was."""
        typed = self.cleaned_data
        numbered = enumerate(self.names, start=1)
        pairs = ((name, typed[f"uraian-{number}"], typed[f"satuan-{number}"]) for number, name in numbered)
        return {name: Said(description=about, unit=unit) for name, about, unit in pairs if about or unit}


def _known(name: str) -> Said:
    """By its header alone, in Indonesian like all that is written about data."""
    (column,) = columns_of({name: pl.String()})
    with override("id"):
        return Said(description=str(column.meaning), unit=column.unit)


def _text(label: Any, longest: int, known: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=False, initial=known)
