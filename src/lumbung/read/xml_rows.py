"""The second walk through an XML file: records become rows of their own table, everything else loose text."""

from dataclasses import dataclass, field

import polars as pl

from lumbung.document import Passage, Place, Table
from lumbung.read.grid import frame_of_rows, table
from lumbung.read.letters import letter
from lumbung.read.limits import Limits
from lumbung.read.sweep import local
from lumbung.read.unreadable import Unreadable
from lumbung.read.xml_shape import Path

BATCH = 20_000
OWN_TEXT = "(isi)"  # the column of a record's own text, beside its children


@dataclass(slots=True)
class Records:
    """One table being gathered: its columns by name, the rows that wait, the frames that are done."""

    columns: dict[str, int] = field(default_factory=dict)
    waiting: list[list[str | None]] = field(default_factory=list)
    done: list[pl.DataFrame] = field(default_factory=list)


@dataclass(slots=True)
class Record:
    """A row being filled. `depth` is how many elements are open around it, itself included."""

    depth: int
    table: Records
    cells: dict[str, str]


class Rows:
    """The target of a streaming parser."""

    def __init__(self, records: set[Path], limits: Limits) -> None:
        """`records` are the paths whose elements become rows."""
        self.records, self.limits, self.cells = records, limits, 0
        self.tables: dict[Path, Records] = {}
        self.loose: dict[Path, list[str]] = {}
        self.remarks: list[str] = []
        self._path: list[str] = []
        self._texts: list[list[str]] = []
        self._open: list[Record] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins; its attributes are cells of the record that it is, or lies in."""
        self._settle()
        self._path.append(local(tag))
        self._texts.append([])
        path = tuple(self._path)
        if path in self.records:
            self._open.append(Record(len(path), self.tables.setdefault(path, Records()), {}))
        for name, value in attributes.items():
            self._put(local(name), value)

    def data(self, text: str) -> None:
        """Text, perhaps only a piece of it."""
        self._texts[-1].append(text)

    def end(self, tag: str) -> None:
        """An element ends; a record is a finished row."""
        del tag
        self._settle()
        if self._open and self._open[-1].depth == len(self._path):
            self._keep(self._open.pop())
        self._path.pop()
        self._texts.pop()

    def comment(self, text: str) -> None:
        """A comment, which nobody is shown."""
        self.remarks.append(text)

    def pi(self, target: str, text: str | None = None) -> None:
        """A processing instruction."""
        self.remarks.append(f"{target} {text or ''}")

    def close(self) -> None:
        """The end."""
        for records in self.tables.values():
            self._flush(records)

    def _settle(self) -> None:
        """Put the text that stands in the open element since its last child."""
        if self._texts and self._texts[-1]:
            text = "".join(self._texts[-1]).strip()
            self._texts[-1].clear()
            if text:
                self._put("", text)

    def _put(self, name: str, text: str) -> None:
        if not self._open:
            self.loose.setdefault(tuple(self._path), []).append(f"{name or self._path[-1]}: {text}")
            return
        record = self._open[-1]
        below = self._path[record.depth :] + ([name] if name else [])
        column = unique = ".".join(below) or OWN_TEXT
        number = 1
        while unique in record.cells:
            number += 1
            unique = f"{column} ({number})"
        record.cells[unique] = text

    def _keep(self, record: Record) -> None:
        columns = record.table.columns
        for name in record.cells:
            columns.setdefault(name, len(columns))
        if len(columns) > self.limits.columns:
            raise Unreadable("too-large")
        row: list[str | None] = [None] * len(columns)
        for name, text in record.cells.items():
            row[columns[name]] = text
        self.cells += len(row)
        if self.cells > self.limits.cells:
            raise Unreadable("too-large")
        record.table.waiting.append(row)
        if len(record.table.waiting) >= BATCH:
            self._flush(record.table)

    def _flush(self, records: Records) -> None:
        if records.waiting:
            records.done.append(frame_of_rows(records.waiting, limits=self.limits))
            records.waiting = []

    def give(self, place: Place) -> tuple[list[Table], list[Passage]]:
        """Tables with the names of elements as their header, and passages; `Place.path` says where they stood."""
        tables = [
            table(_below(records), place=place.but(path="/" + "/".join(path)))
            for path, records in self.tables.items()
            if records.done and records.columns
        ]
        passages = [
            Passage(place=place.but(path="/" + "/".join(path)), text="\n".join(texts))
            for path, texts in self.loose.items()
        ]
        remarks = "\n".join(self.remarks)
        return tables, [*passages, Passage(place=place.but(hidden=True), text=remarks)]


def _below(records: Records) -> pl.DataFrame:
    header = [pl.Series(letter(index), [name], dtype=pl.String) for name, index in records.columns.items()]
    return pl.concat([pl.DataFrame(header), *records.done], how="diagonal")
