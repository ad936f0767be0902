"""Labels beside single values: "NIK : 33...", in the cell itself or in the cells to its left."""

import re

import polars as pl

from lumbung.detect.lexicon import role, tokens
from lumbung.document import Table

AT_MOST = 50
"""More hits than this are a column, not a form."""
_LABEL = re.compile(r"\b(NIK|KTP|NKK|K(?:artu)?\.?\s*K(?:eluarga)?)\b[\s.:=\-]*$", re.IGNORECASE)


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


def before(text: str) -> str | None:
    """The kind that the words right before a number give it, or None."""
    found = _LABEL.search(text)
    if not found:
        return None
    return "nik" if found[1].upper() in ("NIK", "KTP") else "nomor-kk"


def _said(cells: tuple[str | None, ...], number: int | None) -> str | None:
    own = cells[-1] or ""
    start = own.find(f"{number or 0:016}"[:4])
    if start > 0 and (kind := before(own[:start])):
        return kind
    left = [cell for cell in cells[:-1] if cell and tokens(cell)][-1:]
    meaning = role(left[0]) if left else None
    return meaning if meaning in ("nik", "nomor-kk") else None
