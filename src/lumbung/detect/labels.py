"""Labels beside single values: "NIK : 33...", in the cell itself or in the cells to its left.

Looked for where a table is low enough for a form, and in the top rows of any other.
"""

import re
from collections.abc import Iterator

import polars as pl

from lumbung.detect import patterns
from lumbung.detect.columns import damages
from lumbung.detect.lexicon import role, tokens
from lumbung.document import Table

AT_MOST = 50
"""More hits than this are a column, not a form."""
LABELS = 5_000
"""Labels looked at in a column."""
_LABELLED = re.compile(patterns.LABELLED)
_DAMAGES = tuple((form, re.compile(pattern)) for form, pattern in damages())
_BEHIND = re.compile(r"[\s(\[=:]*(NIK|KTP|NKK|KK)\b", re.IGNORECASE)
_DIGITS_AND_SIGNS = "0123456789 .-/_|"
_LABEL = re.compile(r"(?:\b|(?<=_))(NIK|KTP|NKK|K(?:artu)?\.?\s*K(?:eluarga)?)(?![A-Za-z])[\s.:=_\-]*$", re.IGNORECASE)


def beside(table: Table, column: str, hits: pl.DataFrame) -> str | None:
    """The kind ("nik", "nomor-kk") that labels give to most of the hits, or None."""
    if hits.is_empty() or hits.height > AT_MOST:
        return None
    index = table.texts.columns.index(column)
    said = [
        _said(table.texts.row(row)[: index + 1], number) for row, number in hits.select("row", "number").iter_rows()
    ]
    named = [kind for kind in said if kind]
    return max(named, key=named.count) if 2 * len(named) > len(said) else None


def lone(table: Table, column: str, *, ends: int) -> Iterator[tuple[str, str, int, int]]:
    """Column, kind, grid row and form of each number of 14 to 17 digits, whole or damaged, that a label points to.

    `column` is where the labels are searched, down to row `ends`; the number stands behind the label or to its right.
    """
    rows = table.texts[column].head(ends).str.contains(patterns.LABELLED).fill_null(False).arg_true()
    first = table.texts.columns.index(column)
    for row in rows.head(LABELS):
        cells = table.texts.row(row)
        label = _LABELLED.search(cells[first] or "")
        if not label:
            continue
        kind = "nik" if label[1].upper() in ("NIK", "KTP") else "nomor-kk"
        right = ((at, (cells[at] or "").strip(" :")) for at in range(first + 1, len(cells)))
        at, number = (first, label[2]) if label[2] else next((pair for pair in right if pair[1]), (first, ""))
        form = next((form for form, pattern in _DAMAGES if pattern.match(number)), None)
        if form is not None:
            yield table.texts.columns[at], kind, row, int(form)


def before(text: str) -> str | None:
    """The kind that the words right before a number give it, or None."""
    found = _LABEL.search(text)
    if not found:
        return None
    return "nik" if found[1].upper() in ("NIK", "KTP") else "nomor-kk"


def after(text: str) -> str | None:
    """The kind that a word right behind a number gives it ("... (NIK)"), or None."""
    found = _BEHIND.match(text)
    if not found:
        return None
    return "nik" if found[1].upper() in ("NIK", "KTP") else "nomor-kk"


def _said(cells: tuple[str | None, ...], number: int | None) -> str | None:
    own = cells[-1] or ""
    start = own.find(f"{number or 0:016}"[:4])
    if start > 0 and (kind := before(own[:start])):
        return kind
    if start >= 0 and (kind := after(own[start:].lstrip(_DIGITS_AND_SIGNS))):
        return kind
    left = [cell for cell in cells[:-1] if cell and tokens(cell)][-1:]
    meaning = role(left[0]) if left else None
    return meaning if meaning in ("nik", "nomor-kk") else None
