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
_SPACED = re.compile(r"\b[a-z](?: [a-z]){2,}\b")
"""A word in spaced letters: "N I K"; two of them are two words, "L P"."""
_PATH = re.compile(r"[\w-]+(?:\.[\w-]+)+\Z")
_PARENTS = {"ibu": "mother", "ayah": "father", "bapak": "father"}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`phrases` gives a role to a whole phrase, `keys` to a word among those `beside` it; the token sets serve the
    rules of `role`."""

    phrases: dict[str, str]
    counts: frozenset[str]
    persons: frozenset[str]
    things: frozenset[str]
    offices: frozenset[str]
    around: frozenset[str]
    beside: frozenset[str]
    keys: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """The list, read once."""
    lists = _lists()
    rules = lists.pop("rules")
    lists.pop("same")
    keys = {word: role for role, entries in lists.pop("keys").items() for word in entries}
    phrases = {" ".join(tokens(phrase)): role for role, entries in lists.items() for phrase in entries}
    sets = {key: frozenset(words) for key, words in rules.items()}
    return Lexicon(phrases=phrases, keys=keys, **sets)


@cache
def _same() -> dict[str, str]:
    same: dict[str, str] = _lists()["same"]
    return same


def _lists() -> dict[str, Any]:
    return tomllib.loads(files("lumbung.detect.reference").joinpath("headers.toml").read_text(encoding="utf-8"))


def tokens(cell: str) -> list[str]:
    """Lower-case words with the usual short forms written out; question and column numbers are dropped."""
    words = [word for word in _SPLIT.split(cell.lower()) if word]
    named = " ".join(word for word in words if not word.isdigit())
    whole = _SPACED.sub(lambda letters: letters[0].replace(" ", ""), named)
    return " ".join(_same().get(word, word) for word in whole.split()).split()


def role(cell: str) -> str | None:
    """The role of a header cell, or None where no rule knows it; of a path ("data.warga.nama") that of its end."""
    if not cell or len(cell) > LONGEST:
        return None
    return _role(cell) or (role(cell.partition(".")[2]) if _PATH.match(cell) else None)


def _role(cell: str) -> str | None:
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
    listed = known.counts | known.persons | known.things | known.offices | known.around | known.beside
    return listed | words | known.keys.keys()


def _by_token(words: list[str], known: Lexicon) -> str | None:
    """ "NIK Ayah" is a NIK, "Nama Anggota" a name, "Nama Pasar" a thing; else the phrase without words around it."""
    if len(words) > 6:
        return None
    if "nik" in words:
        return "nik"
    if "npwp" in words:
        return "npwp"
    numbers = {known.keys[word] for word in words if word in known.keys}
    if len(numbers) == 1 and known.beside.issuperset(word for word in words if word not in known.keys):
        return numbers.pop()
    if "nkk" in words or any(pair == ("no", "kk") for pair in pairwise(words)):
        return "nomor-kk"
    if words[0] == "nama":
        return _named(words, known)
    return known.phrases.get(" ".join(word for word in words if word not in known.around))


def _named(words: list[str], known: Lexicon) -> str:
    """The first word that tells decides, as in speech: "Nama Pemilik Toko" is a person, "Nama Toko Pemilik" a shop.

    Where none tells ("Nama Penderita", "Nama Embung") only the values can.
    """
    parents = next((word for word in words if word in _PARENTS), None)
    if parents:
        return _PARENTS[parents]
    first = next((word for word in words if word in known.persons | known.offices | known.things), None)
    if first in known.things:
        return THING
    if known.offices.intersection(words) and (known.things.intersection(words) or first not in known.persons):
        return "office-name"
    return "name" if first else "bare-name"
