"""The tables of people, as counts: by age, sex, place, schooling, religion, marriage and work; and they add up."""

from collections.abc import Sequence

from lumbung.invent.regency import NAME, Regency, share_out
from lumbung.invent.sheet import Row, Sheet
from lumbung.invent.tables.statistic import Statistic

BANDS = (*(f"{start}-{start + 4}" for start in range(0, 75, 5)), "75+")
PYRAMID = (71, 74, 77, 76, 75, 74, 72, 71, 73, 72, 70, 63, 53, 40, 26, 33)
SOURCE = f"Data Konsolidasi Bersih Semester II 2023, diolah Disdukcapil {NAME}"
SCHOOLED = {
    "Tidak/Belum Sekolah": 19.5,
    "Belum Tamat SD": 11.2,
    "Tamat SD": 30.1,
    "SLTP": 16.8,
    "SLTA": 17.6,
    "Diploma": 1.6,
    "Sarjana ke Atas": 3.2,
}
BELIEFS = {"Islam": 95.6, "Kristen": 1.9, "Katholik": 1.7, "Hindu, Buddha, Khonghucu, dan lainnya": 0.8}
MARRIED = {"Belum Kawin": 44.1, "Kawin": 47.9, "Cerai Hidup": 2.2, "Cerai Mati": 5.8}
WORKING = {
    "Belum/Tidak Bekerja": 18.0,
    "Mengurus Rumah Tangga": 14.9,
    "Pelajar/Mahasiswa": 15.6,
    "Pensiunan": 1.1,
    "PNS, TNI, Polri": 1.9,
    "Pertanian": 15.2,
    "Perdagangan dan Wiraswasta": 10.3,
    "Karyawan": 9.8,
    "Industri, Konstruksi, Transportasi": 2.4,
    "Buruh dan Jasa": 8.1,
    "Pendidik dan Profesi": 1.7,
    "Lainnya": 1.0,
}


def _statistic(
    title: str,
    description: str,
    sheet: Sheet,
    *,
    format: str = "xlsx",
    period: str = "Semester II 2023",
    frequency: str = "semesteran",
) -> Statistic:
    return Statistic(
        title=title,
        description=description,
        theme="kependudukan",
        office="Disdukcapil",
        period=period,
        source=SOURCE,
        unit="jiwa",
        frequency=frequency,
        sheets=(sheet,),
        format=format,
    )


def by_age_and_sex(regency: Regency) -> Statistic:
    """The pyramid of the whole regency, under a two-line header."""
    men = share_out(sum(district.men for district in regency.districts), PYRAMID)
    women = share_out(sum(district.women for district in regency.districts), PYRAMID)
    rows: list[Row] = [(band, m, w, m + w) for band, m, w in zip(BANDS, men, women, strict=True)]
    rows.append(("Jumlah", sum(men), sum(women), sum(men) + sum(women)))
    head: tuple[Row, ...] = (
        ("PENDUDUK MENURUT KELOMPOK UMUR DAN JENIS KELAMIN",),
        (f"{NAME.upper()}, 2023",),
        (),
        ("Kelompok Umur", "Jenis Kelamin", None, "Jumlah"),
        (None, "Laki-laki", "Perempuan", None),
    )
    return _statistic(
        "Penduduk Menurut Kelompok Umur dan Jenis Kelamin 2023",
        "Piramida penduduk kabupaten.",
        Sheet(name="Tabel", rows=(*head, *rows), head=5),
    )


def by_age_and_district(regency: Regency) -> Statistic:
    """Five-year bands by district and sex, one row for each figure."""
    rows: list[Row] = []
    for district in regency.districts:
        for sex, total in (("Laki-laki", district.men), ("Perempuan", district.women)):
            counts = share_out(total, PYRAMID)
            rows += [
                (district.kode, district.name, sex, band, count) for band, count in zip(BANDS, counts, strict=True)
            ]
    header: Row = ("kode_kecamatan", "kecamatan", "jenis_kelamin", "kelompok_umur", "jumlah")
    return _statistic(
        "Penduduk per Kecamatan Menurut Umur dan Jenis Kelamin 2023",
        "Kelompok umur lima tahunan.",
        Sheet(name="Data", rows=(header, *rows)),
        format="csv",
    )


def by_district(regency: Regency) -> Statistic:
    """Men, women, area, density and sex ratio."""
    rows: list[Row] = []
    for district in regency.districts:
        area = round(sum(village.area for village in district.villages), 2)
        ratio = round(100 * district.men / district.women, 2)
        rows.append(
            (
                district.kode,
                district.name,
                district.men,
                district.women,
                district.population,
                area,
                round(district.population / area, 1),
                ratio,
            )
        )
    header: Row = (
        "Kode",
        "Kecamatan",
        "Laki-laki",
        "Perempuan",
        "Jumlah",
        "Luas (km2)",
        "Kepadatan",
        "Rasio Jenis Kelamin",
    )
    return _statistic(
        "Jumlah dan Kepadatan Penduduk per Kecamatan 2023",
        "Penduduk, luas, kepadatan, rasio jenis kelamin.",
        Sheet(name="Data", rows=(header, *rows)),
        format="xls",
    )


def by_village(regency: Regency) -> Statistic:
    """Men, women and households of each village."""
    rows = [
        (
            village.kode,
            village.name,
            "Kelurahan" if village.urban else "Desa",
            village.men,
            village.women,
            village.population,
            village.households,
        )
        for village in regency.villages
    ]
    header: Row = ("kode_desa", "nama_desa", "status", "laki_laki", "perempuan", "jumlah_penduduk", "jumlah_kk")
    return _statistic(
        "Jumlah Penduduk dan Keluarga per Desa 2023",
        "Penduduk dan kepala keluarga tiap desa dan kelurahan.",
        Sheet(name="Data", rows=(header, *rows)),
    )


def by_year(regency: Regency) -> Statistic:
    """A series of nine years that ends in today's count."""
    last = sum(regency.weights)
    rows: list[Row] = [(year, round(last / 1.009 ** (2023 - year)), 0.9) for year in range(2015, 2024)]
    return _statistic(
        "Perkembangan Jumlah Penduduk 2015-2023",
        "Jumlah penduduk akhir tahun dan laju pertumbuhan.",
        Sheet(name="Data", rows=(("tahun", "jumlah_penduduk", "laju_persen"), *rows)),
        format="csv",
        period="Tahun 2015-2023",
        frequency="tahunan",
    )


def _shared(regency: Regency, title: str, about: str, shares: dict[str, float], format: str) -> Statistic:
    rows: list[Row] = []
    for district in regency.districts:
        counts = share_out(district.population, list(shares.values()))
        rows.append((district.kode, district.name, *counts, district.population))
    rows.append((None, NAME, *_sums(rows)))
    head: tuple[Row, ...] = ((f"{title.upper()} PER KECAMATAN",), (), ("Kode", "Kecamatan", *shares, "Jumlah"))
    return _statistic(
        f"{title} per Kecamatan 2023", about, Sheet(name="Tabel", rows=(*head, *rows), head=3), format=format
    )


def _sums(rows: Sequence[Row]) -> list[int]:
    return [sum(int(str(row[index])) for row in rows) for index in range(2, len(rows[0]))]


def statistics(regency: Regency) -> tuple[Statistic, ...]:
    """All tables of people."""
    return (
        by_age_and_sex(regency),
        by_age_and_district(regency),
        by_district(regency),
        by_village(regency),
        by_year(regency),
        _shared(regency, "Penduduk Menurut Pendidikan", "Pendidikan terakhir dalam kartu keluarga.", SCHOOLED, "xlsx"),
        _shared(regency, "Penduduk Menurut Agama", "Agama dalam empat golongan besar.", BELIEFS, "xlsx"),
        _shared(regency, "Penduduk Menurut Status Perkawinan", "Status perkawinan.", MARRIED, "ods"),
        _shared(regency, "Penduduk Menurut Pekerjaan", "Pekerjaan dalam dua belas golongan.", WORKING, "xls"),
    )
