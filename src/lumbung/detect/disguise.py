"""Digits in other scripts, signs that nobody sees, dashes and blanks of other widths, made plain before the search.

Source: Unicode, general category Nd (full-width, Arabic-Indic and all other decimal digits), the digits among No
(superscript, circled), the default ignorable characters, the categories Pd, Z, Mn and Me. A column whose letters are
all single bytes, as most are, is only asked for its lengths.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import polars as pl

from lumbung.detect.reduced import TOP, Short
from lumbung.document import Table

_MINUS, _HARD_SPACE, _NEXT_LINE = 0x2212, 0xA0, 0x85
_TAGGED = 0xE0030
"""The unseen digit nought, of a block that once told languages."""
_MARKS = ("Mn", "Me")
"""What is drawn over the letter before: accents, keys, strokes."""
FIRST_WIDE = 128
"""Letters below are plain."""
_DOTS = (0xB7, 0x2024, 0x2027, 0x2219, 0x22C5, 0x30FB)
_UNSEEN = (
    *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0x200B, 0x2010)),
    *(*range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x3164, *range(0xFE00, 0xFE10), 0xFEFF, 0xFFA0),
    *range(0xE0000, 0xE0200),
)
_NUMERALS = dict(zip("〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖壱弐参", "00123456789123456789123", strict=True))
"""Digits that Unicode counts as letters: those of Chinese and Japanese, plain and as banks write them."""
_BRAILLE = dict(zip("⠚⠁⠃⠉⠙⠑⠋⠛⠓⠊", "0123456789", strict=True)) | {"⠼": ""}
"""The letters a to j, which are digits behind a sign that says so."""
_SUSPECT = (
    r"[[\p{Nd}--0-9]\x{b2}\x{b3}\x{b9}\x{2070}-\x{2089}\x{2460}-\x{24ff}\x{2776}-\x{2793}]"
    r"|[\p{Pd}--\-]|[\p{Zs}--\x{a0} ]|[\x{ad}\x{b7}\x{34f}\x{61c}\x{115f}\x{1160}\x{17b4}\x{17b5}\x{180b}-\x{180f}"
    r"\x{200b}-\x{200f}\x{2024}\x{2027}\x{202a}-\x{202e}\x{2060}-\x{206f}\x{2212}\x{2219}\x{22c5}\x{30fb}\x{3164}\x{fe00}-\x{fe0f}\x{feff}\x{ffa0}"
    r"\x{e0000}-\x{e01ff}]|[\p{Mn}\p{Me}\x{85}\x{2028}\x{2029}]"
    rf"|[{''.join((*_NUMERALS, *_BRAILLE))}]"
)


def plain(text: str) -> str:
    """The text with every digit as 0 to 9, every dash as a hyphen, without invisible signs and odd blanks."""
    return text if text.isascii() else text.translate(_table())


def undisguised(table: Table, short: dict[str, Short]) -> Table:
    """The table with its cells made plain; the very same table where nothing was disguised.

    `short` is what `reduced` made of the table.
    """
    top = table.texts.head(TOP) if short else table.texts
    wider = top.select((pl.all().str.len_bytes() != pl.all().str.len_chars()).any()).row(0) if top.width else ()
    flags = zip(top.columns, wider, strict=True)
    wide = [name for name, is_wide in flags if is_wide or (name in short and _is_wide_below(short[name]))]
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


class _Plain(dict[int, str | int | None]):
    """What to write for a letter, by its code, as `str.translate` asks. Found out when a letter is first met: to go
    through all of Unicode beforehand takes half a second."""

    def __missing__(self, code: int) -> str | int | None:
        self[code] = made = _written(chr(code))
        return made


@cache
def _table() -> _Plain:
    signs = {_MINUS: "-", _NEXT_LINE: " "} | dict.fromkeys(_DOTS, ".") | dict.fromkeys(_UNSEEN)
    numerals = {ord(sign): digit for sign, digit in (_NUMERALS | _BRAILLE).items()}
    return _Plain(signs | numerals | {_TAGGED + digit: str(digit) for digit in range(10)})


def _written(letter: str) -> str | int | None:
    """A decimal or superscript digit as 0 to 9, a dash as a hyphen, an odd blank as a space, nothing for a mark over
    the letter before; all else as it is."""
    kind = unicodedata.category(letter)
    if ord(letter) < FIRST_WIDE or ord(letter) == _HARD_SPACE:
        return ord(letter)
    if kind in ("Nd", "No") and (digit := unicodedata.digit(letter, None)) is not None:
        return str(digit)
    return None if kind in _MARKS else {"Pd": "-", "Zs": " ", "Zl": " ", "Zp": " "}.get(kind, ord(letter))
