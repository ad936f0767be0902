"""Proof that a table of quoted text holds every byte of it: well-formed by RFC 4180, or counted byte for byte."""

import mmap

import polars as pl

from lumbung.read.opened import STEP

LONGEST_CELL = 100  # line breaks; more means that a stray quotation mark swallowed the rows
FEW = 200_000  # quoted cells; looking at each takes longer than counting everything when there are more
MARK = b"\xef\xbb\xbf"


class Irregular(Exception):
    """Polars would drop, merge or misread something of this text."""


def prove_whole(frame: pl.DataFrame, data: mmap.mmap | bytes, delimiter: str | None) -> None:
    """Raise Irregular unless every byte that is no delimiter, quotation mark or line end stands in one of the cells.

    A mark in the wrong place is not found by this; it moves text between cells, it never takes any away.
    """
    if _is_well_formed(data, delimiter):
        return
    marks = ['"', "\n", "\r", *([delimiter] if delimiter else [])]
    there = _ordinary(data, "".join(marks).encode()) - len(MARK) * (data[: len(MARK)] == MARK)
    length = _total(frame.select(pl.all().str.len_bytes().sum()))
    if length == there:
        return  # no mark inside any cell, nothing missing
    breaks = frame.select(pl.all().str.count_matches("\n", literal=True).max())
    if (breaks.select(pl.max_horizontal(pl.all())).item() or 0) > LONGEST_CELL:
        raise Irregular
    inside = (_total(frame.select(pl.all().str.count_matches(mark, literal=True).sum())) for mark in marks)
    if length - sum(inside) != there:
        raise Irregular


def _is_well_formed(data: mmap.mmap | bytes, delimiter: str | None) -> bool:
    """Whether quoted cells are few, and each is wholly quoted, closed and no longer than a cell is."""
    before, after = {b"\n", (delimiter or "\n").encode()}, {b"", b"\n", b"\r", (delimiter or "\n").encode()}
    opening, cells = data.find(b'"'), 0
    while opening >= 0:
        cells += 1
        closing = _closing(data, opening)
        fits = opening in (0, len(MARK)) or data[opening - 1 : opening] in before
        if cells > FEW or closing < 0 or not fits or data[closing + 1 : closing + 2] not in after:
            return False
        if data[opening:closing].count(b"\n") > LONGEST_CELL:
            raise Irregular
        opening = data.find(b'"', closing + 1)
    return True


def _closing(data: mmap.mmap | bytes, opening: int) -> int:
    """Where the quotation mark stands that closes this one; a doubled one is content. -1 where none does."""
    closing = data.find(b'"', opening + 1)
    while closing >= 0 and data[closing + 1 : closing + 2] == b'"':
        closing = data.find(b'"', closing + 2)
    return closing


def _ordinary(data: mmap.mmap | bytes, marks: bytes) -> int:
    """How many bytes of the data are none of the marks."""
    return sum(len(data[start : start + STEP].translate(None, marks)) for start in range(0, len(data), STEP))


def _total(sums: pl.DataFrame) -> int:
    return int(sums.select(pl.sum_horizontal(pl.all().cast(pl.UInt64))).item() or 0)
