"""Tables of a PDF page, recovered from where the words stand: between ruled lines, or in columns under each other.

A PDF knows no tables. What is recovered is for judging who stands in a table, not for publishing it: where columns
cannot be told, the lines stay lines, and no word is in neither.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from lumbung.read.pdf_words import Row, Word, joined, line_of

FEWEST_ROWS = 3
PROSE = 6  # words in a cell on average: newspaper columns are no table
GAP = 2.5  # line heights: a larger gap ends a table
TALLEST_CELL = 5  # lines that a cell of a table without rules may run on
WORDLESS = 1.5  # points: a narrower gap parts no columns


@dataclass(slots=True)
class Grid:
    """A table: its cells by row, and the left and right side of each column."""

    columns: list[tuple[float, float]]
    rows: list[list[str | None]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rules:
    """Drawn lines that go across a page: their heights and the columns' sides (points, ascending)."""

    across: tuple[float, ...] = ()
    down: tuple[float, ...] = ()


def tables_and_lines(rows: Sequence[Row], rules: Rules) -> tuple[list[Grid], list[str]]:
    """Every word of the rows, in a table or in a line."""
    grids: list[Grid] = []
    lines: list[str] = []
    ruled, rest = _within(rows, rules)
    if ruled:
        grids.append(_ruled(ruled, rules))
    for block in _blocks(rest):
        grid = _aligned(block) if len(block) >= FEWEST_ROWS else None
        if grid is None:
            lines += [line_of(row) for row in _as_read(block)]
        else:
            grids.append(grid)
    return grids, lines


def _within(rows: Sequence[Row], rules: Rules) -> tuple[list[Row], list[Row]]:
    """The rows between the outermost rules, and the others."""
    if len(rules.across) < 3 or len(rules.down) < 3:
        return [], list(rows)
    lowest, highest = rules.across[0], rules.across[-1]
    ruled = [row for row in rows if lowest <= row[0].middle <= highest]
    kept = {id(row) for row in ruled}
    return ruled, [row for row in rows if id(row) not in kept]


def _ruled(rows: Sequence[Row], rules: Rules) -> Grid:
    """Each word in the cell that the rules draw around it; lines of a cell are joined."""
    sides = rules.down
    cells: dict[tuple[int, int], list[Word]] = {}
    for row in rows:
        for word in row:
            down = -bisect_right(rules.across, word.middle)
            for piece in _parted(word, sides):
                across = bisect_right(sides, (piece.left + piece.right) / 2)
                cells.setdefault((down, across), []).append(piece)
    grid = Grid(list(zip((-1e9, *sides), (*sides, 1e9), strict=True)))
    for down in sorted({down for down, _ in cells}):
        grid.rows.append([_text(cells.get((down, across), [])) for across in range(len(sides) + 1)])
    return grid


def _parted(word: Word, sides: Sequence[float]) -> list[Word]:
    """A run of words that goes over a ruled line, parted there at the blanks."""
    if not any(word.left + 1 < side < word.right - 1 for side in sides) or " " not in word.text:
        return [word]
    pieces, step = [], (word.right - word.left) / len(word.text)
    at = word.left
    for text in word.text.split(" "):
        pieces.append(Word(at, at + step * len(text), word.bottom, word.top, text))
        at += step * (len(text) + 1)
    return pieces


def _text(words: Sequence[Word]) -> str | None:
    """The lines of a cell; a number that goes on in the next line is one number."""
    whole = ""
    for word in words:
        if whole and whole.replace(" ", "").isdigit() and word.text.isdigit() and len(whole) + len(word.text) <= 16:
            whole += word.text
        else:
            whole += (" " if whole else "") + word.text
    return whole or None


def _blocks(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows that stand close together, parted where cells begin or end standing side by side."""
    blocks: list[list[Row]] = []
    for row in rows:
        before = blocks[-1][-1] if blocks else None
        near = before is not None and before[0].middle - row[0].middle < GAP * max(before[0].height, row[0].height)
        if before is not None and near and (len(row) > 1 or _runs_on(blocks[-1])) == (len(before) > 1 or len(row) > 1):
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return blocks


def _runs_on(block: Sequence[Row]) -> bool:
    """Whether a line of one cell may belong to the cells above it."""
    last = [len(row) > 1 for row in block[-TALLEST_CELL:]]
    return any(last)


def _aligned(block: Sequence[Row]) -> Grid | None:
    """The block as a table, where its cells stand in columns."""
    wide = [row for row in block if len(row) > 1]
    cells = [cell for row in wide for cell in row]
    if len(wide) < FEWEST_ROWS or sum(cell.text.count(" ") + 1 for cell in cells) > PROSE * len(cells):
        return None
    columns = _columns(wide)
    if len(columns) < 2:
        return None
    grid = Grid(columns)
    for row in block:
        grid.rows.append(_placed(row, columns))
    return grid


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Stretches that cells of the most telling rows cover together: those with at least the usual number of cells."""
    usual = sorted(len(row) for row in rows)[len(rows) // 2]
    columns: list[tuple[float, float]] = []
    for cell in sorted((cell for row in rows if len(row) >= usual for cell in row), key=lambda one: one.left):
        if columns and cell.left < columns[-1][1] + WORDLESS:
            columns[-1] = (columns[-1][0], max(columns[-1][1], cell.right))
        else:
            columns.append((cell.left, cell.right))
    return columns


def _placed(row: Row, columns: Sequence[tuple[float, float]]) -> list[str | None]:
    cells: list[Word | None] = [None] * len(columns)
    for cell in row:
        shared = [min(cell.right, right) - max(cell.left, left) for left, right in columns]
        best = shared.index(max(shared))
        before = cells[best]
        cells[best] = joined(before, cell) if before else cell
    return [cell.text if cell else None for cell in cells]


def _as_read(block: Sequence[Row]) -> list[Row]:
    """Lines in reading order: columns of prose one after the other."""
    if len(block) < FEWEST_ROWS:
        return list(block)
    columns = _columns([row for row in block if len(row) > 1] or block)
    usual = all(cell.text.count(" ") >= PROSE // 2 for row in block for cell in row)
    if len(columns) < 2 or not usual:
        return list(block)
    ordered: list[Row] = []
    for index in range(len(columns)):
        ordered += [[cell] for row in block for cell in row if _column_of(cell, columns) == index]
    return ordered


def _column_of(cell: Word, columns: Sequence[tuple[float, float]]) -> int:
    shared = [min(cell.right, right) - max(cell.left, left) for left, right in columns]
    return shared.index(max(shared))
