"""Counts of one or two people in sensitive categories at village level or below: a statistic that gives people away.

Source: UU 16/1997 art. 21 and UU 27/2022 art. 4(2)-(3). One woman with HIV in a hamlet is a person, not a figure.
Words of religion, illness, disability, poverty, pregnancy and aid: reference/sensitive.toml (our own writing). Tables
by kecamatan and above, and counts of buildings or money, are left alone. The village may be named in the title, a
heading, the sheet or the last lines.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import polars as pl

from lumbung.detect import rows
from lumbung.detect.finding import Finding
from lumbung.detect.lexicon import tokens
from lumbung.detect.view import View

KIND = "small-cells"
HEAD, FOOT = 12, 10
TALLEST = 5_000
LEAST = 3
"""So many counts make a table."""
_OF_VILLAGE = re.compile(
    r"(?i:\b(?:kepala|pemerintah|kantor|sekretaris) (?:desa|dusun|pekon|kampung)\b)"
    r"|(?i:\b(?:lurah|keuchik|wali nagari)\b)"
    r"|(?i:\b(?:desa|kelurahan|dusun|nagari|gampong|pekon)) (?!(?i:kab|kota|prov|kec|pdtt|pembangunan|dan|di|se|yang"
    r"|mandiri|maju|berkembang|tertinggal|adat|tahun)(?i:[a-z]*))[A-Z][A-Za-z]"
)
"""A village by its name or by its head; "Dinas Pemberdayaan Masyarakat dan Desa Kabupaten ..." is none."""
_UNIT = r"(?:\.0+)?\s*(?i:jiwa|orang|org|kk|kasus|anak|penderita|balita)?\s*$"
_NUMBER = re.compile(r"^\s*\d{1,3}(?:[.,]?\d{3})*" + _UNIT)
_SMALL = r"^\s*[12]" + _UNIT
_COUNT = r"^\s*(?:[0-9]{1,6}|(?i:nihil|nol|tidak ada|-))" + _UNIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Sensitive words; words of places as small as a village; and what is neither a person nor a count of people."""

    sensitive: frozenset[str]
    village: frozenset[str]
    district: frozenset[str]
    counts: frozenset[str]
    things: frozenset[str]


@cache
def words() -> Words:
    """The lists, read once."""
    text = files("lumbung.detect.reference").joinpath("sensitive.toml").read_text(encoding="utf-8")
    return Words(**{name: frozenset(entries) for name, entries in tomllib.loads(text).items()})


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column of such counts with a one or a two in it."""
    table = view.sheet.table
    if table.texts.height > TALLEST or any(people.names for _, people in view.crowds):
        return
    top = [list(row) for row in table.texts.head(HEAD).iter_rows()]
    start = _first_of_data(top)
    if not start:
        return
    titles, labels = _titles(top[:start]), _labels(table.texts.columns, top[:start])
    if table.place.sheet:
        titles.append(set(tokens(table.place.sheet)))
    if not (_is_village(titles, labels) or _is_signed_by_village(table.texts.slice(start), labels)):
        return
    known = words()
    about = any(title & known.sensitive for title in titles)
    spoken = _rows_speak(table.texts, start)
    for column, label in labels.items():
        if label & known.things or not (
            label & known.sensitive or ((about or spoken is not None) and label & known.counts)
        ):
            continue
        yield from _column(view, column, start, None if about or label & known.sensitive else spoken)


def _column(view: View, column: str, start: int, only: pl.Series | None) -> Iterator[Finding]:
    """The ones and twos of a column of counts; `only` are the rows whose own label is sensitive."""
    cells = pl.DataFrame({"cell": view.sheet.table.texts[column]}).with_row_index("row").slice(start)
    filled = cells.filter(pl.col("cell").str.len_bytes() > 0)
    counts = filled.filter(pl.col("cell").str.contains(_COUNT))
    small = counts.filter(pl.col("cell").str.contains(_SMALL))
    small = small.filter(pl.col("row").is_in(only.implode())) if only is not None else small
    if small.height and counts.height >= max(LEAST, 0.6 * filled.height):
        place = rows.place(view.sheet.table, column, small["row"])
        yield Finding(kind=KIND, place=place, hits=small.height, of=counts.height)


def _first_of_data(top: list[list[str | None]]) -> int:
    """The first row below a line of words that holds a number; 0 where there is none."""
    for index, row in enumerate(top):
        filled = [cell for cell in row if cell and cell.strip()]
        if index and len(filled) >= 2 and any(_NUMBER.match(cell) for cell in filled) and not _counts_up(filled):
            return index
    return 0


def _counts_up(cells: list[str]) -> bool:
    """A row of column numbers: 1, 2, 3."""
    return [cell.strip(" ()") for cell in cells] == [str(number) for number in range(1, len(cells) + 1)]


def _titles(top: list[list[str | None]]) -> list[set[str]]:
    lines = ([cell for cell in row if cell and cell.strip()] for row in top)
    return [set(tokens(" ".join(line))) for line in lines if len(line) <= 2]


def _labels(columns: list[str], top: list[list[str | None]]) -> dict[str, set[str]]:
    """All words above each column; an upper cell spans the empty ones to its right."""
    labels: dict[str, set[str]] = {column: set() for column in columns}
    for row in top:
        filled = [cell for cell in row if cell and cell.strip()]
        spanning = ""
        for column, cell in zip(columns, row, strict=True):
            spanning = cell if cell and cell.strip() else spanning
            if len(filled) >= 2:
                labels[column] |= set(tokens(spanning))
    return labels


def _is_village(titles: list[set[str]], labels: dict[str, set[str]]) -> bool:
    """A column of villages or hamlets, or a title that speaks of one and no column of districts."""
    known = words()
    columns = [label for label in labels.values() if not label & known.counts and len(label) <= 4]
    if any(label & known.village for label in columns):
        return True
    return any(title & known.village for title in titles) and not any(label & known.district for label in columns)


def _is_signed_by_village(below: pl.DataFrame, labels: dict[str, set[str]]) -> bool:
    """Whether the last lines of a sheet name a village or its head, and no column has districts."""
    last = ([cell for cell in row if cell and cell.strip()] for row in below.tail(FOOT).iter_rows())
    feet = [" ".join(line) for line in last if 1 <= len(line) <= 2]
    return any(_OF_VILLAGE.search(foot) for foot in feet) and not any(
        label & words().district for label in labels.values()
    )


def _rows_speak(texts: pl.DataFrame, start: int) -> pl.Series | None:
    """The rows whose label, in one of the first two columns, is sensitive; None where none is."""
    for column in texts.columns[:2]:
        labels = texts[column].slice(start)
        rows_told = [
            start + index for index, cell in enumerate(labels) if cell and words().sensitive.intersection(tokens(cell))
        ]
        if len(rows_told) >= 2:
            return pl.Series(rows_told, dtype=pl.UInt32)
    return None
