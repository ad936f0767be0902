"""Residents' numbers that are written as more than themselves: behind noughts, twice over, parted anywhere, in Base64.

Sources: RFC 4648 (Base64), ISO 646 (codes of digits), PMK 112/2022 (a place of business: the NIK and six digits more).
Every way gives chance more room than sixteen plain digits, so that what it gives must be rarer by chance, weighed by
itself. Three digits in Base64 are four letters out of few: sixteen digits there are no accident.
"""

import re
from base64 import b64decode
from collections.abc import Iterator

import polars as pl

from lumbung.detect import patterns
from lumbung.detect.structure import fits, weigh

ALARM = 0.005
"""A single number must at least name a known regency."""
BEHIND_NOUGHTS = r"^0{1,4}([1-9][0-9]{15})(?:[.,]0*)?$"
OF_BUSINESS = r"^([1-9][0-9]{15})0{3}[0-9]{3}$"
CODES, CODE = r"^(?:3[0-9]){16}$", r"3([0-9])"
"""Each digit as its code: 3 and the digit."""
TOGETHER = r"^(?:[0-9]{16}){3,}$"
TWICE = r"^[0-9]{32}(?:[.,]0*)?$"
ONCE_TOLD = (6, 8, 12)
"""Parted behind so many digits it is found as one of the usual groupings."""
PARTED = r"(?:^|[^0-9.,\-/])([0-9]{3,13}[ \t\n\r]{1,2}[0-9]{3,13})(?:[^0-9.,]|[.,](?:[^0-9]|$)|$)"
_RUN = re.compile(r"[A-Za-z0-9+/_\-]{22,}")
_PACKED = re.compile(patterns.PACKED)
_NUMBER = re.compile(r"(?<!\d)\d{16}(?!\d)")


def lengthened(runs: pl.DataFrame) -> pl.DataFrame:
    """Row and number (sixteen digits) of runs (row, piece) of more digits that hold it and nothing else."""
    piece = pl.col("piece").str.extract(r"([0-9].*)")
    coded = pl.when(piece.str.contains(CODES)).then(piece.str.replace_all(CODE, "$1"))
    ways = (piece.str.extract(BEHIND_NOUGHTS), piece.str.extract(OF_BUSINESS), coded, *_halves(piece))
    return _surely(runs.select("row", number=pl.coalesce(ways)).drop_nulls("number"))


def run_together(runs: pl.DataFrame) -> pl.DataFrame:
    """Row and number of runs (row, piece) that are three numbers or more with nothing between them."""
    digits = runs.select("row", number=pl.col("piece").str.extract(r"([0-9].*)"))
    several = digits.filter(pl.col("number").str.contains(TOGETHER))
    each = several.with_columns(pl.col("number").str.extract_all(r"[0-9]{16}")).explode("number")
    return _surely(each)


def _halves(piece: pl.Expr) -> Iterator[pl.Expr]:
    """The number where each of its parts, of one digit up to all sixteen, stands twice in a row."""
    for unit in (1, 2, 4, 8, patterns.DIGITS):
        starts = range(0, 2 * patterns.DIGITS, 2 * unit)
        once, again = (pl.concat_str([piece.str.slice(at + more, unit) for at in starts]) for more in (0, unit))
        yield pl.when(piece.str.contains(TWICE) & (once == again)).then(once)


def parted(cells: pl.DataFrame) -> pl.DataFrame:
    """Row and number of texts (row, cell) in which a blank, a tab or a line's end parts a number anywhere."""
    found = cells.select("row", piece=pl.col("cell").str.extract_all(PARTED)).explode("piece").drop_nulls("piece")
    digits = pl.col("piece").str.replace_all("[^0-9]", "")
    told = pl.col("piece").str.extract("([0-9]+)").str.len_bytes().is_in(ONCE_TOLD)
    return _surely(found.filter((digits.str.len_bytes() == patterns.DIGITS) & ~told).select("row", number=digits))


def packed(cells: pl.DataFrame) -> pl.DataFrame:
    """Row and number of texts (row, cell) with Base64 in which numbers of sixteen digits stand."""
    likely = cells.filter(pl.col("cell").str.contains(patterns.PACKED))
    found = [(row, number) for row, cell in likely.iter_rows() for number in unpacked(cell)]
    return pl.DataFrame(found, schema={"row": pl.UInt32, "number": pl.String}, orient="row")


def unpacked(text: str) -> Iterator[str]:
    """The numbers of sixteen digits in the Base64 of a text, in either alphabet, in letters of one byte or two."""
    for run in _RUN.findall(text):
        if seen := _PACKED.search(run):
            bare = run[seen.start() % 4 :].replace("-", "+").replace("_", "/")
            bare = bare[: len(bare) - (len(bare) % 4 == 1)]
            text = b64decode(bare + "=" * (-len(bare) % 4)).decode("latin-1")
            yield from _NUMBER.findall(text) or _NUMBER.findall(text.replace("\0", ""))


def _surely(found: pl.DataFrame) -> pl.DataFrame:
    """The numbers with a region and a date, where so many of them are no accident; else none."""
    numbers = found["number"].cast(pl.Int64)
    together = weigh(numbers)
    return found.filter(fits(numbers, level=together.level)) if together.chance <= ALARM else found.clear()
