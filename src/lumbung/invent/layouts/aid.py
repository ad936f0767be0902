"""Aid registers: OpenSID's programme workbook and the recipient file of its sync to OpenDK."""

from collections.abc import Sequence

from lumbung.invent.layouts.layout import Layout
from lumbung.invent.residents import Household, Resident
from lumbung.invent.sheet import Cell, Row, Sheet, sheet

HEADER = ("Peserta", "No. Peserta", "NIK", "Nama", "Tempat Lahir", "Tanggal Lahir", "Alamat")
SYNC = (
    "desa_id", "id", "peserta", "program_id", "no_id_kartu", "kartu_nik", "kartu_nama", "kartu_tempat_lahir",
    "kartu_tanggal_lahir", "kartu_alamat", "kartu_peserta", "kartu_id_pend", "sasaran",
)  # fmt: skip


def _recipients(households: Sequence[Household]) -> list[tuple[Household, Resident]]:
    return [(home, home.members[0]) for home in households]


def programme(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """Sheet `Program` (keys and values), sheet `Peserta` (the heads of families), notes below a row of ###."""
    facts: list[Row] = [("id", 7), ("nama program", "Bantuan Beras Invensi"), ("sasaran", 1), ("asaldana", "Pusat"),
                        ("sdate", "2021-01-01"), ("edate", "2021-12-31")]  # fmt: skip
    rows: list[list[Cell]] = [
        [one.nik, f"PKH-{number:05d}", one.nik, one.name.upper(), one.birth_place.upper(), one.birth.isoformat(),
         home.address]
        for number, (home, one) in enumerate(_recipients(households), start=1)
    ]  # fmt: skip
    rows += [["###"], ["Kolom Peserta diisi NIK penduduk"]]
    return Sheet(name="Program", rows=tuple(facts), head=0), sheet("Peserta", HEADER, rows=rows)


def sync(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """`peserta_program_bantuan`, one of the two files in OpenDK's zip."""
    rows = (
        ("99.01.01.2001", number, one.nik, 7, f"PKH-{number:05d}", one.nik, one.name.upper(), one.birth_place.upper(),
         one.birth.isoformat(), home.address, one.nik, number, 1)
        for number, (home, one) in enumerate(_recipients(households), start=1)
    )  # fmt: skip
    return (sheet("peserta_program_bantuan", SYNC, rows=rows),)


LAYOUTS = (
    Layout(name="bansos-peserta", build=programme, sheet="Peserta", nik="C", people="D", formats=("xlsx", "xls",
    "ods")),
    Layout(name="opendk-peserta", build=sync, sheet="peserta_program_bantuan", nik="F", people="G",
           formats=("csv", "xlsx")),
)  # fmt: skip
