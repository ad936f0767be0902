"""What an invented village fills in on the blanks of the portal: its budget, what it offers, its facilities, itself.

Codes, columns and choices are those of `portal/intake/blanks/*.toml`; a test keeps the two alike. A name is that of a
product or a place, never of a person. The same village and year give the same answers.
"""

from collections.abc import Callable
from random import Random

from lumbung.invent.regency import Village, share_out

Answers = dict[str, dict[str, int | float | str]]

INCOME = {"4.1": 4, "4.2.1": 58, "4.2.2": 4, "4.2.3": 27, "4.2.4": 3, "4.2.5": 3, "4.3": 1}
SPENDING = {"5.1": 34, "5.2": 43, "5.3": 7, "5.4": 9, "5.5": 7}
OFFERED = (
    ("Padi dan palawija", "Beras Rojolele {name}", "ton", 90, 640),
    ("Sayur dan buah", "Salak pondoh {name}", "kuintal", 40, 900),
    ("Perkebunan", "Kopi robusta lereng {name}", "kuintal", 20, 260),
    ("Peternakan", "Kambing Etawa", "ekor", 60, 700),
    ("Perikanan", "Nila kolam deras", "kuintal", 15, 180),
    ("Kerajinan", "Anyaman bambu {name}", "buah", 900, 9000),
    ("Makanan dan minuman olahan", "Gula semut aren", "kilogram", 500, 8200),
    ("Wisata alam", "Curug {name}", "pengunjung", 800, 24_000),
    ("Wisata budaya", "Saparan {name}", "pengunjung", 400, 6000),
    ("Kesenian", "Kuda lumping {name}", "unit usaha", 1, 4),
    ("Sumber air", "Umbul {name}", "meter kubik", 3000, 90_000),
)
SOLD = ("Dalam desa", "Dalam kecamatan", "Dalam kabupaten", "Luar kabupaten", "Luar provinsi")
FACILITIES = {
    "K1": (0, 1), "K2": (0, 2), "K3": (3, 9), "P1": (1, 4), "P2": (1, 3), "P3": (1, 4), "P4": (0, 2), "P5": (0, 1),
    "P6": (0, 1), "I1": (3, 9), "I2": (6, 21), "I3": (0, 2), "I4": (0, 0), "I5": (0, 0), "I6": (0, 0), "U1": (1, 3),
    "U2": (1, 3), "U3": (0, 2), "U4": (0, 1), "U5": (2, 12), "U6": (1, 8), "U7": (0, 5), "U8": (0, 2),
}  # fmt: skip


def answers(code: str, village: Village, *, year: int, this: int) -> Answers:
    """What the village says on the blank `code` for a year, seen from the year `this`. KeyError for another blank."""
    makers: dict[str, Callable[[Village, int, int], Answers]] = {
        "apbdes": _budget,
        "potensi": _offers,
        "sarana": _facilities,
        "monografi": _monograph,
    }
    return makers[code](village, year, this)


def _drawn(*about: object) -> Random:
    return Random(" ".join(map(str, about)))  # noqa: S311 - the same village must give the same answers


def _budget(village: Village, year: int, this: int) -> Answers:
    """A plan that balances; what came of it is known for past years, half known for this one, and not for the next."""
    random = _drawn("apbdes", village.kode, year)
    income = random.randint(1_250, 2_600) * 1_000_000 + (year - this) * 40_000_000
    received, put_aside = random.randint(20, 160) * 1_000_000, random.choice((0, 25, 50)) * 1_000_000
    planned = _shares(INCOME, income, random) | _shares(SPENDING, income + received - put_aside, random)
    planned |= {"6.1": received, "6.2": put_aside}
    if year > this:
        return {line: {"anggaran": amount} for line, amount in planned.items()}
    low, high = (0.55, 0.8) if year == this else (0.9, 1.0)
    return {
        line: {"anggaran": amount, "realisasi": round(amount * random.uniform(low, high), -3)}
        for line, amount in planned.items()
    }


def _shares(weights: dict[str, int], total: int, random: Random) -> dict[str, int]:
    """The total in thousands, shared out roughly by weight."""
    shares = share_out(total // 1000, [weight * random.uniform(0.8, 1.2) for weight in weights.values()])
    return {line: 1000 * share for line, share in zip(weights, shares, strict=True)}


def _offers(village: Village, year: int, _this: int) -> Answers:
    random = _drawn("potensi", village.kode, year)
    chosen = sorted(random.sample(range(len(OFFERED)), k=random.randint(5, 8)))
    return {
        str(number): {
            "jenis": OFFERED[one][0],
            "nama": OFFERED[one][1].format(name=village.name),
            "volume": random.randint(OFFERED[one][3], OFFERED[one][4]),
            "satuan": OFFERED[one][2],
            "unit_usaha": random.randint(1, 24),
            "pemasaran": random.choice(SOLD),
        }
        for number, one in enumerate(chosen, start=1)
    }


def _facilities(village: Village, year: int, _this: int) -> Answers:
    random = _drawn("sarana", village.kode, year)
    counts = {line: random.randint(*bounds) for line, bounds in FACILITIES.items()}
    return {line: {"jumlah": count, "baik": round(count * random.uniform(0.6, 1))} for line, count in counts.items()}


def _monograph(village: Village, year: int, _this: int) -> Answers:
    """The fields that no register gives; many are left out, as villages leave them."""
    random = _drawn("monografi", village.kode, year)
    said: dict[str, int | float | str] = {
        "tipologi_desa": random.choice(("Persawahan", "Perladangan", "Perkebunan", "Jasa dan perdagangan")),
        "tingkat_perkembangan": random.choice(("Swakarya", "Swasembada")),
        "luas_wilayah": round(village.area * 100, 1),
        "jarak_kecamatan": round(random.uniform(0.5, 9), 1),
        "jarak_ibukota_kabupaten": round(random.uniform(6, 38), 1),
        "kantor_desa": "Permanen",
        "poskesdes": 1,
        "ukbm": random.randint(3, 9),
        "gedung_sd": random.randint(1, 4),
        "masjid": random.randint(3, 9),
        "mushola": random.randint(6, 21),
        "balai_pertemuan": 1,
    }
    return {"1": said}
