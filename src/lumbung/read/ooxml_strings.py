"""The shared strings of a workbook: the look-up by number, and those that no cell shows any more.

Source: ECMA-376 part 1, 18.4. When a table is deleted its strings may stay behind in this part.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zipfile import ZipInfo

import polars as pl

from lumbung.document import Table
from lumbung.read.package import Package
from lumbung.read.sweep import SHORTEST, local, parse, text_of_xml

_PLAIN = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_RUN = re.compile(rb"<(?:\w+:)?t(?:\s[^<>]*)?>([^<]*[0-9]{12}[^<]*)</")
LONG = 1_000  # characters; shorter ones cannot fill a memory before the cells do
LOOK = 200  # rows
_LONGEST = 32 * 2**20
# What may be an identifier: nine digits with little between them, an e-mail, or a masked number.
TELLING = r"(?:[0-9][^0-9\n]{0,3}){9}|@|[0-9]{4}[^0-9\n]{0,3}(?:[*xX•#]{3})"


class Strings:
    """The target of a streaming parser that keeps each string item without its phonetic hints."""

    def __init__(self) -> None:
        self.items: list[str] = []
        self._path: list[str] = []
        self._open: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._path.append(local(tag))

    def data(self, text: str) -> None:
        if self._path and self._path[-1] == "t" and "rPh" not in self._path:
            self._open.append(text)

    def end(self, tag: str) -> None:
        self._path.pop()
        if local(tag) == "si":
            self.items.append("".join(self._open))
            self._open.clear()

    def close(self) -> None:
        """Nothing is left to do; the parser asks for this method."""

    def look_up(self, number: str) -> str:
        """The string of this number; the number itself where there is no such string."""
        index = int(number) if number.isdecimal() else len(self.items)
        return self.items[index] if index < len(self.items) else number


def shared_strings(package: Package, entry: ZipInfo | None) -> Strings:
    """All of them, in order; none where the workbook has no such part. Raises NotXml and Broken."""
    strings = Strings()
    if entry is not None:
        parse(package.pieces(entry), strings)
    return strings


@dataclass(slots=True)
class Look:
    """What one pass over the shared strings found: those that could be an identifier, and loose text."""

    telling: pl.Series
    loose: str


def look_at_strings(package: Package, entry: ZipInfo) -> Look:
    """One fast pass over the part; text that is not in a plain string is loose. Raises NotXml and Broken.

    Of a string in several hands, the runs with a long number are taken by themselves, too: a raised mark of a note
    behind it would make it another number.
    """
    found: list[pl.Series] = []
    look = Look(pl.Series([], dtype=pl.String), "")

    def rest() -> Iterator[bytes]:
        for piece in _whole_items(package.pieces(entry)):
            plain = _PLAIN.findall(piece)
            texts = pl.Series([b"\0".join(plain).decode(errors="replace")]).str.split("\0").explode()
            texts = texts.filter(texts.str.len_bytes() >= SHORTEST)
            found.append(_unescaped(texts.filter(texts.str.contains(TELLING))))
            rich = _PLAIN.sub(b"", piece)
            runs = pl.Series([run.decode(errors="replace") for run in _RUN.findall(rich)], dtype=pl.String)
            found.append(_unescaped(runs))
            yield rich

    look.loose = text_of_xml(rest())
    look.telling = pl.concat([look.telling, *found])
    return look


def _whole_items(pieces: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        data = rest + piece
        cut = data.rfind(b"</si>") + 5
        if cut < 5:
            cut = len(data) if len(data) > _LONGEST else 0
        if cut:
            yield data[:cut]
        rest = data[cut:]
    if rest:
        yield rest


def _unescaped(lines: pl.Series) -> pl.Series:
    if not lines.str.contains("&", literal=True).any():
        return lines
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        lines = lines.str.replace_all(entity, character, literal=True)
    return lines


def not_shown(strings: pl.Series, tables: Iterable[Table]) -> pl.Series:
    """The strings that stand in no cell of these tables."""
    strings = strings.filter(strings != "")
    columns = [column for table in tables for column in table.texts]
    for column in sorted(columns, key=_is_unlikely):
        if strings.is_empty():
            break
        strings = _without(strings, column)
        spaced = strings.str.contains(" ", literal=True).any()
        if spaced and column.str.contains("\n", literal=True).any():
            strings = _without(strings, column.str.replace_all("\n", " ", literal=True))
    return strings


def _without(strings: pl.Series, cells: pl.Series) -> pl.Series:
    """The strings that are none of the cells; the longer of the two is never made a set of."""
    if strings.len() < cells.len():
        cells = cells.filter(cells.is_in(strings.implode()))
    return strings.filter(~strings.is_in(cells.implode()))


def _is_unlikely(column: pl.Series) -> bool:
    """Whether the column's first cells look like no identifier, so that it is better asked after the others."""
    return not column.head(LOOK).str.contains(TELLING).any()


def has_long_string(package: Package, entry: ZipInfo) -> bool:
    """Whether any string is long enough to fill a memory by being shown over and over. Raises Broken."""
    half = LONG // 2  # a long stretch without a tag covers a whole half somewhere
    return any(
        piece.find(b"<", start, start + half) < 0
        for piece in _whole_items(package.pieces(entry))
        for start in range(0, len(piece) - half, half)
    )
