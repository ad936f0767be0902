"""Lists of people in the paragraphs of a document: numbered, with a dash or a tab between name and address, or a few
lines for each; and those that the text of a program spells out.

Word processors, pages and mail hold as paragraphs what a spreadsheet holds as rows; `layouts.py` and `people.py`
judge both alike. Sentences are `named_in_text.py`'s, forms are `forms.py`'s.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, groupby

import polars as pl

from lumbung.detect import folded, names
from lumbung.document import Passage, Place, Table

LEAST, TALLEST, LARGEST = 5, 20_000, 2**23
"""Fewer lines are no list; of a longer text these lines, and of a whole document so many signs, are looked at."""
WIDEST = 200
LONGEST, MOST_WORDS = 160, 6
"""Signs of a line that may be an entry; words of one with neither a mark in front nor a sign that parts it."""
NEARLY = 0.8
_MARK = re.compile(folded.MARK)
_LED = re.compile(
    r"^\s*(?:\d{1,5}\s+)?([A-Z][^\d\s]+(?: [^\d\s]+){0,5}?)\s+"
    r"(\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2,4}\b|\d{4}-\d\d-\d\d\b)?,?\s*"
    r"((?:\d|(?i:jln?|jalan|dsn|dusun|dukuh|rt|rw|gang|gg|kp)\b|(?<=\d\s)).*)$"
)
"""Words, then a date, a number or an address behind blanks: what a page leaves of the columns of a list."""
_PAIR = re.compile(
    r"[\"']?\b([A-Za-z_]\w{1,30})[\"']?\s{0,3}(?::|=>|=)\s{0,3}(?:\"([^\"\\\n]{1,200})\"|'([^'\\\n]{1,200})')"
)
"""A name and a text as programs write them: `nama: "..."`, `"nama": "..."`, `'nama' => '...'`, `nama="..."`."""
_PARTS = re.compile(r"\t|;|\||\s[-–—]\s|,[^,]*,")


def tables(passages: Sequence[Passage], *, swept: bool) -> Iterator[Table]:
    """The lists that may name people, each at the place of its passage; whether they do is not yet said.

    Those of text that a document shows, or the `swept` ones of its raw parts: lists in scripts and drawings.
    """
    left = LARGEST
    for passage in passages:
        if passage.swept == swept:
            text = passage.text[:left]
            left -= len(text)
            lists = ((_rows(passage.place, at), _column(lines)) for at, lines in _lists(text))
            for place, texts in chain(lists, ((passage.place, texts) for texts in _objects(text))):
                table = Table(place=place, texts=texts, numbers=pl.DataFrame())
                apart = folded.unfolded(table) or table
                if any(_are_names(apart.texts[one]) for one in apart.texts.columns):
                    yield apart


def _rows(place: Place, at: tuple[int, int]) -> Place:
    """The place with its lines, counted from 1, where the document shows them and the reader gave none."""
    return place if place.row or place.hidden else place.but(row=f"{at[0]}-{at[1]}")


def _objects(text: str) -> Iterator[pl.DataFrame]:
    """The objects that a program's text spells out, as rows under the names of their texts; nested ones as one."""
    rows: list[dict[str, str]] = [{}]
    for name, one, other in _PAIR.findall(text):
        if name in rows[-1]:
            rows.append({})
        rows[-1][name] = one or other
    rows = rows[:TALLEST]
    if len(rows) >= LEAST:
        columns = list(dict.fromkeys(name for row in rows for name in row))[:WIDEST]
        grid = [columns, *([row.get(name) for name in columns] for row in rows)]
        yield pl.DataFrame(grid, schema=[f"P{number}" for number in range(1, len(columns) + 1)], orient="row")


def _lists(text: str) -> Iterator[tuple[tuple[int, int], list[str]]]:
    """Lines of one kind that follow each other, with the numbers of the first and the last."""
    lines = [(number, line) for number, line in enumerate(text.splitlines()[:TALLEST], start=1) if line.strip()]
    for kind, found in groupby(lines, lambda one: _kind(one[1])):
        entries = list(found)
        if kind and len(entries) >= LEAST:
            yield (entries[0][0], entries[-1][0]), [line for _, line in entries]


def _kind(line: str) -> str:
    """What makes a line an entry: "mark", "parts" or "bare"; "" for the line of a sentence."""
    if len(line) > LONGEST:
        return ""
    if _MARK.match(line):
        return "mark"
    if _PARTS.search(line):
        return "parts"
    return "bare" if len(line.split()) <= MOST_WORDS or _LED.match(line) else ""


def _column(lines: list[str]) -> pl.DataFrame:
    """The lines without their marks; where nearly all are led by a name, these with their parts apart."""
    bare = [_MARK.sub("", line) for line in lines]
    led = [
        [part.rstrip(" ,;:") for part in match.groups("")]
        for line in bare
        if not _PARTS.search(line) and (match := _LED.match(line))
    ]
    return pl.DataFrame({"A": ["\t".join(parts) for parts in led] if len(led) >= NEARLY * len(bare) else bare})


def _are_names(cells: pl.Series) -> bool:
    texts = [text for cell in cells.drop_nulls() if (text := cell.strip().upper())]
    return bool(texts) and names.alone(names.weigh(texts)) > 0
