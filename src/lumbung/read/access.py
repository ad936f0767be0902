"""A database of Microsoft Access (.mdb, .accdb): tables as far as access-parser reads them, every page as text.

Source: the mdbtools project, "HACKING" (page types, table definitions, compressed text); Microsoft publishes no
description. For that reason, and because the library passes over rows that it does not understand without a word, such
a database is always named unread: what is found in it is told, and the file is held.
"""

import logging
import re
import struct
from typing import Any

from lumbung.document import Place
from lumbung.read.cells import number_text
from lumbung.read.grid import frame_of_rows, table
from lumbung.read.harvest import Harvest
from lumbung.read.sweep import swept, text_of_bytes
from lumbung.read.unreadable import Unreadable

TABLE_DEFINITION = b"\2\1"
OLD_PAGE, PAGE = 0x800, 0x1000
CATALOGUE = 2  # the page of the table of all tables, in every version
DIGITS = re.compile(r"(?<![0-9])[0-9]{16}(?=[0-9]{16})|[0-9]{16}(?![0-9])")
# What the library raises on damage; it has no exception of its own.
DAMAGE = (ValueError, KeyError, IndexError, TypeError, AttributeError, struct.error, OverflowError, StopIteration)


def harvest_access(harvest: Harvest, data: bytes, *, prefix: str = "") -> str:
    """Tables, and the text of all pages, deleted rows included; always named unread. Raise Unreadable("encrypted")."""
    size = OLD_PAGE if data[20:24] == bytes(4) else PAGE
    if data[CATALOGUE * size : CATALOGUE * size + 2] != TABLE_DEFINITION:
        raise Unreadable("encrypted")
    outside = Place(part=prefix.removesuffix("!") or None)
    harvest.miss(outside, "access")
    text = text_of_bytes(data)
    apart = "\n".join(DIGITS.findall(text))  # values of a row stand side by side, with no sign between them
    harvest.say(swept(Place(part=prefix + "(halaman)", hidden=True), f"{text}\n{apart}"))
    database = _opened(data)
    for name in database.catalog if database else ():
        _harvest_table(harvest, database, str(name), outside)
    return "access"


def _opened(data: bytes) -> Any:
    """The library's own view of the database, made from memory: its constructor wants a path. None on damage."""
    from access_parser import AccessParser
    from access_parser.utils import categorize_pages
    from construct import ConstructError

    for name in ("access_parser", "access_parser.utils"):
        logging.getLogger(name).disabled = True  # they log what they cannot read
    database = AccessParser.__new__(AccessParser)
    try:
        database.db_data = data
        database._parse_file_header(data)
        database._table_defs, database._data_pages, database._all_pages = categorize_pages(data, database.page_size)
        database._tables_with_data = database._link_tables_to_data()
        database.catalog = database._parse_catalog()
        database.extra_props = database.parse_msys_table() or {}
    except (*DAMAGE, ConstructError):
        return None
    return database


def _harvest_table(harvest: Harvest, database: Any, name: str, outside: Place) -> None:
    from construct import ConstructError

    try:
        columns = database.parse_table(name)
    except (*DAMAGE, ConstructError):
        harvest.miss(outside.but(sheet=name), "broken")
        return
    names = [str(column) for column in columns]
    cells = [values if isinstance(values, list) else [] for values in columns.values()]
    height = max(map(len, cells), default=0)
    rows = [[_text(values[row]) if row < len(values) else None for values in cells] for row in range(height)]
    if names:
        texts = frame_of_rows([names, *rows], limits=harvest.limits)
        harvest.tables.append(table(texts, place=outside.but(sheet=name)))


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, bytes):
        return text_of_bytes(value) or None
    return number_text(value) if isinstance(value, float) else str(value)
