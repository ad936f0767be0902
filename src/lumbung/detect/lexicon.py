"""What a header cell means: a role, from its tokens. Lists: reference/headers.toml (our own writing).

Tokens are compared whole: `nik` in "teknik" or "kk" in "jumlah_kk" is not a role; a count stays a count.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

PERSONAL = frozenset(
    (
        *("birth-date", "birth-place", "age", "sex", "religion", "marital", "relation", "education", "occupation"),
        *("blood", "citizenship", "disability", "mother", "father", "address", "phone", "e-mail", "nik", "nomor-kk"),
    )
)
"""Roles that say something of one person."""
STRONG = frozenset(("birth-date", "birth-place", "mother", "father", "address", "nik", "nomor-kk"))
"""Those of them that find a person or prove who somebody is."""
NAMES = ("name", "bare-name", "office-name")
ANCHORS = PERSONAL | {*NAMES, "rt-rw", "civil", "passport", "civil-certificate", "ktp-chip"}
NUMBERS = frozenset(
    (
        *("npwp", "nip", "nisn", "nuptk", "bpjs", "bank-account", "passport", "driving-licence", "vehicle-plate"),
        *("civil-certificate", "tax-parcel", "ktp-chip"),
    )
)
"""Roles of numbers that are given to one person, or to a thing of one person."""
COUNT, THING, REGION = "count", "thing", "region"
LONGEST = 80
"""A header cell longer than this is a sentence."""

_SPLIT = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`phrases` gives a role to a whole phrase; the token sets serve the rules of `role`."""

    phrases: dict[str, str]
    counts: frozenset[str]
    persons: frozenset[str]
    things: frozenset[str]
    offices: frozenset[str]
    around: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The list, read once."""
    lists = _lists()
    rules = lists.pop("rules")
    lists.pop("same")
    phrases = {" ".join(tokens(phrase)): role for role, entries in lists.items() for phrase in entries}
    return Lexicon(phrases, *(frozenset(rules[key]) for key in ("counts", "persons", "things", "offices", "around")))


@cache
def _same() -> dict[str, str]:
    same: dict[str, str] = _lists()["same"]
    return same


def _lists() -> dict[str, Any]:
    return tomllib.loads(files("lumbung.detect.reference").joinpath("headers.toml").read_text(encoding="utf-8"))


def tokens(cell: str) -> list[str]:
    """Lower-case words with the usual short forms written out; question and column numbers are dropped."""
    words = [word for word in _SPLIT.split(cell.lower()) if word]
    named = [word for word in words if not word.isdigit()]
    return " ".join(_same().get(word, word) for word in named).split()


def role(cell: str) -> str | None:
    """The role of a header cell, or None where no rule knows it."""
    if not cell or len(cell) > LONGEST:
        return None
    words = tokens(cell)
    known = lexicon()
    whole = known.phrases.get(" ".join(words))
    if whole:
        return whole
    if not words:
        return None
    if known.counts.intersection(words):
        return COUNT
    return _by_token(words, known)


def is_plain(cell: str) -> bool:
    """Whether every word of a header cell is a word of the lexicon, so that showing it shows nobody's name."""
    return bool(tokens(cell)) and _vocabulary().issuperset(tokens(cell))


@cache
def _vocabulary() -> frozenset[str]:
    known = lexicon()
    words = {word for phrase in known.phrases for word in phrase.split()}
    return known.counts | known.persons | known.things | known.offices | known.around | words


def _by_token(words: list[str], known: Lexicon) -> str | None:
    """ "NIK Ayah" is a NIK, "Nama Anggota" a name, "Nama Pasar" a thing; else the phrase without words around it."""
    if len(words) > 6:
        return None
    if "nik" in words:
        return "nik"
    if "npwp" in words:
        return "npwp"
    if "nkk" in words or any(pair == ("no", "kk") for pair in pairwise(words)):
        return "nomor-kk"
    if words[0] == "nama":
        return _named(words, known)
    return known.phrases.get(" ".join(word for word in words if word not in known.around))


def _named(words: list[str], known: Lexicon) -> str:
    if "ibu" in words or "ayah" in words:
        return "mother" if "ibu" in words else "father"
    if not known.persons.intersection(words):
        return THING
    if known.things.intersection(words):
        return "office-name" if known.offices.intersection(words) else THING
    return "name"
