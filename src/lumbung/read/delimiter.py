"""Which character parts the cells of a text: the one that parts most lines into the same number of cells."""

import csv
import io
import mmap
from collections import Counter
from itertools import groupby

USUAL = "\t;|,^"
RARE = "~#!*\\&%$:\x1f\x1e\x01\x02"  # never what stands inside a number, a date or a name: . - / space ' @ ( )
BLANKS = " \t\n\r\f\v\xa0\ufeff"
SAMPLE = 2**16
LINES = 300
ENOUGH = 0.5  # shares of the lines
NEARLY_ALL = 0.9
EQUALS = 0.02
STRETCH, WIDE = 4, 3  # lines of a table, and its cells, under more lines of text


def sample_of(data: mmap.mmap | bytes) -> list[str]:
    """Whole lines from the beginning, the middle and the end, so that title rows above a table do not decide alone."""
    starts = (0,) if len(data) <= 3 * SAMPLE else (0, len(data) // 2, len(data) - SAMPLE)
    lines: list[str] = []
    for start in starts:
        piece = data[start : start + SAMPLE].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
        whole = piece.split("\n")[1 if start else 0 : None if start + SAMPLE >= len(data) else -1]
        lines += (whole or [piece])[:LINES]
    return [line for line in lines if line.strip(BLANKS + '"')]


def delimiter_of(lines: list[str]) -> str | None:
    """The delimiter, or None where the lines are no table.

    A rare one only where no usual one will do. Among equals the one that parts a line first, for a header holds no
    date as 08|03|1967 and no number as 1,5; then the one that people use most.
    """
    fit = {candidate: _share(lines, candidate) for candidate in USUAL + RARE}
    usual = [mark for mark in USUAL if fit[mark] >= ENOUGH]
    enough = usual or [mark for mark in RARE if fit[mark] >= NEARLY_ALL]
    if not enough:
        return _any_at_all(lines)
    most = max(fit[mark] for mark in enough)
    return min((mark for mark in enough if fit[mark] >= most - EQUALS), key=lambda mark: _first(lines, mark))


def width_of(lines: list[str], delimiter: str) -> int:
    """Cells in the longest line seen."""
    return max((len(row) for row in _rows(lines, delimiter)), default=1)


def _share(lines: list[str], delimiter: str) -> float:
    """Share of the lines that have the commonest number of cells above one."""
    if not any(delimiter in line for line in lines):
        return 0.0
    widths = Counter(len(row) for row in _rows(lines, delimiter))
    several = max((count for width, count in widths.items() if width > 1), default=0)
    return several / max(1, widths.total())


def _first(lines: list[str], delimiter: str) -> int:
    """The first line that it parts into the commonest number of cells above one."""
    widths = [len(row) for row in _rows(lines, delimiter)]
    commonest = Counter(width for width in widths if width > 1).most_common(1)
    return widths.index(commonest[0][0]) if commonest else len(lines)


def _any_at_all(lines: list[str]) -> str | None:
    """A ragged table has no commonest width; a usual delimiter on most lines is enough. Under a long text, so is a
    stretch of lines that it parts alike, with no blank behind it as sentences have."""
    shares = {mark: sum(mark in line for line in lines) / max(1, len(lines)) for mark in USUAL}
    best = max(USUAL, key=lambda mark: shares[mark])
    return best if shares[best] > ENOUGH else next((mark for mark in USUAL if _parts_a_stretch(lines, mark)), None)


def _parts_a_stretch(lines: list[str], delimiter: str) -> bool:
    rows = _rows([line if f"{delimiter} " not in line else "" for line in lines], delimiter)
    longest = max((len(list(alike)) for width, alike in groupby(rows, key=len) if width >= WIDE), default=0)
    return longest >= STRETCH


def _rows(lines: list[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO("\n".join(lines), newline=""), delimiter=delimiter))
    except csv.Error:  # a field over the csv module's own limit: no quotes then
        return [line.split(delimiter) for line in lines]
