"""Numbers that are nobody's and look like somebody's: assets, invoices, rupiah, timestamps, registers, parcels."""

from datetime import date, timedelta
from random import Random

from lumbung.invent.nik import FIRST_SERIAL, LAST_SERIAL
from lumbung.invent.sheet import Sheet, sheet

ITEMS = ("Meja kerja", "Laptop", "Sepeda motor", "Printer", "Lemari arsip", "Proyektor", "Genset", "Kursi rapat")
LEGAL_FORMS = ("CV", "PT", "UD", "KOPERASI")
ROWS = 40


def _digits(random: Random, count: int) -> str:
    return str(random.randint(10 ** (count - 1), 10**count - 1))


def _serial(random: Random) -> int:
    # Even a number that is nobody's ends like an invented one, should it by chance be shaped like somebody's.
    return random.randint(FIRST_SERIAL, LAST_SERIAL)


def assets(random: Random) -> Sheet:
    """KIB: the goods of an office under a 16-digit code."""
    rows = [
        (
            number,
            f"132010{random.randint(10, 99)}{random.randint(1000, 9999)}{_serial(random)}",
            random.choice(ITEMS),
            random.randint(2005, 2023),
            random.randint(1, 12) * 450_000,
            "Baik",
        )
        for number in range(1, ROWS)
    ]
    return sheet("KIB B", ("No", "Kode Barang", "Nama Barang", "Tahun Perolehan", "Harga", "Kondisi"), rows=rows)


def village_counters(random: Random) -> Sheet:
    """Buildings counted behind the kode desa: sixteen digits that look like men born on the 20th, or on the 10th."""
    kind, year = random.choice((2000, 1000)), random.randint(10, 26)
    rows = [
        (
            f"3308{random.randint(1, 21):02d}{kind + random.randint(1, 18)}{year}{_serial(random)}",
            random.choice(("Balai desa", "Gudang", "Posyandu", "Kantor", "Sekolah")),
            random.randint(20, 400),
        )
        for _ in range(ROWS * 12)
    ]
    return sheet("Bangunan", ("ID Bangunan", "Jenis", "Luas"), rows=rows)


def epoch_microseconds(random: Random) -> Sheet:
    """Sensor readings stamped in microseconds: sixteen digits that begin with 16 or 17."""
    start = random.randint(1_600_000_000_000_000, 1_760_000_000_000_000)
    rows = [
        (start + number * 600_000_000 + random.randint(0, 999), round(random.uniform(1, 4), 2))
        for number in range(ROWS * 4)
    ]
    return sheet("Sensor", ("timestamp", "tinggi_muka_air"), rows=rows)


def tax_invoices(random: Random) -> Sheet:
    """Serial numbers of tax invoices: 010 and thirteen digits, sometimes dotted."""
    dotted = random.random() < 0.5
    rows = []
    for number in range(1, ROWS):
        serial = f"0{random.choice((1, 3, 4))}0000{random.choice((22, 23, 24))}{_digits(random, 8)}"
        text = f"{serial[:3]}.{serial[3:6]}-{serial[6:8]}.{serial[8:]}" if dotted else serial
        rows.append((number, text, f"CV Rukma {number}", random.randint(1, 90) * 125_000))
    return sheet("Faktur", ("No", "Nomor Seri Faktur Pajak", "Rekanan", "DPP"), rows=rows)


def rupiah(random: Random) -> Sheet:
    """Amounts of sixteen digits, as national budgets have them."""
    rows = [(f"Provinsi {number}", _amount(random), _amount(random)) for number in range(1, ROWS)]
    return sheet("APBN", ("Uraian", "Pagu", "Realisasi"), rows=rows)


def _amount(random: Random) -> int:
    return random.randint(10**11, 9 * 10**11) * 10**4


def random_ids(random: Random) -> Sheet:
    """Reference numbers of a payment system: sixteen random digits."""
    rows = []
    for _ in range(ROWS * 3):
        day = f"2024-0{random.randint(1, 9)}-1{random.randint(0, 9)}"
        what = random.choice(("Retribusi", "PBB"))
        rows.append((f"{_digits(random, 12)}{_serial(random)}", day, what, random.randint(10, 900) * 1000))
    return sheet("Transaksi", ("no_referensi", "tanggal", "jenis", "nominal"), rows=rows)


def register_numbers(random: Random) -> Sheet:
    """Letters and permits whose number begins with region and date, as a NIK does; no day ever above 40."""
    rows = []
    for number in range(1, ROWS * 2):
        day = date(2023, 1, 2) + timedelta(days=random.randint(0, 700))
        rows.append(
            (number, f"330820{day:%d%m%y}{9000 + number}", random.choice(("Izin usaha", "Izin reklame")), "Terbit")
        )
    return sheet("Register Izin", ("No", "Nomor Register", "Jenis Izin", "Status"), rows=rows)


def budget_codes(random: Random) -> Sheet:
    """Codes of fields, activities and accounts, with the pipes that an application prints around them."""
    rows = [
        (
            f"|{random.randint(10, 99):03d}.{random.randint(1, 9):02d}.{random.randint(1, 9):02d}|",
            f"1.01.02.2.{random.randint(1, 12):02d}.{random.randint(1, 99):04d}",
            f"5.1.02.01.01.{random.randint(1, 9999):04d}",
            f"Belanja {random.choice(ITEMS).lower()}",
            random.randint(1, 900) * 1_000_000,
        )
        for _ in range(ROWS)
    ]
    return sheet("Bidang", ("Kode Bidang", "Kode Kegiatan", "Kode Rekening", "Uraian", "Jumlah"), rows=rows)


def tax_parcels(random: Random) -> Sheet:
    """NOP of the land tax: eighteen digits that begin with the region."""
    rows = [
        (
            f"99.01.{random.randint(10, 210):03d}.{random.randint(1, 19):03d}.{number % 30 + 1:03d}-{number:04d}.0",
            random.randint(60, 900),
            random.randint(20, 400) * 1000,
            random.choice(("Lunas", "Terutang")),
        )
        for number in range(1, ROWS)
    ]
    return sheet("PBB", ("NOP", "Luas Bumi (m2)", "Ketetapan", "Status"), rows=rows)


def companies(random: Random) -> Sheet:
    """Businesses with NIB (13 digits) and the new NPWP of an entity: 0 and the old fifteen."""
    rows = [
        (
            number,
            f"{random.choice(LEGAL_FORMS)} {random.choice(('Tirta', 'Arga', 'Surya'))} Makmur {number}",
            _digits(random, 13),
            f"0{_digits(random, 15)}",
            random.choice(("Perdagangan", "Konstruksi", "Jasa")),
        )
        for number in range(1, ROWS)
    ]
    return sheet("Perusahaan", ("No", "Nama Badan Usaha", "NIB", "NPWP Badan", "Bidang Usaha"), rows=rows)


def meters_and_accounts(random: Random) -> Sheet:
    """Meter numbers (12), village accounts (10) and receipts stamped YYYYMMDDhhmmss (14)."""
    rows = [
        (
            _digits(random, 12),
            _digits(random, 10),
            f"2024{random.randint(1, 12):02d}{random.randint(1, 28):02d}081530",
            random.randint(50, 900) * 1000,
        )
        for _ in range(ROWS)
    ]
    return sheet("Listrik PJU", ("ID Pelanggan", "Rekening Kas", "Kode Struk", "Tagihan"), rows=rows)
