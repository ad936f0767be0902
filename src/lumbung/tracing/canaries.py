"""Residents who do not exist, for restricted copies that the law lets carry them: each stands in one copy alone.

They are invented as everybody is here (`lumbung.invent`, serials 9000 to 9999), with names of three words, so that
hardly anybody alive is called so and born on that day. Who meets one again knows which copy it came from.
"""

import hashlib
from datetime import date, timedelta
from random import Random

import polars as pl

from lumbung.invent import nik, nomor_kk
from lumbung.invent.names import FEMALE, FEMALE_LAST, MALE, MALE_LAST
from lumbung.invent.nik import FIRST_SERIAL, LAST_SERIAL
from lumbung.trace import marks, subjects
from lumbung.tracing.copies import Prepared
from lumbung.tracing.rows import RAW

SHARED = ("hamlet", "address", "street", "rt", "rw", "tps", "birth_place", "marital")  # with somebody of the list
YOUNGEST, OLDEST = 20, 65  # years
NOWHERE = "990101"  # a kecamatan that there is not, where the list has no number to go by


def invented(made: Prepared, *, secret: bytes, copy: int, count: int, at: date) -> Prepared:
    """So many residents for the copy of this number, spread over the list's hamlets; nobody of them stands in it.

    The same secret gives the same ones.
    """
    seed = hashlib.blake2b(copy.to_bytes(8, "little"), key=secret, digest_size=16, person=b"canary").digest()
    random = Random(seed)  # noqa: S311 - the same secret must give the same people
    known = set(zip(made.people["name"].to_list(), made.people["birth"].to_list(), strict=True))
    rows: list[dict[str, object]] = []
    while len(rows) < count:
        row = _resident(made, random, at=at)
        if (str(row["name"]).upper(), row["birth"]) not in known:
            rows.append(row)
    texts = pl.DataFrame(rows, schema=RAW)
    people = subjects.normalised(texts).with_columns(texts["place"])
    return Prepared(texts=texts, people=people, units=made.units[:0], keys=marks.row_keys(people, secret=secret))


def _resident(made: Prepared, random: Random, *, at: date) -> dict[str, object]:
    female = random.random() < 0.5
    given, last = (FEMALE, FEMALE_LAST) if female else (MALE, MALE_LAST)
    birth = at - timedelta(days=random.randint(YOUNGEST * 365, OLDEST * 365))
    region, beside = _region(made), random.randrange(made.texts.height)  # lives where somebody of the list does
    serial = random.randint(FIRST_SERIAL, LAST_SERIAL)
    return {
        "nik": nik(region=region, birth=birth, female=female, serial=serial),
        "kk": nomor_kk(region=region, recorded=at - timedelta(days=random.randint(400, 4000)), serial=serial),
        "name": _as_written(" ".join([*random.sample(given, 2), random.choice(last)]), made),
        "birth": birth,
        "sex": made.texts["sex"].filter(made.people["sex"] == ("P" if female else "L")).first(),
        **{name: made.texts[name][beside] for name in SHARED},
    }


def _as_written(name: str, made: Prepared) -> str:
    """In capitals where the list has them, so that nobody stands out."""
    names = made.texts["name"].drop_nulls()
    return name.upper() if (names.str.to_uppercase() == names).sum() * 2 > names.len() else name


def _region(made: Prepared) -> str:
    """Where most of the list's numbers were first given."""
    regions = made.people["nik"].drop_nulls().str.slice(0, 6)
    return str(regions.mode().sort().first()) if regions.len() else NOWHERE
