"""How to mend a file that the gate did not let pass; the steps themselves stand in mending.toml."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


def mending(code: str, lang: str = "id") -> tuple[str, ...]:
    """The steps for a rule, in order, in Indonesian ("id") or English ("en"). Raise KeyError for an unknown code."""
    return tuple(_by_code()[code][lang])


@cache
def _by_code() -> dict[str, dict[str, Any]]:
    groups = tomllib.loads(Path(__file__).with_name("mending.toml").read_text(encoding="utf-8"))["mending"]
    return {code: group for group in groups for code in group["codes"]}
