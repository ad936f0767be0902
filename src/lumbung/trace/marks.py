"""Copies that alter no value and tell whose they are: the order of rows, which digit is masked, where a line begins.

Every copy hides the last four digits of the NIK, so that no two copies together show them; one digit of the birth date
in the NIK, which stands beside it, is hidden as well, and which one differs from copy to copy. In print each line
begins at one of two places that no eye tells apart. All carriers follow from a secret, a copy and a row, by BLAKE2b;
the row is known by its name and birth date, which survive retyping.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from lumbung.trace import fingerprint
from lumbung.trace.fingerprint import Numbers

PLACES = 6  # the digits of the birth date
FIRST, CORE = 6, 12  # where they begin, and where the serial does
SIGN = "*"
Places = NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carriers:
    """What a copy says of each row: its rank (the order within a hamlet), which digit is masked, and how its line is
    set in print (0 or 1)."""

    ranks: Numbers
    places: Places
    lines: Places


def row_keys(people: pl.DataFrame, *, secret: bytes) -> Numbers:
    """By what each row is known again: name and birth date. 0 where one is missing: such a row carries nothing."""
    prints = fingerprint.prints(people.select(fingerprint_columns()), key=secret)["name-birth"]
    keys = np.zeros(people.height, dtype="<u8")
    keys[prints.rows] = prints.numbers
    return keys


def fingerprint_columns() -> list[pl.Expr]:
    """Name and birth date alone, in the shape of SUBJECT."""
    return [
        pl.col(name) if name in ("name", "birth") else pl.lit(None, pl.String).alias(name)
        for name in ("nik", "kk", "name", "birth", "phone")
    ]


def carriers(keys: Numbers, *, secret: bytes, copy: int) -> Carriers:
    """What the copy of this number (from 0) says of the rows with these keys."""
    begun = hashlib.blake2b(key=secret, digest_size=16, person=b"copy", salt=copy.to_bytes(8, "little"))
    parts = []
    written = keys.astype("<u8").tobytes()
    for at in range(0, len(written), 8):
        one = begun.copy()
        one.update(written[at : at + 8])
        parts.append(one.digest())
    drawn = np.frombuffer(b"".join(parts), dtype="<u8").reshape(-1, 2)
    places, lines = (drawn[:, 1] % PLACES).astype(np.int8), (drawn[:, 1] >> np.uint64(63)).astype(np.int8)
    return Carriers(ranks=drawn[:, 0], places=places, lines=lines)


def codes(secret: bytes, copies: int) -> list[str]:
    """The code of each copy, as it stands in the file itself: sixteen hexadecimal digits that nobody can guess."""
    numbers = range(copies)
    made = (hashlib.blake2b(one.to_bytes(8, "little"), key=secret, digest_size=8, person=b"code") for one in numbers)
    return [one.hexdigest() for one in made]


def masked(numbers: pl.Series, places: Sequence[int] | None = None, *, shown: int = CORE) -> pl.Series:
    """Numbers without their last four digits; with `places` without one digit of the birth date as well.

    Of the rest only the first `shown` stay. What is no number of sixteen digits is hidden whole: it may be one that
    is damaged. Raise ValueError for more than twelve: the last four are shown to nobody.

    >>> masked(pl.Series(["3308134504909001", "33081345", None]), [2, 0, 0]).to_list()
    ['33081345*490****', '********', None]
    """
    if not 0 <= shown <= CORE:
        raise ValueError("the last four digits stay hidden")
    cells: list[str | None] = []
    for number, place in zip(numbers.to_list(), places or [-1] * numbers.len(), strict=True):
        if number is None:
            cells.append(None)
        elif len(number) != 16 or not number.isdecimal():
            cells.append(SIGN * len(number))
        else:
            hidden = number[: FIRST + place] + SIGN + number[FIRST + place + 1 :] if place >= 0 else number
            cells.append(hidden[:shown] + SIGN * (16 - shown))
    return pl.Series(cells, dtype=pl.String)
