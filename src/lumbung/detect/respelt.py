"""Columns of residents' numbers that are spelled so that no number is left to see: any sign between the digits, a
point in their midst, letters or words for digits, character references, another base, backwards.

Sources: HTML 13.5 (character references), RFC 3986, 2.1 (percent-encoding), RFC 8259, 7 (escapes), RFC 4648 (Base32),
ITU-R M.1677 (Morse code), C99 7.19.6.1 (floats in base 16).
Every cell could be spelled so by accident; a whole column could not: the numbers that come out must have regions and
dates far beyond chance, on days of every sort. A column that is nothing but times or dates is left out.
"""

import html
import re
from base64 import b32decode
from collections.abc import Callable
from urllib.parse import unquote

import polars as pl

from lumbung.detect.columns import Form
from lumbung.detect.patterns import DIGITS
from lumbung.detect.structure import Structure, fits, weigh

SAMPLE, LEAST, MOST, NEARLY_ALL = 60, 3, 0.5, 0.8
"""Cells that are tried first; so many, and this share of them, must come out as numbers."""
SHORTEST, LONGEST = 10, 160
CLEAR = 1e-6
DAYS = 3
"""Codes of villages with six digits more are always of the 20th."""
_TIME = re.compile(r"\d[-/.]\d{1,2}[-/.](?:19|20)?\d{2}(?:\D|$)|\d:\d\d|(?<!\d)(?:19|20)\d\d[-/.]\d")
_BARE = re.compile(r"\s*'?[0-9]{16}(?:[.,]0*)?\s*")
_DECIMALS = re.compile(r"[.,]0+\D*$")
_ESCAPED = re.compile(r"&#|%[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}")
_UNIT = re.compile(r"\\[ux]([0-9A-Fa-f]{4}|[0-9A-Fa-f]{2})")
_LOOKALIKE = re.compile(r"[0-9OoQDIlLiSsBZzG|!]{16}")
_ALIKE = str.maketrans("OoQDIlLi|!ZzSsGB", "0000111111225568")
_NAMES = ("NOL", "SATU", "DUA", "TIGA", "EMPAT", "LIMA", "ENAM", "TUJUH", "DELAPAN", "SEMBILAN")
_IN_JAVANESE = ("NOL", "SIJI", "LORO", "TELU", "PAPAT", "LIMA", "ENEM", "PITU", "WOLU", "SANGA")
_IN_SUNDANESE = ("ENOL", "HIJI", "DUA", "TILU", "OPAT", "LIMA", "GENEP", "TUJUH", "DALAPAN", "SALAPAN")
_WORDS = {
    **{name: str(digit) for names in (_NAMES, _IN_JAVANESE, _IN_SUNDANESE) for digit, name in enumerate(names)},
    "KOSONG": "0",
}
_NAMED = re.compile("|".join(_WORDS))
_MORSE = {
    **{"." * dots + "-" * (5 - dots): str(dots) for dots in range(6)},
    **{"-" * dashes + "." * (5 - dashes): str(5 + dashes) for dashes in range(1, 5)},
}
_RAPPED = str.maketrans("·•–—−_", "..----")
_FLOAT = re.compile(r"0[xX]1\.?[0-9a-fA-F]{0,13}[pP]\+?[0-9]{1,2}")
_ORDER = str.maketrans("abcdefghij", "0123456789")


def respelt(cells: pl.Series, *, some: list[str]) -> tuple[pl.DataFrame, Structure] | None:
    """Row, number and form of a column that is spelled in one of these ways, and its weight; else None.

    A column is believed to be of one kind: only `some` of its cells are asked before the others are.
    """
    for way in _WAYS if len(some) >= LEAST else ():
        spelled = [number for cell in some if (number := way(cell))]
        if len(spelled) >= max(LEAST, MOST * len(some)) and _are_residents(_numbers(spelled)):
            return _whole(cells, way)
    return None


def sample(cells: pl.Series, *, tried: int) -> list[str]:
    """Cells of a length that may be such a spelling, from all over the column."""
    spread = cells.gather_every(max(1, cells.len() // (10 * tried))).drop_nulls()
    likely = spread.filter(spread.str.len_bytes().is_between(SHORTEST, LONGEST))
    return likely.gather_every(max(1, likely.len() // tried)).to_list() if likely.len() * 2 >= spread.len() else []


def _whole(cells: pl.Series, way: Callable[[str], str | None]) -> tuple[pl.DataFrame, Structure]:
    spelled = [(row, int(number)) for row, cell in enumerate(cells) if cell and (number := way(cell))]
    found = pl.DataFrame(spelled, schema={"row": pl.UInt32, "number": pl.Int64}, orient="row")
    weighed = weigh(found["number"])
    kept = found.filter(fits(found["number"], level=weighed.level))
    return kept.with_columns(form=pl.lit(int(Form.CODED), dtype=pl.UInt8)), weighed


def _numbers(texts: list[str]) -> pl.Series:
    return pl.Series(texts, dtype=pl.String).cast(pl.Int64)


def _are_residents(numbers: pl.Series) -> bool:
    """Whether nearly all have dates, beyond chance whichever of the ways was tried, most a kecamatan of today, and the
    days are of every sort. Counters and clocks keep none of this up."""
    weighed = weigh(numbers)
    if weighed.hits < max(LEAST, NEARLY_ALL * weighed.of) or weighed.chance > CLEAR or weighed.districts < MOST:
        return False
    return (numbers // 100_000_000 % 100 % 40).n_unique() >= min(DAYS, weighed.hits)


def _digits(cell: str) -> str | None:
    """The digits of a cell that shows more than these: a bare number is looked at as such, by its own rules."""
    return None if _BARE.fullmatch(cell) else _all_digits(cell)


def _all_digits(cell: str) -> str | None:
    """All digits of a cell that is no time: sixteen, behind noughts perhaps, or with one nought too many."""
    if _TIME.search(cell):
        return None
    digits = "".join(re.findall("[0-9]", _DECIMALS.sub("", cell))).lstrip("0")
    return digits[:DIGITS] if len(digits) == DIGITS or (len(digits) == DIGITS + 1 and digits[-1] == "0") else None


def _unescaped(cell: str) -> str | None:
    if not _ESCAPED.search(cell):
        return None
    return _all_digits(_UNIT.sub(lambda unit: chr(int(unit[1], 16)), unquote(html.unescape(cell))))


def _backwards(cell: str) -> str | None:
    return _sixteen("".join(re.findall("[0-9]", cell))[::-1])


def _lookalikes(cell: str) -> str | None:
    if _BARE.fullmatch(cell) or not _LOOKALIKE.fullmatch(cell.strip()):
        return None
    return _sixteen(cell.strip().translate(_ALIKE))


def _in_words(cell: str) -> str | None:
    return _sixteen("".join(_WORDS[name] for name in _NAMED.findall(cell.upper())))


def _in_morse(cell: str) -> str | None:
    letters = re.split(r"[\s/|]+", cell.strip().translate(_RAPPED))
    return _sixteen("".join(_MORSE.get(letter, "") for letter in letters)) if len(letters) == DIGITS else None


def _as_float(cell: str) -> str | None:
    """0x1.7819d8p+51, as a float is written to its last bit."""
    if not _FLOAT.fullmatch(cell.strip()):
        return None
    number = float.fromhex(cell.strip())
    return _sixteen(str(int(number))) if number < 10**DIGITS else None


def _in_order(cell: str) -> str | None:
    """a to j for 0 to 9."""
    letters = cell.strip().lower()
    return _sixteen(letters.translate(_ORDER)) if len(letters) == DIGITS and letters.isalpha() else None


def _in_base(base: int) -> Callable[[str], str | None]:
    """A whole number in another base, its usual prefix perhaps before it."""

    def way(cell: str) -> str | None:
        try:
            return _sixteen(str(int(cell.strip().strip("'hH"), base)))
        except ValueError:
            return None

    return way


def _in_base32(cell: str) -> str | None:
    try:
        return _sixteen(b32decode(cell.strip()).decode("ascii"))
    except ValueError:
        return None


def _sixteen(digits: str) -> str | None:
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdecimal() and digits[0] != "0" else None


_WAYS: tuple[Callable[[str], str | None], ...] = (
    *(_digits, _unescaped, _backwards, _lookalikes, _in_words, _in_morse, _in_order),
    *(_in_base(16), _in_base(8), _in_base(36), _in_base32, _as_float),
)
