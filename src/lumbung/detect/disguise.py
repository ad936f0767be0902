"""Digits in other scripts and signs that nobody sees, made plain before anything is looked for.

Source: Unicode, general category Nd (full-width, Arabic-Indic and all other decimal digits) and the invisible format
characters. A column whose letters are all single bytes, as most are, is only asked for its lengths.
"""

import re
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import polars as pl

from lumbung.detect.reduced import TOP, Short
from lumbung.document import Table

_SUSPECT = r"[\p{Nd}--0-9]|[\x{ad}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2064}\x{2066}-\x{2069}\x{feff}]"
_UNSEEN = (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)


def plain(text: str) -> str:
    """The text with every decimal digit as 0 to 9 and without invisible signs."""
    return text if text.isascii() else text.translate(_table())


def undisguised(table: Table, short: dict[str, Short]) -> Table:
    """The table with its cells made plain; the very same table where nothing was disguised.

    `short` is what `reduced` made of the table.
    """
    top = table.texts.head(TOP) if short else table.texts
    wide = [name for name in top.columns if _is_wide(top[name]) or (name in short and _is_wide_below(short[name]))]
    changed = {name: _undisguised(table.texts[name]) for name in wide}
    kept = [series for series in changed.values() if series is not None]
    return replace(table, texts=table.texts.with_columns(kept)) if kept else table


def _is_wide_below(short: Short) -> bool:
    return not short.figures and _is_wide(short.cells)


def _is_wide(cells: pl.Series) -> bool:
    """Whether any letter takes more than one byte."""
    return bool((cells.str.len_bytes() != cells.str.len_chars()).any())


def _undisguised(cells: pl.Series) -> pl.Series | None:
    suspect = cells.str.contains(_SUSPECT).fill_null(False)
    if not suspect.any():
        return None
    clean: Callable[[str], str] = plain
    made = cells.filter(suspect).map_elements(clean, return_dtype=pl.String)
    return cells.scatter(suspect.arg_true(), made)


@cache
def _table() -> dict[int, str | None]:
    digits = re.compile(r"(?![0-9])\d")
    shown: dict[int, str | None] = {
        code: str(unicodedata.decimal(chr(code))) for code in range(128, sys.maxunicode + 1) if digits.match(chr(code))
    }
    return shown | dict.fromkeys(_UNSEEN)
