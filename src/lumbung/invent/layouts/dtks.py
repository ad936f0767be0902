"""DTKS after the Regsosek 2022k questionnaire: five sheets whose headers are question numbers.

The number of the family card is stored as a number, as the source has it.
"""

from collections.abc import Iterable, Sequence

from lumbung.invent.layouts.layout import Layout
from lumbung.invent.listed import listed
from lumbung.invent.residents import Household, Resident, people
from lumbung.invent.sheet import Cell, Sheet, sheet

PLACE = listed(
    """101 Provinsi, 102 Kabupaten/Kota, 103 Kecamatan, 104 Desa/Kelurahan, 105 Kode SLS, 106 Nama SLS, 107 Alamat,
    108 Nama Kepala Keluarga, 109 No Urut Bangunan, 110 No Urut Keluarga, 111 Status Keluarga, 112 Jumlah
    Anggota, 113 Id Landmark, 114 Nomor KK, 115 Kode KK""",
    ",",
)
OFFICER = listed(
    """201 Tanggal Pendataan, 202 Nama PPL, 203 Kode PPL, 204 Tanggal Periksa, 205 Nama PML, 206 Kode PML, 207
    Hasil, 208, 209, 210, 211""",
    ",",
)
HOUSING = listed(
    """Nomor KK, 301a, 301b, 302, 303, 304, 305, 306a, 306b, 307a, 307b, 308, 309a, 309b, 310, 311, 312""",
    ",",
)
PERSON = (
    "Nomor KK",
    "401",
    "402 Nama",
    "403 NIK",
    "404",
    "405",
    "406",
    "407",
    "408",
    "409",
    "410",
    "411",
    "412",
    "413",
)
PROGRAMME = ("Nomor KK", "501a", "501b", "501c", "502")


def questionnaire(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """All five sheets, each with its section title above the question numbers."""
    members = list(enumerate(people(households), start=1))
    return (
        _section("1.keterangan tempat", "I. KETERANGAN TEMPAT", _widened(PLACE, 83), map(_place, households)),
        _section("2.keterangan petugas", "II. KETERANGAN PETUGAS", OFFICER, map(_officer, households)),
        _section("3.keterangan perumahan", "III. KETERANGAN PERUMAHAN", HOUSING, map(_housing, households)),
        _section("4.ket sos-ek anggota", "IV. KETERANGAN SOSIAL EKONOMI ANGGOTA KELUARGA", _widened(PERSON, 56),
                 (_person(home, one, number) for number, (home, one) in members)),
        _section("5.keikutsertaan program dll", "V. KEIKUTSERTAAN PROGRAM, KEPEMILIKAN ASET DAN LAYANAN",
                 _widened(PROGRAMME, 45), map(_programme, households)),
    )  # fmt: skip


def _section(name: str, title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Sheet:
    return sheet(name, (title,), header, rows=rows)


def _widened(header: tuple[str, ...], width: int) -> tuple[str, ...]:
    first = int(header[-1][:3]) + 1
    return header + tuple(str(first + number) for number in range(width - len(header)))


def _answers(home: Household, count: int) -> list[Cell]:
    seed = int(home.kk)
    return [1 + (seed // (7 + number)) % 5 for number in range(count)]


def _place(home: Household) -> list[Cell]:
    return ["NUSA LUMBUNG", "TIRTALOKA", "EMBUNWENGKU", "ARGALOKA", f"{home.rt:04d}", home.address, home.street,
            home.members[0].name.upper(), home.rt, home.rw, 1, len(home.members), "", int(home.kk), 0,
            *_answers(home, 68)]  # fmt: skip


def _officer(home: Household) -> list[Cell]:
    day = f"{home.recorded:%d/%m}/2022"
    return [day, "PETUGAS A", "001", day, "PETUGAS B", "002", 1, *_answers(home, 4)]


def _housing(home: Household) -> list[Cell]:
    return [int(home.kk), *_answers(home, 16)]


def _person(home: Household, one: Resident, number: int) -> list[Cell]:
    return [int(home.kk), number, one.name.upper(), one.nik, one.life.disability, 1 + one.female, one.birth.day,
            one.birth.month, one.birth.year, one.age, one.life.marital, one.relation, one.life.education,
            one.life.occupation, *_answers(home, 42)]  # fmt: skip


def _programme(home: Household) -> list[Cell]:
    return [int(home.kk), *_answers(home, 44)]


LAYOUTS = (
    Layout(name="dtks-regsosek", build=questionnaire, sheet="4.ket sos-ek anggota", nik="D", kk="A", people="C",
           formats=("xlsx", "xls", "ods")),
)  # fmt: skip
