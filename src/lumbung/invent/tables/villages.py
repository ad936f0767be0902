"""Tables with a row for each village (budgets, Dana Desa, index, potential), and a few of the regency's own."""

from random import Random

from lumbung.invent.regency import NAME, Regency, Village
from lumbung.invent.sheet import Row, Sheet
from lumbung.invent.tables.statistic import Statistic

POTENTIAL = (
    "PAUD",
    "SD",
    "SMP",
    "Posyandu",
    "Pustu",
    "Masjid",
    "Mushola",
    "Gereja",
    "Pasar Desa",
    "Lapangan",
    "Embung",
    "Pos Kamling",
)
REVENUE = {
    "Pajak Daerah": 312,
    "Retribusi Daerah": 41,
    "Hasil Kekayaan Daerah": 28,
    "Lain-lain PAD": 188,
    "Dana Alokasi Umum": 1102,
    "Dana Alokasi Khusus": 402,
    "Bagi Hasil": 121,
}
SITES = ("Curug Wulansari", "Bukit Kidung", "Telaga Manik", "Kebun Teh Surya", "Candi Palwa", "Pasar Seni Rukma")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
FOOD = {
    "Beras Medium": 13200,
    "Gula Pasir": 15800,
    "Minyak Goreng": 16400,
    "Cabai Merah": 41200,
    "Bawang Merah": 33100,
    "Telur Ayam": 28200,
    "Daging Ayam": 36100,
    "Daging Sapi": 128500,
}


def _rural(regency: Regency) -> list[Village]:
    return [village for village in regency.villages if not village.urban]


def _drawn(title: str) -> Random:
    return Random(title)  # noqa: S311 - the same title must give the same figures


def village_budgets(regency: Regency) -> Statistic:
    """APBDes: plan and realisation of income and spending, rupiah."""
    title = "APBDes: Rencana dan Realisasi per Desa 2023"
    random = _drawn(title)
    rows: list[Row] = []
    for village in _rural(regency):
        income = random.randint(1_150_000, 2_600_000) * 1000
        spending = income - random.randint(0, 90_000) * 1000
        rows.append(
            (
                village.kode,
                village.name,
                income,
                round(income * random.uniform(0.96, 1.01)),
                spending,
                round(spending * random.uniform(0.86, 0.99)),
            )
        )
    head: tuple[Row, ...] = (
        ("Kode Desa", "Nama Desa", "Pendapatan", None, "Belanja", None),
        (None, None, "Rencana", "Realisasi", "Rencana", "Realisasi"),
    )
    return _statistic(
        title,
        "Pendapatan dan belanja APBDes.",
        "keuangan",
        "Dispermades",
        "rupiah",
        Sheet(name="APBDes", rows=(*head, *rows), head=2),
    )


def village_funds(regency: Regency) -> Statistic:
    """Dana Desa by stage of payment."""
    title = "Penyaluran Dana Desa per Desa 2023"
    random = _drawn(title)
    rows: list[Row] = []
    for village in _rural(regency):
        ceiling = random.randint(700_000, 1_500_000) * 1000
        first, second = round(ceiling * 0.4), round(ceiling * 0.4)
        rows.append((village.kode, village.name, ceiling, first, second, ceiling - first - second))
    header: Row = ("kode_desa", "nama_desa", "pagu", "tahap_1", "tahap_2", "tahap_3")
    return _statistic(
        title,
        "Pagu dan penyaluran tiga tahap.",
        "keuangan",
        "Dispermades",
        "rupiah",
        Sheet(name="Data", rows=(header, *rows)),
        format="csv",
    )


def village_index(regency: Regency) -> Statistic:
    """IDM with its three parts and the status that follows."""
    title = "Indeks Desa Membangun per Desa 2023"
    random = _drawn(title)
    rows: list[Row] = []
    for village in _rural(regency):
        parts = [round(random.uniform(0.55, 0.95), 4) for _ in range(3)]
        index = round(sum(parts) / 3, 4)
        status = "Mandiri" if index > 0.8155 else "Maju" if index > 0.7072 else "Berkembang"
        rows.append((village.kode, village.name, *parts, index, status))
    header: Row = ("Kode Desa", "Nama Desa", "IKS", "IKE", "IKL", "IDM", "Status")
    return _statistic(
        title,
        "Indeks ketahanan sosial, ekonomi, dan lingkungan.",
        "sosial",
        "Dispermades",
        "indeks",
        Sheet(name="IDM", rows=(header, *rows)),
    )


def village_potential(regency: Regency) -> Statistic:
    """How many of each facility stand in each village."""
    title = "Potensi Desa: Sarana dan Prasarana 2023"
    random = _drawn(title)
    rows: list[Row] = []
    for village in regency.villages:
        rows.append((village.kode, village.name, *[random.randint(0, 6) for _ in POTENTIAL]))
    header: Row = ("Kode Desa", "Nama Desa", *POTENTIAL)
    return _statistic(
        title,
        "Sarana pendidikan, kesehatan, ibadah, dan umum.",
        "sosial",
        "Dispermades",
        "unit",
        Sheet(name="Potensi", rows=(header, *rows)),
        format="xls",
    )


def region_codes(regency: Regency) -> Statistic:
    """Codes, names and areas of all villages."""
    rows = [
        (village.kode, village.title, district.name, village.area)
        for district in regency.districts
        for village in district.villages
    ]
    header: Row = ("kode_wilayah", "nama", "kecamatan", "luas_km2")
    return _statistic(
        "Kode dan Luas Wilayah Desa dan Kelurahan 2023",
        "Kode wilayah administrasi.",
        "pemerintahan",
        "Bappeda",
        "km2",
        Sheet(name="Data", rows=(header, *rows)),
        format="csv",
    )


def regency_budget(regency: Regency) -> Statistic:
    """APBD income, plan and realisation, thousands of millions to the rupiah."""
    random = _drawn("APBD")
    rows: list[Row] = []
    for name, billions in REVENUE.items():
        planned = billions * 10**9 + random.randint(1, 999_999_999)
        realised = round(planned * random.uniform(0.94, 1.07))
        rows.append((name, planned, realised, round(100 * realised / planned, 2)))
    header: Row = ("Uraian", "Anggaran", "Realisasi", "Persen")
    return _statistic(
        "APBD: Anggaran dan Realisasi Pendapatan 2023",
        "Pendapatan daerah menurut jenis.",
        "keuangan",
        "BPKAD",
        "rupiah",
        Sheet(name="Pendapatan", rows=(header, *rows)),
    )


def visitors(regency: Regency) -> Statistic:
    """Visitors of each site by month."""
    random = _drawn("wisata")
    rows: list[Row] = [(site, *[random.randint(1200, 22_000) for _ in MONTHS]) for site in SITES]
    return _statistic(
        "Kunjungan Wisatawan per Bulan 2023",
        "Pengunjung destinasi wisata.",
        "pariwisata",
        "Disparpora",
        "kunjungan",
        Sheet(name="Kunjungan", rows=(("Destinasi", *MONTHS), *rows)),
    )


def food_prices(regency: Regency) -> Statistic:
    """Mean prices by month."""
    random = _drawn("pangan")
    rows = [
        (2023, month, name, round(price * random.uniform(0.92, 1.12), -2))
        for name, price in FOOD.items()
        for month in MONTHS
    ]
    header: Row = ("tahun", "bulan", "komoditas", "harga")
    return _statistic(
        "Harga Rata-rata Bahan Pangan 2023",
        "Rata-rata harga di pasar rakyat.",
        "ekonomi",
        "Diskopumkm",
        "rupiah per kilogram",
        Sheet(name="Harga", rows=(header, *rows)),
        format="csv",
    )


def _statistic(
    title: str, about: str, theme: str, office: str, unit: str, sheet: Sheet, *, format: str = "xlsx"
) -> Statistic:
    return Statistic(
        title=title,
        description=f"{about} {NAME}.",
        theme=theme,
        office=office,
        period="Tahun 2023",
        source=f"{office} {NAME}, 2023",
        unit=unit,
        frequency="tahunan",
        sheets=(sheet,),
        format=format,
    )


def statistics(regency: Regency) -> tuple[Statistic, ...]:
    """All tables of villages, and the regency's own few."""
    makers = (
        village_budgets,
        village_funds,
        village_index,
        village_potential,
        region_codes,
        regency_budget,
        visitors,
        food_prices,
    )
    return tuple(make(regency) for make in makers)
