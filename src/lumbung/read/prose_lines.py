"""The sentences of a plain text, paragraph by paragraph, with the lines on which they stand.

A text without a delimiter is a table of one column, in which each line is weighed by itself; what a sentence says of a
person may go over several lines, and is looked for as in a letter.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lumbung.document import Passage, Place
from lumbung.read.encoding import SAMPLE, encoding_of, to_utf8
from lumbung.read.opened import Opened
from lumbung.read.sweep import PASSAGE

WORD = re.compile(r"[^\W\d_]{2,}")
FEWEST_WORDS = 4  # on a line, on average; lists of codes, names or numbers have fewer
LONGEST = 8 * 2**20  # bytes of a text that is looked at as prose
TIGHT = re.compile(r",(?=\S)")
MOST_TIGHT = 0.1  # of all commas: figures with decimals
WIDE = 50  # letters; a line that long may end because the page does
ENDS = (".", ":", ";", "!", "?")
DIGITS = 16  # of a resident's number, whole only where nothing parts it
ENDING, BEGINNING = re.compile(r"(?<![\d.,])(\d{1,15})[-\u00ad]?$"), re.compile(r"(\d{1,15})(?!\d)")
MOST_PARTS = 1_000  # of a long text; each then takes several paragraphs


def lines_of(opened: Opened, *, delimited: bool) -> list[str]:
    """The lines of a text; none where it is too long to be a letter, or `delimited` by more than sentences' commas."""
    if opened.size > LONGEST or (delimited and not _is_loose(opened.data[:SAMPLE].decode("utf-8", "replace"))):
        return []
    return to_utf8(opened, encoding_of(opened))[0].decode().splitlines()


def _is_loose(text: str) -> bool:
    """Whether commas stand as in sentences: a blank behind nearly each, and not the same number on every line."""
    commas, tight = text.count(","), len(TIGHT.findall(text))
    counts = [line.count(",") for line in text.splitlines() if line.strip()]
    return (len(counts) == 1 or len(set(counts)) > 1) and tight <= MOST_TIGHT * commas


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
    parted = any(_is_number(before, line) for (_, before), (_, line) in pairwise(kept))
    if not kept or (not parted and sum(len(WORD.findall(line)) for _, line in kept) < fewest * len(kept)):
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
        whole = _is_number(text, line)
        parted = whole or (broken and text[-1:].isdecimal() and line[:1].isdecimal())
        text = text.rstrip("-\u00ad") if whole else text
        text += ("" if parted or not text else " " if broken else "\n") + line
    return text


def _is_number(text: str, line: str) -> bool:
    """Whether digits that end the text and digits that begin the line are a resident's number, broken by the line."""
    before, behind = ENDING.search(text[-DIGITS - 1 :]), BEGINNING.match(line)  # not all of it, line by line anew
    return before is not None and behind is not None and len(before[1]) + len(behind[1]) == DIGITS
