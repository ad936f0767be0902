"""Keyed 64-bit fingerprints of persons: BLAKE2b (RFC 7693) with a key, cut to eight bytes.

Whoever has the key can check one with `hashlib` alone:
`blake2b(value, key=key, digest_size=8, person=kind)`, read as a little-endian number. Without the key no value can be
read back, though the numbers of a whole nation could be tried in a second against a fingerprint without one.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]
Rows = NDArray[np.uint32]
SEPARATOR = "\x1f"
# What is fingerprinted, as columns of SUBJECT. The second number makes a household of a person: it changes with
# marriages and moves, and so tells versions apart.
KINDS: dict[str, tuple[str, ...]] = {
    "nik": ("nik",),
    "kk": ("kk",),
    "name-birth": ("name", "birth"),
    "phone": ("phone",),
    "nik-name": ("nik", "name"),
    "nik-kk": ("nik", "kk"),
}
# Asked of numbers that lost their last digit, each of the ten digits tried: in which kind of an index, and by what.
GUESSED = {
    "stem": ("nik", ("stem",)),
    "stem-name": ("nik-name", ("stem", "name")),
    "stem-kk": ("nik-kk", ("stem", "kk")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prints:
    """Fingerprints of one kind: `numbers`, and for each the row (from 0) that it is of; a row may have several."""

    rows: Rows
    numbers: Numbers


def prints(people: pl.DataFrame, *, key: bytes, guess: bool = False) -> dict[str, Prints]:
    """The fingerprints of every kind, of people in the shape of SUBJECT; rows that lack a part have none.

    `guess` adds those of GUESSED, to ask with; they are never kept.
    """
    made = {kind: _prints(people, columns, kind=kind, key=key) for kind, columns in KINDS.items()}
    if guess:
        made |= {name: _guessed(people, columns, kind=kind, key=key) for name, (kind, columns) in GUESSED.items()}
    return made


def asked_of(kind: str) -> str:
    """The kind of an index in which a kind is looked up."""
    return GUESSED[kind][0] if kind in GUESSED else kind


def digests(values: list[str], *, kind: str, key: bytes) -> Numbers:
    """One number for each value."""
    begun = hashlib.blake2b(key=key, digest_size=8, person=kind.encode())
    parts = []
    for value in values:
        one = begun.copy()
        one.update(value.encode())
        parts.append(one.digest())
    return np.frombuffer(b"".join(parts), dtype="<u8")


def _prints(people: pl.DataFrame, columns: tuple[str, ...], *, kind: str, key: bytes) -> Prints:
    joined = people.select(
        value=pl.concat_str([pl.col(name).cast(pl.String) for name in columns], separator=SEPARATOR)
    )
    filled = joined.with_row_index("row").drop_nulls()
    return Prints(rows=filled["row"].to_numpy(), numbers=digests(filled["value"].to_list(), kind=kind, key=key))


def _guessed(people: pl.DataFrame, columns: tuple[str, ...], *, kind: str, key: bytes) -> Prints:
    filled = people.select(columns).with_row_index("row").drop_nulls()
    tried = filled.join(pl.DataFrame({"last": list("0123456789")}), how="cross").with_columns(
        stem=pl.col("stem") + pl.col("last")
    )
    found = _prints(tried.select(columns), columns, kind=kind, key=key)
    return Prints(rows=tried["row"].to_numpy(), numbers=found.numbers)
