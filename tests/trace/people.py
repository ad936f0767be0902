"""Invented people in the shape in which trace compares them."""

from collections.abc import Sequence

import polars as pl

from lumbung.invent import invent_households
from lumbung.invent import people as of_households
from lumbung.trace import subjects

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))


def raw(*, seed: int, families: int, home: str = "330813") -> pl.DataFrame:
    """The texts of a register, with the columns that `subjects.normalised` wants."""
    rows = [
        {
            "nik": one.nik, "kk": family.kk, "name": one.name, "birth": one.birth, "phone": one.phone,
            "sex": "P" if one.female else "L", "age": str(one.age), "hamlet": family.hamlet,
        }
        for family, one in of_households(invent_households(seed=seed, count=families, home=home))
    ]  # fmt: skip
    return pl.DataFrame(rows)


def people(*, seed: int, families: int, home: str = "330813") -> pl.DataFrame:
    """The same, in the shape of SUBJECT."""
    return subjects.normalised(raw(seed=seed, families=families, home=home))


def values(frame: pl.DataFrame) -> Sequence[str]:
    """Everything that names somebody in a frame, for a search through what was said."""
    columns = (frame[name].drop_nulls().to_list() for name in ("nik", "kk", "name", "phone"))
    return [value for column in columns for value in column if len(value) > 8]
