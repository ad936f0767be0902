"""DPT, the voter list (Model A series of the election commission), whole and with masked numbers."""

from collections.abc import Sequence

from lumbung.invent.layouts.layout import Layout
from lumbung.invent.residents import Household, Resident, people
from lumbung.invent.sheet import Cell, Sheet, sheet

HEADER = (
    "No", "NKK", "NIK", "Nama", "Tempat Lahir", "Tanggal Lahir", "Status Perkawinan B/S/P", "L/P", "Jalan/Dukuh", "RT",
    "RW", "Disabilitas", "Status KTP-el", "Ket",
)  # fmt: skip
TITLES = (("DAFTAR PEMILIH TETAP",), ("PEMILIHAN UMUM TAHUN 2019",), ("KELURAHAN : ARGALOKA   TPS : 001",), ())


def whole(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """With NIK and NKK in full, as parties were given it."""
    rows = [_row(number, home, one) for number, (home, one) in enumerate(_voters(households), start=1)]
    return (sheet("TPS 001", *TITLES, HEADER, rows=rows),)


def masked(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """With the last four digits starred, as it was announced in 2018."""
    rows = [_row(number, home, one) for number, (home, one) in enumerate(_voters(households), start=1)]
    for row in rows:
        row[1], row[2] = f"{str(row[1])[:12]}****", f"{str(row[2])[:12]}****"
    return (sheet("TPS 001", *TITLES, HEADER, rows=rows),)


def _voters(households: Sequence[Household]) -> list[tuple[Household, Resident]]:
    return [(home, one) for home, one in people(households) if one.age >= 17]


def _row(number: int, home: Household, one: Resident) -> list[Cell]:
    return [
        number, home.kk, one.nik, one.name.upper(), one.birth_place.upper(), f"{one.birth:%d|%m|%Y}",
        "BSPP"[one.life.marital - 1], "P" if one.female else "L", home.hamlet.upper(), f"{home.rt:03d}",
        f"{home.rw:03d}", "", "S" if one.life.recorded > 2 else "B", "",
    ]  # fmt: skip


LAYOUTS = (
    Layout(name="dpt", build=whole, sheet="TPS 001", nik="C", kk="B", people="D"),
    Layout(name="dpt-bintang", build=masked, sheet="TPS 001", nik="C", kk="B", people="D"),
)
