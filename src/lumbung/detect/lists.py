"""Reads reference/values.toml once."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def value_lists() -> dict[str, Any]:
    """The tables words, codes, address, things, places-of-people."""
    return tomllib.loads(files("lumbung.detect.reference").joinpath("values.toml").read_text(encoding="utf-8"))
