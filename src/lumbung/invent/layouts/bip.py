"""BIP, the Buku Induk Penduduk, in its four variants: reports of family blocks, not tables.

The layouts are those that OpenSID learnt to import (`Bip_2012_model`, `Bip_2016_model`, `Bip_2016_luwutimur_model`,
`Bip_ektp_model`). The e-KTP variant, as .xls, is most probably what the villages of the incident held.
"""

from collections.abc import Sequence

from lumbung.invent.layouts.layout import Layout
from lumbung.invent.layouts.record import lettered
from lumbung.invent.residents import Household, Resident
from lumbung.invent.sheet import Cell, Row, Sheet

FAMILIES_A_SHEET = 40
HARD = "\u00a0"
HEADER_2012 = ("NO", "NIK", "NAMA", "JK", "TMPT LHR", "TGL LHR", "KTPEL", "AGAMA", "STATUS", "HUB. KEL",
               "PENDIDIKAN", "PEKERJAAN", "NAMA IBU", "NAMA AYAH", "NO.AKTE LAHIR")  # fmt: skip
HEADER_2016 = ("No", "Nama Lengkap", "NIK", "Tempat dan Tanggal Lahir", None, "JK", "SHDK", "Agama",
               "Pendidikan (Terakhir)", "Pekerjaan", "Nama Orang Tua Kandung", None)  # fmt: skip
UNDER_2016 = (None, None, None, "Tempat Lahir", "Tgl/Bln/Th", None, None, None, None, None, "Ibu", "Ayah")
HEADER_LUWU = ("NO", "NIK", "NAMA", "JK", "TMPT LHR", "TGL LHR", "G.DRH", "AGAMA", "STATUS", "HUB.KEL",
               "PENDIDIKAN", "PEKERJAAN", "NAMA IBU", "NAMA AYAH", "KET")  # fmt: skip
HEADER_EKTP = ("NO", "Nama Lengkap", "NIK", "Tempat dan Tanggal Lahir", None, "JK", "Stat Kwn", "Gol. Drh", "SHDK",
               "Agama", "Pendidikan Terakhir", "No Akta Lahir", "Pekerjaan", "Nama  Ibu", "Nama Ayah", "Wjb KTP",
               "KTP-eL", "Status", "Stat Rkm")  # fmt: skip
UNDER_EKTP = (None, None, None, "Tempat Lahir", "Tgl/Bln/Th", *[None] * 14)


def bip_2012(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """Titles, then for each family its own head, its three cells, the header again and its members."""
    rows: list[Row] = [("BUKU INDUK PENDUDUK",), (), ("PROVINSI : NUSA LUMBUNG",), ("KABUPATEN : TIRTALOKA",),
                       ("KECAMATAN : EMBUNWENGKU",), ("DESA : ARGALOKA",), ()]  # fmt: skip
    for home in households:
        rows += [("NO.KK", "NAMA.KK", "ALAMAT"), (home.kk, home.members[0].name.upper(), home.address), HEADER_2012]
        rows += [_person_2012(number, home, one) for number, one in enumerate(home.members, start=1)]
        rows.append(())
    return (Sheet(name="BIP", rows=tuple(rows), head=10, blocks=True),)


def _person_2012(number: int, home: Household, one: Resident) -> Row:
    row = lettered(home, one, number=number)
    return (number, one.nik, row["nama"], "P" if one.female else "L", row["tempatlahir"], row["tanggallahir"],
            "S" if one.life.recorded > 2 else "B", row["agama_id"], row["status_kawin"], row["kk_level"],
            row["pendidikan_kk_id"], row["pekerjaan_id"], row["nama_ibu"], row["nama_ayah"])  # fmt: skip


def bip_2016(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """One two-line header on top; families as rows of two cells between their members."""
    rows: list[Row] = [
        ("DAFTAR PENDUDUK",), (), (f"PROVINSI{HARD}:{HARD}NUSA LUMBUNG KABUPATEN/KOTA{HARD}:{HARD}TIRTALOKA",),
        (f"KECAMATAN{HARD}:{HARD}EMBUNWENGKU DESA/KELURAHAN{HARD}:{HARD}ARGALOKA",), (), (), HEADER_2016, UNDER_2016,
    ]  # fmt: skip
    for home in households:
        rows.append((f"No. KK : {home.kk}", f"Alamat : {home.address}"))
        rows += [_person_2016(number, home, one) for number, one in enumerate(home.members, start=1)]
    return (Sheet(name="BIP 2016", rows=tuple(rows), head=8),)


def _person_2016(number: int, home: Household, one: Resident) -> Row:
    row = lettered(home, one, number=number)
    return (number, row["nama"], one.nik, row["tempatlahir"], f"{one.birth:%d/%m/%Y}", "P" if one.female else "L",
            row["kk_level"], row["agama_id"], row["pendidikan_kk_id"], row["pekerjaan_id"], row["nama_ibu"],
            row["nama_ayah"])  # fmt: skip


def bip_luwu(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """A page per family: a form head of labels and values, the header, the members, blank to the end of the page."""
    rows: list[Row] = []
    for home in households:
        head = home.members[0].name.upper()
        page: list[Row] = [
            ("KABUPATEN :", None, "TIRTALOKA", None, None, None, "NAMA. KK :", None, head),
            ("KECAMATAN :", None, "EMBUNWENGKU", None, None, None, "ALAMAT :", None, home.street.upper()),
            ("DESA :", None, "ARGALOKA", None, None, None, "NO.RT/RW :", None, f"{home.rt:03d}/{home.rw:03d}"),
            ("NO. KK :", None, home.kk), (), HEADER_LUWU,
            *(_person_luwu(number, home, one) for number, one in enumerate(home.members, start=1)),
        ]  # fmt: skip
        rows += page + [()] * (25 - len(page))
    return (Sheet(name="Sheet1", rows=tuple(rows), head=6, blocks=True),)


def _person_luwu(number: int, home: Household, one: Resident) -> Row:
    row = _person_2012(number, home, one)
    return (*row[:6], lettered(home, one, number=number)["golongan_darah_id"], *row[7:])


def bip_ektp(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """Sheets `Table 1`, `Table 2`, ... with a banded table each; column numbers that Excel turned negative."""
    chunks = [households[start : start + FAMILIES_A_SHEET] for start in range(0, len(households), FAMILIES_A_SHEET)]
    return tuple(_ektp_sheet(f"Table {number}", chunk) for number, chunk in enumerate(chunks, start=1))


def _ektp_sheet(name: str, households: Sequence[Household]) -> Sheet:
    numbers: Row = tuple(-number for number in range(1, len(HEADER_EKTP) + 1))
    rows: list[Row] = [HEADER_EKTP, UNDER_EKTP, numbers]
    for home in households:
        where = f"DESA ARGALOKA RT/RW : {home.rt:03d}/{home.rw:03d} DUSUN : {home.hamlet.upper()}"
        rows.append((None, home.kk, None, None, None, where))
        rows += [_person_ektp(number, home, one) for number, one in enumerate(home.members, start=1)]
    return Sheet(name=name, rows=tuple(rows), head=3)


def _person_ektp(number: int, home: Household, one: Resident) -> Row:
    row = lettered(home, one, number=number)
    cells: tuple[Cell, ...] = (
        number, row["nama"], one.nik, row["tempatlahir"], f"{one.birth:%d/%m/%Y}", "P" if one.female else "L",
        ("BK", "K", "CH", "CM")[one.life.marital - 1], row["golongan_darah_id"], row["kk_level"], row["agama_id"],
        row["pendidikan_kk_id"], one.certificate, row["pekerjaan_id"], row["nama_ibu"], row["nama_ayah"],
        "Y" if one.age >= 17 else "T", "S" if one.life.recorded > 2 else "B", "AKTIF", row["status_rekam"],
    )  # fmt: skip
    return cells


LAYOUTS = (
    Layout(name="bip-ektp", build=bip_ektp, sheet="Table 1", nik="C", kk="B", people="B"),
    Layout(name="bip-2012", build=bip_2012, sheet="BIP", nik="B", kk="A", people="C"),
    Layout(name="bip-2016", build=bip_2016, sheet="BIP 2016", nik="C", kk="A", people="B"),
    Layout(name="bip-luwu-timur", build=bip_luwu, sheet="Sheet1", nik="B", kk="C", people="C"),
)
