"""Names and addresses that are places, offices or office-holders: villages, schools, streets, posts, officials."""

from random import Random

from lumbung.invent.names import FEMALE, MALE, full_name
from lumbung.invent.sheet import Sheet, sheet

DISTRICTS = ("Embunwengku", "Girilawang", "Sekartarum", "Manikbakti", "Umbulwangsa")
VILLAGES = ("Argaloka", "Candrasadana", "Jalanagara", "Kalaraharja", "Palwagiwang", "Suryawening", "Tirtateduh")
FLOWERS = ("Melati", "Mawar", "Anggrek", "Dahlia", "Kenanga", "Cempaka", "Flamboyan", "Teratai")
ROWS = 40


def region_list(random: Random) -> Sheet:
    """Codes of ten digits and names of villages that are also names of people."""
    people = random.sample(MALE + FEMALE, ROWS)
    rows = [
        (
            f"99.01.{1 + number % 21:02d}.{2001 + number // 21}",
            f"990101{2001 + number}",
            name,
            random.choice(DISTRICTS),
        )
        for number, name in enumerate(people)
    ]
    return sheet("Wilayah", ("kode", "kode_desa", "nama", "kecamatan"), rows=rows)


def schools(random: Random) -> Sheet:
    """Schools with NPSN, address and the telephone of the office."""
    rows = [
        (
            number,
            str(random.randint(20_000_000, 69_999_999)),
            f"SD Negeri {number} {random.choice(VILLAGES)}",
            f"Jl. {random.choice(FLOWERS)} No. {random.randint(1, 99)}",
            random.choice(DISTRICTS),
            f"(0293) {random.randint(300000, 399999)}",
            random.choice("ABC"),
            random.randint(80, 420),
        )
        for number in range(1, ROWS)
    ]
    header = ("No", "NPSN", "Nama Sekolah", "Alamat", "Kecamatan", "Telepon", "Akreditasi", "Jumlah Siswa")
    return sheet("Sekolah", header, rows=rows)


def coordinates(random: Random) -> Sheet:
    """Points with sixteen decimals, as a map program writes them."""
    rows = [
        (f"Jembatan {number}", random.choice(VILLAGES), -7.4 - random.random() / 3, 110.1 + random.random() / 3)
        for number in range(1, ROWS * 2)
    ]
    return sheet("Jembatan", ("nama", "desa", "lat", "lng"), rows=rows)


def coordinate_text(random: Random) -> Sheet:
    """The same as text, with a decimal comma, and as a pair in one cell."""
    rows = []
    for number in range(1, ROWS):
        lat, lng = -7.4 - random.random() / 3, 110.1 + random.random() / 3
        rows.append((number, f"{lat:.16f}".replace(".", ","), f"{lng:.14f}", f"{lat:.15f}, {lng:.15f}"))
    return sheet("Titik", ("No", "Lintang", "Bujur", "Koordinat"), rows=rows)


def officials(random: Random) -> Sheet:
    """Heads of villages: names that go with a public office, and nothing else about the person."""
    rows = [
        (
            number,
            random.choice(DISTRICTS),
            f"{random.choice(VILLAGES)} {number}",
            full_name(random=random, female=random.random() < 0.2),
            "Kepala Desa",
            "2019-2025",
        )
        for number in range(1, ROWS)
    ]
    return sheet("Kepala Desa", ("No", "Kecamatan", "Desa", "Nama Pejabat", "Jabatan", "Masa Jabatan"), rows=rows)


def polling_stations(random: Random) -> Sheet:
    """Addresses of polling stations; some are somebody's house."""
    rows = []
    for number in range(1, ROWS):
        at_home = random.random() < 0.02
        where = f"Rumah Bpk {random.choice(MALE)}" if at_home else f"Halaman SDN {number} {random.choice(VILLAGES)}"
        rows.append((number, random.choice(VILLAGES), f"TPS {number:03d}", where, random.randint(150, 300)))
    return sheet("TPS", ("No", "Desa", "TPS", "Alamat TPS", "Jumlah Pemilih"), rows=rows)


def health_posts(random: Random) -> Sheet:
    """Posyandu, named after flowers and women alike."""
    rows = [
        (
            number,
            f"Posyandu {random.choice(FLOWERS + FEMALE)}",
            random.choice(VILLAGES),
            f"RT {number % 5 + 1:03d}",
            random.randint(3, 9),
            random.randint(20, 90),
        )
        for number in range(1, ROWS)
    ]
    return sheet("Posyandu", ("No", "Nama", "Desa", "RT", "Jumlah Kader", "Jumlah Balita"), rows=rows)


def streets(random: Random) -> Sheet:
    """Roads named after heroes, with ruas numbers and lengths."""
    rows = [
        (
            f"{number:03d}",
            f"Jl. {full_name(random=random, female=False)}",
            round(random.uniform(0.3, 9), 2),
            random.choice(("Baik", "Sedang", "Rusak ringan", "Rusak berat")),
        )
        for number in range(1, ROWS)
    ]
    return sheet("Ruas Jalan", ("No Ruas", "Nama Ruas", "Panjang (km)", "Kondisi"), rows=rows)


def library_books(random: Random) -> Sheet:
    """A catalogue of books with authors and ISBN."""
    rows = [
        (
            number,
            f"Dongeng {random.choice(FLOWERS)} {number}",
            full_name(random=random, female=number % 2 == 0),
            f"978-602-{random.randint(1000, 9999)}-{random.randint(10, 99)}-{random.randint(0, 9)}",
            random.randint(1990, 2023),
        )
        for number in range(1, ROWS)
    ]
    return sheet("Buku", ("No", "Judul", "Pengarang", "ISBN", "Tahun Terbit"), rows=rows)


def service_offices(random: Random) -> Sheet:
    """Offices with public telephone numbers and mailboxes."""
    rows = [
        (
            f"Kecamatan {district}",
            f"Jl. {random.choice(FLOWERS)} No. {number}",
            f"0293-{random.randint(300000, 399999)}",
            "08.00-15.30",
            random.randint(11, 30),
        )
        for number, district in enumerate(DISTRICTS * 4, start=1)
    ]
    return sheet("Kantor", ("Unit Layanan", "Alamat", "Telepon Kantor", "Jam Layanan", "Jumlah Pegawai"), rows=rows)
