"""What a column is called, and what that says: the lists of `fields.toml`, loaded once."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_name("fields.toml")
USELESS, UNDECIDED = "lain", "status"
_SHORT = {"tgl": "tanggal", "nomor": "no", "tmpt": "tempat", "lhr": "lahir", "nmr": "no", "nomer": "no"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A register known by headings that stand together in no other; `banded` where families part the people."""

    name: str
    headings: frozenset[str]
    banded: bool


def plain(text: str | None) -> str:
    """A heading in the words of `fields.toml`.

    >>> plain("TGL LHR"), plain("No.KK"), plain("status_kawin")
    ('tanggal lahir', 'no kk', 'status kawin')
    """
    words = re.sub(r"[\W_]+", " ", (text or "").lower()).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def field_of(text: str | None) -> str | None:
    """The field that a heading names; None for one that nobody knows."""
    return _headings().get(plain(text))


def fields() -> tuple[str, ...]:
    """Every field that a person may name for a column, without those that say nothing."""
    return tuple(name for name in _read()["headings"] if name not in (USELESS, UNDECIDED))


def layouts() -> tuple[Layout, ...]:
    return tuple(
        Layout(name=raw["name"], headings=frozenset(raw["headings"]), banded=raw.get("banded", False))
        for raw in _read()["layouts"]
    )


def refused(words: frozenset[str]) -> str | None:
    """Which list of people, not of all residents, has these headings."""
    for raw in _read()["refused"]:
        if any(set(listed) <= words for listed in raw["headings"]):
            return str(raw["name"])
    return None


def shown(text: str | None) -> str:
    """A heading fit to be shown: as it is written where every word of it is known, nothing otherwise.

    What stands in a row of headings may be a name or a number of a person; whoever gets nothing names the column by
    its letter.

    >>> shown("Keyakinan / Agama"), shown("Siti Aminah"), shown("Umur 12"), shown("3308")
    ('Keyakinan / Agama', '', 'Umur 12', '')
    """
    words = re.sub(r"[\W_]+", " ", (text or "").lower()).split()
    known = all(word in _vocabulary() or re.fullmatch(r"\d{1,2}", word) for word in words)
    return " ".join((text or "").split()) if known and any(word in _vocabulary() for word in words) else ""


@cache
def _vocabulary() -> frozenset[str]:
    phrases = [*_headings(), *_SHORT, *(heading for layout in layouts() for heading in layout.headings)]
    return frozenset(word for phrase in phrases for word in phrase.split()) | frozenset(_read()["shown"]["words"])


@cache
def _headings() -> dict[str, str]:
    named: dict[str, list[str]] = _read()["headings"]
    return {phrase: field for field, phrases in named.items() for phrase in phrases}


@cache
def _read() -> dict[str, Any]:
    read: dict[str, Any] = tomllib.loads(PATH.read_text(encoding="utf-8"))
    return read
