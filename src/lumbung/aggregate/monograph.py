"""Part A of the village monograph: the form of `monograph.toml`, with printed numbers and the village's own words.

Sixteen fields follow from a register; the others are the village's to write (`filled`), and what it did not write
stays empty. Labels and derivations as in several village applications; the ministerial annex itself has not been
compared. The form's age bands overlap (0-15, 15-65, 65 upwards); they are counted as [0,15) [15,65) [65,oo).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lumbung.aggregate import filled, typed
from lumbung.aggregate.filled import Field, Filled
from lumbung.aggregate.typed import Value

MARK = "*"
Numbers = Mapping[str, int | None]  # what is printed, by name; None is hidden
_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
_WRITTEN = {"pns": "PNS", "tni": "TNI", "polri": "Polri"}

NOT_WORKING = {"belum_tidak_bekerja", "mengurus_rumah_tangga", "pelajar_mahasiswa", "pensiunan", "tidak_diketahui"}
FIELDS = {
    "jumlah_penduduk": "penduduk/T/semua",
    "jumlah_kk": "kepala_keluarga/T/kepala",
    "jml_laki_laki": "penduduk/L/semua",
    "jml_perempuan": "penduduk/P/semua",
    "jml_usia_0_15": "usia_produktif/T/00-14",
    "jml_usia_15_65": "usia_produktif/T/15-64",
    "jml_usia_65_ke_atas": "usia_produktif/T/65+",
    "lulusan_sd": "pendidikan/T/tamat_sd",
    "lulusan_smp": "pendidikan/T/smp",
    "lulusan_sma": "pendidikan/T/sma",
    "lulusan_akademi_d1_d3": "pendidikan/T/akademi",
    "lulusan_sarjana": "pendidikan/T/sarjana",
    "lulusan_pascasarjana": "pendidikan/T/pascasarjana",
    "tidak_lulus": "pendidikan/T/belum_tamat_sd",
    "tidak_sekolah": "tidak_sekolah/T/tidak_sekolah",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One field of the form. `value` is null where the number is hidden, and where the village wrote nothing."""

    number: str
    name: str
    label: str
    unit: str
    counted: bool
    value: Value | None
    hidden: bool

    @property
    def mark(self) -> str:
        """The mark of a hidden number; nothing where a value stands, or a person is to write one."""
        return MARK if self.hidden else ""

    @property
    def shown(self) -> str:
        """The value in words for a page: 1.234,5, the name of a group of occupations, or what the village wrote."""
        if self.value is None:
            return self.mark
        if not isinstance(self.value, str):
            return typed.written(self.value)
        if not self.counted:
            return self.value
        words = ", ".join(_WRITTEN.get(word, word) for word in self.value.split("_") if word)
        return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Part A of one village (dotted code) at a reference date, with its sources and the notes that go under it.

    `written` says who filled in what was not counted, and when; "" where nobody did.
    """

    village: str
    period: date
    lines: tuple[Line, ...]
    source: str
    written: str
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"Keadaan per {day(self.period)}"

    @property
    def remarks(self) -> tuple[str, ...]:
        """All that stands under the form: where it comes from, and how to read it."""
        return (self.source, *((self.written,) if self.written else ()), *self.notes)

    def as_json(self) -> dict[str, Any]:
        """For monografi.json; a hidden number has `tanda` "*", what the village writes has `asal` "formulir"."""
        lines = [
            {
                "nomor": line.number,
                "bidang": line.name,
                "label": line.label,
                "nilai": line.value,
                "satuan": line.unit,
                "tanda": line.mark,
                "asal": "register" if line.counted else "formulir",
            }
            for line in self.lines
        ]
        about = {"kode_wilayah": self.village, "periode": self.period.isoformat(), "bagian": "A. Data umum"}
        sources = {"sumber": self.source, "sumber_formulir": self.written, "catatan": list(self.notes)}
        return {**about, **sources, "isi": lines}


def form(numbers: Numbers, village: str, *, period: date, k: int, written: Filled | None = None) -> Form:
    """The whole of Part A for a village: what is printed of it, what it wrote itself, and empty what it did not."""
    own: Mapping[str, Value] = written.values if written else {}
    counted = part_a(numbers, village, k=k)
    lines = tuple(_line(field, counted if field.counted else own, k) for field in filled.fields())
    empty = sum(not line.counted and line.value is None and not line.hidden for line in lines)
    notes = filled.form()["notes"]
    return Form(
        village=village,
        period=period,
        lines=lines,
        source=notes["source"],
        written=notes["written"].format(source=written.source, empty=empty) if written else "",
        notes=(notes["hidden"].format(k=k), *notes["listed"]),
    )


def _line(field: Field, values: Mapping[str, Value | None], k: int) -> Line:
    """With its value. A number of persons that the village wrote is hidden where a counted one would be."""
    value = None if field.specific else values.get(field.name)
    few = field.people and isinstance(value, int) and 0 < value < k
    return Line(
        number=field.number,
        name=field.name,
        label=field.label,
        unit=field.unit,
        counted=field.counted,
        value=None if few else value,
        hidden=few or (field.counted and value is None),
    )


def day(one: date) -> str:
    """A day in Indonesian words.

    >>> day(date(2026, 6, 30))
    '30 Juni 2026'
    """
    return f"{one.day} {_MONTHS[one.month - 1]} {one.year}"


def part_a(numbers: Numbers, village: str, *, k: int) -> dict[str, int | str | None]:
    """The sixteen fields of a village; None where the printed numbers hide, join or leave out what is asked."""
    fields: dict[str, int | str | None] = {name: numbers.get(f"{village}/{key}") for name, key in FIELDS.items()}
    return fields | {"mayoritas_pekerjaan": _most_common_work(numbers, village, k)}


def _most_common_work(printed: Numbers, village: str, k: int) -> str | None:
    """Only what a reader of the table can see too: named if no hidden or joined class could be larger."""
    start = f"{village}/pekerjaan/T/"
    work = {key.removeprefix(start): value for key, value in printed.items() if key.startswith(start)}
    known = {name: value for name, value in work.items() if value is not None}
    hidden = (printed.get(f"{village}/penduduk/T/semua") or 0) - sum(known.values())
    working = {name: value for name, value in known.items() if "+" not in name and name not in NOT_WORKING}
    if not working or any("+" in name for name in work):
        return None
    name, most = max(working.items(), key=lambda pair: pair[1])
    return name if most >= k and most > hidden else None
