"""Asking a person what the columns of an unknown register are: one choice for each column that nobody could name."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LETTERS = re.compile(r"[A-Z]{1,3}")
START = "kolom-"
UNUSED = "abaikan"  # as the register room calls it
FIELDS: dict[str, str | Promise] = {
    "nik": _("NIK (hanya untuk menemukan yang tercatat dua kali)"),
    "nomor_kk": _("Nomor KK (hanya untuk menyatukan keluarga)"),
    "nama": _("Nama (tidak dipakai)"),
    "jenis_kelamin": _("Jenis kelamin"),
    "tanggal_lahir": _("Tanggal lahir"),
    "umur": _("Umur"),
    "agama": _("Agama"),
    "pendidikan": _("Pendidikan dalam KK"),
    "pekerjaan": _("Pekerjaan"),
    "status_kawin": _("Status perkawinan"),
    "hubungan": _("Hubungan dalam keluarga"),
    "golongan_darah": _("Golongan darah"),
    "kewarganegaraan": _("Kewarganegaraan"),
    "dusun": _("Dusun"),
    "alamat": _("Alamat"),
    "status_dasar": _("Keberadaan (hidup, meninggal, pindah)"),
    "desa": _("Kode desa"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnField:
    """One question: the name of the form's field, and the field."""

    name: str
    field: forms.ChoiceField


def column_fields(proposal: Mapping[str, Any]) -> Iterator[ColumnField]:
    """A question for each column of the proposal, with the guess filled in. None where nothing is to be asked."""
    for column in proposal.get("columns", ()):
        letter, heading, guess = str(column["letter"]), str(column["heading"]), str(column["field"])
        if LETTERS.fullmatch(letter):
            choices = [("", _("Tidak dipakai")), *FIELDS.items()]
            named = _("Kolom %(letter)s “%(heading)s”")
            label = named if heading else _("Kolom %(letter)s (judulnya tidak kami tampilkan)")
            spoken = label % {"letter": letter, "heading": heading}
            asked = forms.ChoiceField(choices=choices, required=False, label=spoken, initial=guess)
            yield ColumnField(name=f"{START}{letter}", field=asked)


def chosen_columns(cleaned: Mapping[str, Any]) -> dict[str, str]:
    """By letter what a person said each column is; UNUSED for one that is of no use."""
    return {
        name.removeprefix(START): str(value or UNUSED) for name, value in cleaned.items() if name.startswith(START)
    }
