"""The population books of Permendagri 47/2016 group B that name people: B.1, B.2, B.4 and B.5."""

from collections.abc import Sequence

from lumbung.invent.layouts.layout import Layout
from lumbung.invent.layouts.record import lettered
from lumbung.invent.listed import listed
from lumbung.invent.names import CITIES
from lumbung.invent.residents import Household, Resident, people
from lumbung.invent.sheet import Row, Sheet, sheet

B1 = listed(
    """NOMOR URUT, NAMA LENGKAP / PANGGILAN, JENIS KELAMIN, STATUS PERKAWINAN, TEMPAT LAHIR, TGL LAHIR, AGAMA,
    PENDIDIKAN TERAKHIR, PEKERJAAN, DAPAT MEMBACA HURUF, KEWARGANEGARAAN, ALAMAT LENGKAP, KEDUDUKAN DLM
    KELUARGA, NIK, NOMOR KK, KET""",
    ",",
)
B2 = listed(
    """NOMOR URUT, NAMA LENGKAP / PANGGILAN, TEMPAT & TANGGAL LAHIR, JENIS KELAMIN, KEWARGANEGARAAN, DATANG DARI,
    TANGGAL, PINDAH KE, TANGGAL, MENINGGAL, TANGGAL, KET""",
    ",",
)
B4 = listed(
    """NOMOR URUT, NAMA LENGKAP, JENIS KELAMIN, NOMOR IDENTITAS / TANDA PENGENAL, TEMPAT DAN TANGGAL LAHIR / UMUR,
    PEKERJAAN, KEBANGSAAN / KETURUNAN, DATANG DARI, MAKSUD DAN TUJUAN KEDATANGAN, NAMA DAN ALAMAT YG DIDATANGI,
    DATANG TANGGAL, PERGI TANGGAL, KET""",
    ",",
)
B5 = listed(
    """NOMOR URUT, NO. KK, NAMA LENGKAP, NIK, JENIS KELAMIN, TEMPAT / TANGGAL LAHIR, GOL. DARAH, AGAMA, PENDIDIKAN,
    PEKERJAAN, ALAMAT, STATUS PERKAWINAN, TEMPAT DAN TANGGAL DIKELUARKAN, STATUS HUB. KELUARGA, KEWARGANEGARAAN,
    AYAH, IBU, TGL MULAI TINGGAL DI DESA, KET""",
    ",",
)


def _book(name: str, title: str, header: Sequence[str], rows: Sequence[Row]) -> tuple[Sheet, ...]:
    numbers = tuple(range(1, len(header) + 1))
    return (
        sheet(name, (title,), ("DESA ARGALOKA KECAMATAN EMBUNWENGKU TAHUN 2017",), (), header, numbers, rows=rows),
    )


def _born(one: Resident) -> str:
    return f"{one.birth_place.upper()}, {one.birth:%d-%m-%Y}"


def b1(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """Buku Induk Penduduk."""
    rows = [_b1(number, home, one) for number, (home, one) in enumerate(people(households), start=1)]
    return _book("Buku Induk", "B.1 BUKU INDUK PENDUDUK", B1, rows)


def _b1(number: int, home: Household, one: Resident) -> Row:
    row = lettered(home, one, number=number)
    return (number, row["nama"], "P" if one.female else "L", row["status_kawin"], row["tempatlahir"],
            f"{one.birth:%d-%m-%Y}", row["agama_id"], row["pendidikan_kk_id"], row["pekerjaan_id"], "L", "WNI",
            home.address, row["kk_level"], one.nik, home.kk, "-")  # fmt: skip


def b2(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """Buku Mutasi Penduduk: names, births and moves, no NIK."""
    rows = [_b2(number, home) for number, home in enumerate(households, start=1)]
    return _book("Mutasi", "B.2 BUKU MUTASI PENDUDUK DESA", B2, rows)


def _b2(number: int, home: Household) -> Row:
    one, city, day = home.members[-1], CITIES[number % len(CITIES)].upper(), f"{home.recorded:%d-%m-%Y}"
    came, went = ((city, day), ("-", "-")) if number % 2 else (("-", "-"), (city, day))
    return (number, one.name.upper(), _born(one), "P" if one.female else "L", "WNI", *came, *went, "-", "-", "-")


def b4(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """Buku Penduduk Sementara: guests, with whatever number their card shows."""
    guests = [(home, home.members[0]) for home in households]
    rows = [
        (number, one.name.upper(), "P" if one.female else "L", one.nik, _born(one),
         lettered(home, one, number=number)["pekerjaan_id"], "INDONESIA", CITIES[number % 9].upper(), "BEKERJA",
         f"{home.members[-1].name.upper()}, {home.address}", f"{home.recorded:%d-%m-%Y}", "", "")
        for number, (home, one) in enumerate(guests, start=1)
    ]  # fmt: skip
    return _book("Penduduk Sementara", "B.4 BUKU PENDUDUK SEMENTARA", B4, rows)


def b5(households: Sequence[Household]) -> tuple[Sheet, ...]:
    """Buku KTP dan KK."""
    rows = [_b5(number, home, one) for number, (home, one) in enumerate(people(households), start=1)]
    return _book("KTP dan KK", "B.5 BUKU KARTU TANDA PENDUDUK DAN BUKU KARTU KELUARGA", B5, rows)


def _b5(number: int, home: Household, one: Resident) -> Row:
    row = lettered(home, one, number=number)
    return (number, home.kk, row["nama"], one.nik, "P" if one.female else "L", _born(one), row["golongan_darah_id"],
            row["agama_id"], row["pendidikan_kk_id"], row["pekerjaan_id"], home.address, row["status_kawin"],
            f"TIRTALOKA, {home.recorded:%d-%m-%Y}", row["kk_level"], "WNI", row["nama_ayah"], row["nama_ibu"],
            f"{one.birth:%d-%m-%Y}", "")  # fmt: skip


LAYOUTS = (
    Layout(name="buku-b1-induk", build=b1, sheet="Buku Induk", nik="N", kk="O", people="B"),
    Layout(name="buku-b2-mutasi", build=b2, sheet="Mutasi", people="B"),
    Layout(name="buku-b4-sementara", build=b4, sheet="Penduduk Sementara", nik="D", people="B"),
    Layout(name="buku-b5-ktp-kk", build=b5, sheet="KTP dan KK", nik="D", kk="B", people="C"),
)
