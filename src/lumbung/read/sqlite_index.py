"""The blobs in which SQLite's R*Tree module keeps boxes: row numbers and four-byte floats, no content of its own.

Source: sqlite.org/rtree.html, "Shadow Tables", and ext/rtree/rtree.c: a node is a depth, a count, and so many cells of
an eight-byte row number and two floats for each dimension. What the count leaves over was there before.
"""

import re
import struct
from collections.abc import Sequence

HEADER = ("nodeno", "data")
DEEPEST = 40  # the module's own ceiling
SMALLEST_CELL = 8 + 2 * 4
SIXTEEN_DIGITS = range(10**15, 10**16)
LONG_RUN = re.compile(rb"[0-9]{12,}")


def is_index(table: str, header: Sequence[str]) -> bool:
    """Whether a table is where an R*Tree keeps its nodes, by the names that the module gives."""
    return table.lower().endswith("_node") and tuple(header) == HEADER


def text_of_node(blob: bytes) -> str | None:
    """What a node shows beside boxes: numbers of sixteen digits, runs of digits; None where it is no node."""
    if len(blob) < 4:
        return None
    depth, count = struct.unpack(">HH", blob[:4])
    if depth > DEEPEST or 4 + count * SMALLEST_CELL > len(blob):
        return None
    rows = (struct.unpack(">q", blob[at : at + 8])[0] for at in range(4, len(blob) - 7, 4))
    return "\n".join(
        [*(str(row) for row in rows if row in SIXTEEN_DIGITS), *(run.decode() for run in LONG_RUN.findall(blob))]
    )
