"""Reads reference/values.toml once."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_TIGHT = re.compile(r"\s*/\s*")


def is_value(cell: str) -> bool:
    """Whether a cell is a word that registers hold as a value, in capitals: ISLAM, KAWIN, KEPALA KELUARGA."""
    return tight(cell.strip().upper()) in _all_words()


def tight(value: str) -> str:
    """A value without blanks around its slashes, as all lists are compared."""
    return _TIGHT.sub("/", value)


@cache
def words(role: str) -> frozenset[str]:
    """The words that a role's values are, tight."""
    return frozenset(tight(word) for word in value_lists()["words"].get(role, ()))


@cache
def _all_words() -> frozenset[str]:
    return frozenset(tight(word) for entries in value_lists()["words"].values() for word in entries if len(word) > 2)


@cache
def value_lists() -> dict[str, Any]:
    """The tables words, codes, address, things."""
    return tomllib.loads(files("lumbung.detect.reference").joinpath("values.toml").read_text(encoding="utf-8"))
