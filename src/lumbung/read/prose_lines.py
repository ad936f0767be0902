"""The sentences of a plain text, paragraph by paragraph, with the lines on which they stand.

A text without a delimiter is a table of one column, in which each line is weighed by itself; what a sentence says of a
person may go over several lines, and is looked for as in a letter.
"""

import re
from collections.abc import Iterator, Sequence

from lumbung.document import Passage, Place
from lumbung.read.sweep import PASSAGE

WORD = re.compile(r"[^\W\d_]{2,}")
FEWEST_WORDS = 4  # on a line, on average; lists of codes, names or numbers have fewer
WIDE = 50  # letters; a line that long may end because the page does
ENDS = (".", ":", ";", "!", "?")
MOST_PARTS = 1_000  # of a long text; each then takes several paragraphs


def sentences(lines: Sequence[str | None], place: Place, *, lists: bool = False) -> Iterator[Passage]:
    """A passage for each paragraph that is prose, or with `lists` for each, its lines as `row`, from 1."""
    shortest, start, letters = 1 + len(lines) // MOST_PARTS, 0, 0
    for end, line in enumerate([*lines, ""]):
        letters += len(line or "")
        ends = not (line or "").strip() and (end - start >= shortest or end == len(lines))
        if ends or letters > PASSAGE:
            yield from _passage(lines[start:end], start + 1, place, FEWEST_WORDS * (not lists))
            start, letters = end, 0


def _passage(lines: Sequence[str | None], first: int, place: Place, fewest: int) -> Iterator[Passage]:
    kept = [(first + index, line.strip()) for index, line in enumerate(lines) if line and line.strip()]
    if not kept or sum(len(WORD.findall(line)) for _, line in kept) < fewest * len(kept):
        return
    rows = f"{kept[0][0]}-{kept[-1][0]}" if kept[0][0] < kept[-1][0] else str(kept[0][0])
    yield Passage(place=place.but(row=rows), text=_joined([line for _, line in kept]))


def _joined(lines: Sequence[str]) -> str:
    """Lines that a full page broke, as one.

    >>> _joined(["Nama", "Desa"])
    'Nama\\nDesa'
    """
    text = ""
    for line in lines:
        broken = len(text) - (text.rfind("\n") + 1) >= WIDE and not text.endswith(ENDS)
        text += (" " if broken else "\n" if text else "") + line
    return text
