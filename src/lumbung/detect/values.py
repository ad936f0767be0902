"""Do the values of a column say what its header says; and what do they say where no header is known?

Values are capitalised and stripped. A header alone is never believed: "agama" over counts is a statistic.
"""

import re
from collections import Counter
from collections.abc import Sequence

from lumbung.detect.lists import tight, value_lists, words

_MONTHS = "JAN|FEB|MAR|APR|MEI|MAY|JUN|JUL|AGU|AGS|AUG|SEP|OKT|OCT|NOV|NOP|DES|DEC"
_DATE = re.compile(
    rf"(?:^|[ ,/])(?:\d{{1,2}}[-/. |]\d{{1,2}}[-/. |](?P<a>\d{{4}}|\d{{2}})|(?P<b>\d{{4}})[-/.]\d{{1,2}}[-/.]\d{{1,2}}"
    rf"|\d{{1,2}}[-/. ]*(?:{_MONTHS})[A-Z]*[-/. ,]*(?P<c>\d{{4}}|\d{{2}}))(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?$"
)
_MASKED_DATE = re.compile(r"^[\dX*]{1,4}[-/.][\dX*]{1,3}[-/.][\dX*]{2,4}$")
_NUMBER = re.compile(r"^-?[\d.,]+(?:E\+?\d+)?%?$")
_INTEGER = re.compile(r"^(\d{1,5})(?:\.0+)?$")
_AGE = re.compile(r"^\d{1,3}(?:[.,]\d)?\s*(?:TAHUN|THN|TH|BULAN|BLN|HARI)\b")
_STREET = re.compile(r"\b(?:RT|RW)\W{0,3}\d|\b(?:JL|JLN|JALAN|DSN|DUSUN|DUKUH|GANG|GG|PERUM|BLOK)\b")
_PLACE = re.compile(r"^[A-Z][A-Z .'\-]+[,/ ]+\d")
_BLOCK = re.compile(r"^0\d\d$")
_PHONE = re.compile(r"^'?\+?(?:62|0)?\W?8[1-9][\d\s.\-]{7,14}(?:\.0)?$|^'?\(?0\d{2,3}\)?[\s\-]?\d{5,8}$")
_MAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[A-Z]{2,}$")
LONG_WORD = 3
"""A guess without a header needs words longer than "L", "B" or "MA"."""

LONGEST = 120
"""A longer cell is no address."""
AGREES = 0.5
GUESS = 0.6


def agrees(role: str, values: Sequence[str]) -> bool:
    """Whether at least half of the values can be what the header says."""
    return bool(values) and share(role, values) >= AGREES


def share(role: str, values: Sequence[str]) -> float:
    """The share of values that can be a `role` where the header says so: words or codes, dates, texts."""
    return sum(times for value, times in Counter(values).items() if _can_be(role, value)) / len(values)


def guess(values: Sequence[str]) -> tuple[str, float] | None:
    """The role that values alone give a column, with the share that supports it; None where they say nothing."""
    different = set(values)
    for role in ("religion", "marital", "relation", "occupation", "education", "sex"):
        known = sum(len(value) > LONG_WORD and tight(value) in words(role) for value in values) / len(values)
        if known >= GUESS:
            return role, known
    if different <= {"L", "P", "-"} and {"L", "P"} <= different:
        return "sex", 1.0
    if different <= {"WNI", "WNA", "-"} and "WNI" in different:
        return "citizenship", 1.0
    return _guess_by_form(values)


def _guess_by_form(values: Sequence[str]) -> tuple[str, float] | None:
    tests = {"e-mail": _MAIL.match, "address": _STREET.search}
    for role, test in tests.items():
        fitting = sum(len(value) <= LONGEST and bool(test(value)) for value in values) / len(values)
        if fitting >= GUESS:
            return role, fitting
    mobile = sum(bool(re.match(r"^'?(?:\+?62|0)8[1-9][\d \-]{7,12}$", value)) for value in values) / len(values)
    if mobile >= GUESS:
        return "phone", mobile
    return _birth_dates(values)


def _birth_dates(values: Sequence[str]) -> tuple[str, float] | None:
    """Dates that spread over two generations and are mostly not of this decade are dates of birth."""
    years = [year for value in values if (year := _year(value))]
    dates = len(years) / len(values)
    if dates < GUESS or len(set(years)) < min(8, len(values) // 2 + 1):
        return None
    old = sum(year < 2010 for year in years) / len(years)
    return ("birth-date", dates) if max(years) - min(years) >= 20 and old >= 0.5 else None


def _year(value: str) -> int | None:
    found = _DATE.search(value)
    if not found:
        return None
    year = int(found.group("a") or found.group("b") or found.group("c"))
    full = year if year > 99 else 1900 + year if year > 26 else 2000 + year
    return full if 1900 <= full <= 2030 else None


def _can_be(role: str, value: str) -> bool:
    if role in ("birth-place", "address", "hamlet"):
        return bool(re.search(r"[A-Z]{2}", value)) and not _NUMBER.match(value)
    if role in ("mother", "father"):
        return bool(re.match(r"^[A-Z][A-Z .,'`\-/()]+$", value))
    if role == "age" and _AGE.match(value):
        return True
    if role == "birth-date":
        return bool(_DATE.search(value) or _MASKED_DATE.match(value)) or _serial_or_year(value)
    if role == "phone":
        return bool(_PHONE.match(value))
    if role == "e-mail":
        return bool(_MAIL.match(value))
    if role == "rt-rw":
        return bool(re.match(r"^(?:R[TW]\W*)?\d{1,3}(?:\.0)?(?:\s*/\s*(?:RW\W*)?\d{1,3})?$", value))
    return tight(value) in words(role) or _code(role, value)


def _serial_or_year(value: str) -> bool:
    """A day as Excel counts it (1927 to 2036), or a bare year."""
    found = _INTEGER.match(value)
    number = int(found.group(1)) if found else 0
    return 10_000 <= number <= 50_000 or 1900 <= number <= 2030


def _code(role: str, value: str) -> bool:
    found = _INTEGER.match(value)
    largest: int = value_lists()["codes"].get(role, 0)
    return found is not None and 0 < int(found.group(1)) <= largest


def is_street(values: Sequence[str]) -> bool:
    """Whether addresses lead to a house, an RT or a street, and not only to a village."""
    return sum(bool(_STREET.search(value) or re.search(r"\d", value)) for value in values) >= 0.3 * len(values)


def tell_birth_place(values: Sequence[str]) -> bool:
    """Whether dates of birth have the place before them: "MAGELANG, 01-02-1990"."""
    return sum(bool(_PLACE.match(value)) for value in values) >= 0.5 * len(values)


def are_blocks(values: Sequence[str]) -> bool:
    """Whether the values can only be RT or RW: three digits, a nought before them, few different ones."""
    return len(set(values)) <= 60 and sum(bool(_BLOCK.match(value)) for value in values) >= 0.8 * len(values)
