"""A blank as a form: one field for each cell, each of which says what it expects."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.aggregate.typed import Value
from lumbung.portal.intake.blanks.definition import Blank, Column, Line, in_language, worded
from lumbung.portal.intake.blanks.table import Values
from lumbung.portal.intake.blanks.values import Wrong, shown, value_of

BREAK = "__"
LONGEST_CELL = 200


class Cell(forms.CharField):
    """One cell of a blank; its cleaned value is typed, or None."""

    def __init__(self, column: Column, *, label: str) -> None:
        kinds = {"choice": forms.Select(choices=[("", "–"), *((one, worded(one)) for one in column.choices)])}
        widget = kinds.get(column.kind) or forms.TextInput(attrs=_hints(column))
        super().__init__(required=False, max_length=LONGEST_CELL, label=label, help_text=column.help, widget=widget)
        self.column = column

    def clean(self, value: Any) -> Any:
        """The typed value. Raise ValidationError with the sentence for the person."""
        text: str = super().clean(value)
        try:
            return value_of(text, self.column)
        except Wrong as wrong:
            raise forms.ValidationError(str(wrong.sentence)) from None


class BlankForm(forms.Form):
    """All cells of a blank. `known` fills it in; `version` says which saving of it the person had before them."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, blank: Blank, known: Values, version: int, sending: bool = False) -> None:
        initial = {_name(line, key): shown(value) for line, row in known.items() for key, value in row.items()}
        super().__init__(*args)
        self.initial = {**initial, "version": version}
        self.blank, self.sending = in_language(blank), sending
        for line in self.blank.rows():
            for column in self.blank.columns:
                self.fields[_name(line.code, column.name)] = Cell(column, label=_label(self.blank, line, column))

    def clean(self) -> dict[str, Any]:
        """What several cells say together; what is missing matters only when it is to be sent."""
        cleaned: dict[str, Any] = super().clean() or {}
        for line in self.blank.rows():
            row = {column.name: cleaned.get(_name(line.code, column.name)) for column in self.blank.columns}
            for column in self.blank.columns:
                self._check(line, column, row)
        return cleaned

    def _check(self, line: Line, column: Column, row: Mapping[str, Any]) -> None:
        name, value = _name(line.code, column.name), row[column.name]
        bound = row.get(column.at_most)
        if column.at_most and value is not None and bound is not None and value > bound:
            self.add_error(name, _("Angka ini tidak boleh lebih besar daripada jumlahnya."))
        touched = not self.blank.free or any(one is not None for one in row.values())
        if self.sending and column.required and touched and value is None and name not in self.errors:
            self.add_error(name, _("Bagian ini perlu diisi. Bila tidak ada, isi 0."))

    def values(self) -> dict[str, dict[str, Value]]:
        """What was understood: by line and column, without empty cells and without those that are wrong."""
        found: dict[str, dict[str, Value]] = {}
        for line in self.blank.rows():
            cells = ((one.name, self.cleaned_data.get(_name(line.code, one.name))) for one in self.blank.columns)
            given = {name: value for name, value in cells if value is not None}
            if given:
                found[line.code] = given
        return found

    def rows(self) -> list[dict[str, Any]]:
        """For the template: each line with its bound fields, and its section where a new one begins."""
        lines: list[dict[str, Any]] = []
        for line in self.blank.rows():
            cells = [self[_name(line.code, column.name)] for column in self.blank.columns]
            begins = not lines or lines[-1]["line"].section != line.section
            lines.append({"line": line, "cells": cells, "section": line.section if begins else ""})
        return lines

    def sections(self) -> list[tuple[str, list[Any]]]:
        """For the template of a blank with a single line: its fields by section."""
        line = self.blank.rows()[0]
        grouped: dict[str, list[Any]] = {}
        for column in self.blank.columns:
            grouped.setdefault(column.section, []).append(self[_name(line.code, column.name)])
        return list(grouped.items())


def _name(line: str, column: str) -> str:
    return f"{line}{BREAK}{column}"


def _label(blank: Blank, line: Line, column: Column) -> str:
    unit = f" ({column.unit})" if column.unit else ""
    if blank.single:
        return f"{column.label}{unit}"
    return f"{line.label or line.code}: {column.label}{unit}"


def _hints(column: Column) -> dict[str, str]:
    """Which keyboard a telephone shows."""
    return {"autocomplete": "off", **({} if column.kind == "text" else {"inputmode": "decimal"})}
