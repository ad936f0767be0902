"""Markdown: pipe tables become tables, everything else is prose.

Source: CommonMark 0.31 and the tables of GitHub Flavored Markdown, section 4.10. Known by its first pipe table;
Markdown without one is read as text.
"""

import re

from lumbung.document import Place
from lumbung.read.encoding import encoding_of, to_utf8
from lumbung.read.grid import frame_of_rows, table
from lumbung.read.harvest import Harvest
from lumbung.read.html import read_html
from lumbung.read.mail import from_base64
from lumbung.read.opened import Opened
from lumbung.read.prose_lines import sentences
from lumbung.read.sweep import swept
from lumbung.read.unknown_part import take_in, text_of_markup

RULE = re.compile(r"^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
PARTING = re.compile(r"(?<!\\)\|")
MARKS = re.compile(r"[*_`~\\]|<!--.*?-->|&(?:zwj|zwnj|shy|#8203);", re.DOTALL)
DATA_ADDRESS = re.compile(rb"data:[^,\s)\"']{0,200};base64,([A-Za-z0-9+/=%\s]+)")
TAG = re.compile(r"<(?:/?[a-zA-Z]|!--)")


def harvest_markdown(harvest: Harvest, opened: Opened, *, prefix: str = "") -> str:
    """Tables, prose, HTML inside and pictures written out in it. Raise Unreadable("too-large")."""
    utf8, remainder = to_utf8(opened, encoding_of(opened))
    text = utf8.decode("utf-8", "replace")
    place = Place(part=prefix.removesuffix("!") or None)
    loose = _take_tables(harvest, text.splitlines(), place)
    harvest.say(sentences(loose, place, lists=True))
    harvest.say(swept(place.but(hidden=True), MARKS.sub("", text) + "\n" + remainder))
    if TAG.search(text):
        harvest.say(swept(place.but(hidden=True), text_of_markup(text.encode())))
    if re.search(r"<table\b", text, re.IGNORECASE):
        harvest.take(read_html(opened), prefix=prefix)
    for number, found in enumerate(DATA_ADDRESS.findall(utf8), start=1):
        inner = place.but(part=f"{place.part or ''}(gambar {number})")
        take_in(harvest, [from_base64(found)[0]], place=inner)
    return "markdown"


def _take_tables(harvest: Harvest, lines: list[str], place: Place) -> list[str]:
    """Pipe tables into the basket; gives all lines in their places, empty those that belong to a table."""
    loose: list[str] = []
    position = number = 0
    while position < len(lines):
        if position + 1 < len(lines) and "|" in lines[position] and _is_rule(lines[position + 1]):
            end = position + 2
            while end < len(lines) and "|" in lines[end]:
                end += 1
            number += 1
            rows = [_cells(line) for line in [lines[position], *lines[position + 2 : end]]]
            frame = frame_of_rows(rows, limits=harvest.limits)
            harvest.tables.append(table(frame, place=place.but(sheet=f"Tabel {number}"), first_row=position + 1))
            loose += [""] * (end - position)
            position = end
        else:
            loose.append(lines[position])
            position += 1
    return loose


def _is_rule(line: str) -> bool:
    """Whether a line parts a table's head from its rows."""
    return "|" in line and RULE.match(line) is not None


def _cells(line: str) -> list[str | None]:
    """The cells of a row, without marks of emphasis.

    >>> _cells("| **Desa** | 3\\\\|4 |")
    ['Desa', '3|4']
    """
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [MARKS.sub("", cell).strip() or None for cell in PARTING.split(inner)]
