"""What a column of a published table is, as far as its name and type tell: a year, a code, an age, a figure.

What a producer wrote about a column (`column_words`) goes before what its header is known to mean; that is read from
the header alone and is never a guess at what a cell means. Units stand in headers as Indonesian tables write them:
"Luas (km2)", "luas_km2".
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import polars as pl
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.portal.catalogue.column_words import Words


class Role(StrEnum):
    """What work a column does in its table."""

    YEAR = "year"
    PERIOD = "period"  # a month, a quarter
    SEX = "sex"
    AGE = "age"
    CODE = "code"
    KIND = "kind"  # which of several tables or measures a row belongs to: rows of two kinds are never added up
    POSITION = "position"  # longitude, latitude
    MEASURE = "measure"
    LABEL = "label"


WORDS = re.compile(r"[\W_]+")
BY_NAME: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.YEAR, re.compile(r"^(tahun|thn|year)( anggaran| data| lulus)?$")),
    (Role.PERIOD, re.compile(r"^(nama )?(bulan|triwulan|semester|kuartal|tanggal|periode|month|quarter|date)$")),
    (Role.SEX, re.compile(r"^(jenis kelamin|jk|kelamin|sex|gender)$")),
    (Role.AGE, re.compile(r"^(kelompok |golongan |rentang )?(umur|usia|age)( group)?$")),
    (Role.CODE, re.compile(r"\b(kode|code|id|npsn)\b|^(rt|rw|no|nomor)$")),
    (Role.KIND, re.compile(r"^(tabel|tingkat|indikator|variabel|ukuran|satuan|nama (indikator|variabel))$")),
    (Role.POSITION, re.compile(r"^(bujur|lintang|longitude|latitude|long|lon|lng|lat)$")),
)
REGION = re.compile(r"^kode( (wilayah|provinsi|kabupaten|kecamatan|desa|kelurahan|kemendagri))*$|^kode$")
RATE = re.compile(
    r"\b(rata|rerata|persen|persentase|rasio|indeks|kepadatan|laju|angka|cakupan|harga|suhu|ipm|idm)\b|%"
)
BRACKETED = re.compile(r"[(\[]\s*([^()\[\]]{1,20}?)\s*[)\]]\s*$")
SUFFIX = re.compile(r"(?i)[_ ](persen|km2|m2|ha|ton|kg|km|kuintal|rupiah|rp|jiwa|orang|kk|unit)$")
MEANINGS: Mapping[str, str | Promise] = {
    "tahun": _("Tahun yang digambarkan baris ini"),
    "bulan": _("Bulan yang digambarkan baris ini"),
    "jenis kelamin": _("L laki-laki, P perempuan, T keduanya"),
    "kelompok umur": _("Umur dalam tahun, menurut kelompok"),
    "satuan": _("Satuan angka pada baris yang sama"),
    "bujur": _("Bujur dalam derajat (WGS 84)"),
    "lintang": _("Lintang dalam derajat (WGS 84)"),
}
KINDS: Mapping[Role, str | Promise] = {
    Role.YEAR: _("tahun"),
    Role.PERIOD: _("waktu"),
    Role.SEX: _("jenis kelamin"),
    Role.AGE: _("umur"),
    Role.CODE: _("kode"),
    Role.KIND: _("jenis angka"),
    Role.POSITION: _("letak"),
    Role.MEASURE: _("angka"),
    Role.LABEL: _("teks"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its header as published, its role, its unit as written or as its header names it ("" for none).

    `said` is what its producer wrote about it.
    """

    name: str
    role: Role
    unit: str
    numeric: bool
    said: str = ""

    @property
    def plain(self) -> str:
        """The header in small letters, with single spaces between its words."""
        return plain(self.name)

    @property
    def rate(self) -> bool:
        """Whether adding up two of its figures is senseless: shares, means, indices, prices."""
        return bool(RATE.search(self.plain)) or self.unit.lower() in ("%", "persen")

    @property
    def with_unit(self) -> str:
        """The header with its unit behind it, where it does not name that itself: "Jumlah (jiwa)"."""
        named = re.search(rf"(?<![^\W_]){re.escape(self.unit)}(?![^\W_])", self.name, re.IGNORECASE)
        return self.name if not self.unit or named else f"{self.name} ({self.unit})"

    @property
    def kind(self) -> str | Promise:
        """Its role in a word."""
        return KINDS[self.role]

    @property
    def meaning(self) -> str | Promise:
        """What its producer wrote; else what the header is known to mean; "" where nothing is known."""
        if self.said:
            return self.said
        if REGION.match(self.plain) and self.plain != "kode":  # alone it may be the code of anything
            return _("Kode wilayah menurut Kementerian Dalam Negeri")
        return MEANINGS.get(self.plain, "")


def plain(name: str) -> str:
    """A header in small letters, words apart by one space: "Jumlah_Penduduk" is "jumlah penduduk"."""
    return WORDS.sub(" ", name.lower()).strip()


def columns_of(schema: Mapping[str, pl.DataType]) -> list[Column]:
    """The columns of a table, in its order."""
    return [_column(name, dtype.is_numeric()) for name, dtype in schema.items()]


def told(columns: Iterable[Column], words: Words) -> list[Column]:
    """The same columns with what was written about them."""
    spoken = ((column, words.get(column.name)) for column in columns)
    return [replace(one, said=said.description, unit=said.unit or one.unit) if said else one for one, said in spoken]


def has_region_codes(columns: list[Column]) -> bool:
    """Whether a column holds kode wilayah, by its header."""
    return any(REGION.match(column.plain) for column in columns)


def _column(name: str, numeric: bool) -> Column:
    words = plain(name)
    found = next((role for role, pattern in BY_NAME if pattern.search(words)), None)
    if found is None or (found in (Role.KIND, Role.AGE) and numeric):
        found = Role.MEASURE if numeric else Role.LABEL
    if found is Role.POSITION and not numeric:
        found = Role.LABEL
    bracketed = BRACKETED.search(name) or SUFFIX.search(name)
    return Column(name=name, role=found, unit=bracketed[1] if bracketed else "", numeric=numeric)
