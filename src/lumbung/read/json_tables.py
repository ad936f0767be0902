"""JSON as tables: arrays of objects, arrays of arrays, objects of columns, at any depth; the rest as passages.

RFC 8259. Elements of one array pattern, such as `$.desa[*].dusun[*]`, are rows of one table wherever they lie. Every
string, number and member name of the file is in a cell or in a passage. GeoJSON is `geojson`'s.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from lumbung.document import Passage, Place, Table
from lumbung.read.grid import frame_of_rows, numbers_of_rows, table
from lumbung.read.json_values import Members, Number, Value, is_flat_array, is_scalar, written
from lumbung.read.limits import Limits
from lumbung.read.unreadable import Unreadable

MANY = 10  # scalar members that make an object a table of names and values rather than a note
PLAIN_NAME = re.compile(r"(?!.*\d{5})\w[\w .-]{0,59}")
Row: TypeAlias = list[str | None]


@dataclass(slots=True)
class Collected:
    """What was found so far, by pattern path."""

    limits: Limits
    columns: dict[str, dict[str, int]] = field(default_factory=dict)
    records: dict[str, list[Row]] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    loose: dict[str, list[str]] = field(default_factory=dict)
    cells: int = 0

    def spend(self, cells: int) -> None:
        """Raise Unreadable("too-large") when all tables together have more cells than the limit."""
        self.cells += cells
        if self.cells > self.limits.cells:
            raise Unreadable("too-large")

    def note(self, path: str, *texts: str | None) -> None:
        """Keep loose text of this path."""
        self.loose.setdefault(path, []).extend(text for text in texts if text)


def collect(value: Value, path: str, found: Collected, depth: int = 0) -> None:
    """Sort a value into tables and loose text, and take it apart. Raise Unreadable("bomb") below the allowed depth."""
    if depth > found.limits.depth:
        raise Unreadable("bomb")
    if isinstance(value, Members):
        _collect_object(value, path, found, depth)
    elif isinstance(value, list):
        _collect_array(value, path, found, depth)
    else:
        found.note(path, written(value))


def _collect_object(members: Members, path: str, found: Collected, depth: int) -> None:
    rows = _columns_as_rows(members) or _table_of_members(members, found)
    if rows:
        _check_depth(members, found.limits.depth - depth)
        found.rows.setdefault(path, []).extend(rows)
        return
    for name, value in members:
        below = f"{path}.{name}" if PLAIN_NAME.fullmatch(name) else f"{path}[*]"
        if is_scalar(value):
            found.note(path, f"{name}: {written(value) or ''}")
            continue
        found.note(path, name)
        header = _header_beside(members, value)
        if header:
            found.rows.setdefault(below, []).append(header)
        collect(value, below, found, depth + 1)


def _collect_array(array: list[Value], path: str, found: Collected, depth: int) -> None:
    mixed = any(isinstance(element, list) for element in array)
    for index, element in enumerate(array):
        if not is_scalar(element):
            array[index] = None  # what is sorted need not stay
        if isinstance(element, Members):
            collect_record(element, f"{path}[*]", found, depth)
        elif is_flat_array(element):
            found.rows.setdefault(path, []).append([written(cell) for cell in element])
        elif isinstance(element, list):
            collect(element, f"{path}[*]", found, depth + 1)
        elif mixed:
            found.note(path, written(element))
        else:
            found.rows.setdefault(path, []).append([written(element)])


def collect_record(record: Members, path: str, found: Collected, depth: int) -> None:
    """Make an object the next row of the table at this path. Raise Unreadable for what is too wide or too deep."""
    columns = found.columns.setdefault(path, {})
    row: Row = [None] * len(columns)
    _fill(row, columns, record, "", path, found, depth + 1)
    found.spend(len(row))
    found.records.setdefault(path, []).append(row)


def _fill(
    row: Row, columns: dict[str, int], record: Members, prefix: str, path: str, found: Collected, depth: int
) -> None:
    """Put a record's members into its row; members of nested objects get dotted names, arrays of objects a table."""
    if depth > found.limits.depth:
        raise Unreadable("bomb")
    for name, value in record:
        full = prefix + name
        if isinstance(value, Members) and value:
            _fill(row, columns, value, f"{full}.", path, found, depth + 1)
        elif is_scalar(value):
            row[_column(columns, full, row, found.limits)] = written(value)
        elif any(isinstance(element, Members) for element in value):
            _column(columns, full, row, found.limits)
            collect(value, f"{path}.{full}" if PLAIN_NAME.fullmatch(full) else f"{path}[*]", found, depth + 1)
        else:
            _check_depth(value, found.limits.depth - depth)
            row[_column(columns, full, row, found.limits)] = written(value)


def _column(columns: dict[str, int], name: str, row: Row, limits: Limits) -> int:
    """The column of this name; the next one ("nama (2)") where this row has it filled already."""
    unique, number = name, 1
    while unique in columns and columns[unique] < len(row) and row[columns[unique]] is not None:
        number += 1
        unique = f"{name} ({number})"
    index = columns.setdefault(unique, len(columns))
    if index >= limits.columns:
        raise Unreadable("too-large")
    row.extend([None] * (len(columns) - len(row)))
    return index


def _columns_as_rows(members: Members) -> list[Row]:
    """{"nama": [..], "umur": [..]}: columns of one length."""
    lengths = {len(value) if is_flat_array(value) else -1 for _, value in members}
    if len(members) < 2 or len(lengths) != 1 or min(lengths) < 1:
        return []
    return [
        [name for name, _ in members],
        *([written(cell) for cell in row] for row in zip(*(v for _, v in members), strict=True)),
    ]


def _table_of_members(members: Members, found: Collected) -> list[Row]:
    """{"33.08": {..}, "33.09": {..}}, its transpose as pandas writes it, or many names with one value each."""
    if len(members) >= MANY and all(is_scalar(value) for _, value in members):
        return [[name, written(value)] for name, value in members]
    inner = [[name for name, _ in value] if isinstance(value, Members) else [] for _, value in members]
    shared = set.intersection(*map(set, inner)) if len(inner) > 1 else set()
    if len(shared) < 2 and not (shared and all(len(names) == 1 for names in inner)):
        return []
    names = list(dict.fromkeys(name for each in inner for name in each))
    if any(len(each) != len(set(each)) for each in inner):
        return []
    found.spend(len(members) * len(names))
    rows = [[None, *names], *([key, *(written(dict(value).get(name)) for name in names)] for key, value in members)]
    transposed = all(name.isdecimal() for name in names) and not all(key.isdecimal() for key, _ in members)
    return [list(row) for row in zip(*rows, strict=True)] if transposed else rows


def _header_beside(members: Members, rows: Value) -> Row:
    """The names of the columns, where they stand in an array beside the array of rows ("columns" and "data")."""
    if not rows or not isinstance(rows[0], list) or isinstance(rows[0], Members):
        return []
    for _, value in members:
        if is_flat_array(value) and len(value) == len(rows[0]) and all(type(cell) is str for cell in value):
            return [*value]
    return []


def _check_depth(value: Value, left: int) -> None:
    """Raise Unreadable("bomb") for nesting that `written` should not follow."""
    level = [value]
    while level := [inner for outer in level if isinstance(outer, list) for inner in _inner(outer)]:
        left -= 1
        if left < 0:
            raise Unreadable("bomb")


def _inner(value: list[Value]) -> Iterable[Value]:
    elements = (member for _, member in value) if isinstance(value, Members) else value
    return (element for element in elements if isinstance(element, list))


def tables(found: Collected) -> Iterable[Table]:
    """The tables found, each record or row given up once it is in its table."""
    for path in list(found.records):
        records = found.records.pop(path)
        records.insert(0, list(found.columns[path]))
        yield _table(records, path, found.limits)
    for path in list(found.rows):
        yield _table(found.rows.pop(path), path, found.limits)


def _table(rows: list[Row], path: str, limits: Limits) -> Table:
    texts = frame_of_rows(rows, limits=limits)
    numbers = numbers_of_rows(rows, float_of)
    return table(texts, place=Place(path=path), numbers=numbers)


def float_of(cell: str | None) -> float | None:
    if not isinstance(cell, Number):
        return None
    number = float(cell)
    return number if math.isfinite(number) else None


def passages(found: Collected) -> Iterable[Passage]:
    """The loose text found, path by path."""
    return (Passage(place=Place(path=path), text="\n".join(texts)) for path, texts in found.loose.items() if texts)
