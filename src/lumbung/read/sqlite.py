"""A SQLite database: every table row by row, its schema, what its blobs hold, and what was deleted from it.

Source: sqlite.org, "Database File Format" and "Defense Against The Dark Arts". The bytes are copied into memory and
opened there: no file is opened, no extension loaded, no view or trigger run, and functions called by the schema are
SQLite's own harmless ones. A virtual table is read through the ordinary tables in which it keeps its content.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lumbung.document import Passage, Place
from lumbung.read.archives_within import harvest_archives
from lumbung.read.books_sqlite import LOOSE, SCHEMA, key_of_rows
from lumbung.read.harvest import Harvest
from lumbung.read.limits import Limits
from lumbung.read.sqlite_pages import MAGIC, text_of_free
from lumbung.read.sqlite_rows import Blobs, read_rows
from lumbung.read.sweep import swept, text_of_bytes
from lumbung.read.unreadable import Unreadable

Spell = Callable[[str, str, bytes], str | None]
ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE})
SETTINGS = (
    *("trusted_schema=OFF", "query_only=ON", "cell_size_check=ON", "ignore_check_constraints=ON"),
    *("temp_store=MEMORY", "foreign_keys=OFF"),
)
SMALLEST_ODD_ROWID = 10**9  # rows that are only counted never get there
HIDDEN_COLUMN = 1  # of a virtual table; generated columns are 2 and 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A line of the schema. `root` is the first page of what it keeps, 0 where it keeps nothing itself."""

    kind: str
    name: str
    root: int
    sql: str


def harvest_database(harvest: Harvest, data: bytes, *, prefix: str = "", spell: Spell | None = None) -> str:
    """Every table, blob and free page into the basket; give the kind. Raise Unreadable("broken", "too-large").

    Table names stand in `Place.sheet`. `spell(table, column, blob)` may give the text of a blob that it understands
    (a geometry, say); for None the blob is looked into here. A database that is damaged anywhere is named unread.
    """
    with open_database(data, limits=harvest.limits) as database:
        schema = listed(database)
        if not is_sound(database):
            harvest.miss(Place(part=prefix.removesuffix("!") or None), "broken")
            harvest.say(swept(Place(part=prefix + "(halaman)", hidden=True), text_of_bytes(data)))
        database.set_authorizer(_authorize)
        lines = "\n".join(f"{entry.name}\n{entry.sql}" for entry in schema)
        harvest.say([Passage(place=Place(part=prefix + SCHEMA, hidden=True), text=lines, swept=True)])
        harvest.ledger.take(prefix, key_of_rows(1, len(schema)))
        for entry in schema:
            if entry.kind == "table" and entry.root:
                rows = _harvest_table(harvest, database, entry.name, prefix=prefix, spell=spell)
                harvest.ledger.take(prefix, key_of_rows(entry.root, rows))
    free = text_of_free(data, [entry.root for entry in schema])
    harvest.say(swept(Place(part=prefix + LOOSE, hidden=True), free))
    harvest_archives(harvest, _behind(data), place=Place(part=prefix + LOOSE, hidden=True))
    harvest.ledger.take(prefix, LOOSE)
    return "sqlite"


def _behind(data: bytes) -> bytes:
    """What lies behind the last page that the header counts."""
    size = int.from_bytes(data[16:18], "big")
    return data[int.from_bytes(data[28:32], "big") * (2**16 if size == 1 else size) :]


@contextlib.contextmanager
def open_database(data: bytes, *, limits: Limits) -> Iterator[sqlite3.Connection]:
    """The database in memory, for asking only. Raise Unreadable("broken") where SQLite does not take it.

    What a query raises on damage is sqlite3.Error. Views and virtual tables are there; do not ask them.
    """
    if len(data) < 512 or not data.startswith(MAGIC):
        raise Unreadable("broken")
    database = sqlite3.connect(":memory:", isolation_level=None, cached_statements=0)
    database.text_factory = lambda text: text.decode("utf-8", "lumbung-cp1252")
    try:
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.part_bytes)
        database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        database.deserialize(data[:18] + b"\1\1" + data[20:])  # as if it had no write-ahead log, which is not here
        for setting in SETTINGS:
            database.execute(f"PRAGMA {setting}")
        database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except (sqlite3.Error, ValueError, OverflowError) as damage:
        database.close()
        raise Unreadable("broken") from damage
    try:
        yield database
    finally:
        database.close()


def listed(database: sqlite3.Connection) -> list[Listed]:
    """The schema, line by line, its own table first."""
    rows = database.execute("SELECT type, name, rootpage, sql FROM sqlite_master").fetchall()
    return [
        Listed(kind=str(kind), name=str(name), root=root if isinstance(root, int) else 0, sql=str(sql or ""))
        for kind, name, root, sql in rows
    ]


def columns_of(database: sqlite3.Connection, table: str) -> list[str]:
    """The names of a table's columns, generated ones included, in their order."""
    rows = database.execute(f"PRAGMA table_xinfo({quoted(table)})")
    return [row[1] for row in rows if row[6] != HIDDEN_COLUMN]


def is_sound(database: sqlite3.Connection) -> bool:
    """Whether tables, indexes and pages agree with each other, by SQLite's own check."""
    try:
        return bool(database.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)])
    except sqlite3.Error:
        return False


def quoted(name: str) -> str:
    """A name as SQL wants it.

    >>> quoted('a"b')
    '"a""b"'
    """
    return '"' + name.replace('"', '""') + '"'


def _authorize(action: int, name: str | None, *_: str | None) -> int:
    asks_columns = action == sqlite3.SQLITE_PRAGMA and name == "table_xinfo"
    return sqlite3.SQLITE_OK if action in ALLOWED or asks_columns else sqlite3.SQLITE_DENY


def _harvest_table(
    harvest: Harvest, database: sqlite3.Connection, table: str, *, prefix: str, spell: Spell | None
) -> int:
    """The number of its rows."""
    place = Place(part=prefix.removesuffix("!") or None, sheet=table)
    try:
        names = columns_of(database, table)
        chosen = [*_rowid(database, table, names), *map(quoted, names)]
        header = [*(["rowid"] if len(chosen) > len(names) else []), *names]
        cursor = database.execute(f"SELECT {', '.join(chosen)} FROM {quoted(table)}")  # noqa: S608  quoted above
        blobs = Blobs(harvest=harvest, place=place, table=table, header=header, spell=spell)
        rows = read_rows(cursor, header, blobs=blobs, place=place, limits=harvest.limits)
    except sqlite3.Error:
        harvest.miss(place, "broken")
        return 0
    harvest.tables.append(rows)
    return rows.texts.height - 1  # below the header


def _rowid(database: sqlite3.Connection, table: str, names: list[str]) -> list[str]:
    """The row number, where it is more than a count of rows and stands in no column under another name."""
    free = next((name for name in ("rowid", "_rowid_", "oid") if name not in map(str.lower, names)), None)
    if free is None:
        return []
    try:
        query = f"SELECT max({free}), min({free}) FROM {quoted(table)}"  # noqa: S608  quoted above
        most, least = database.execute(query).fetchone()
        if most is None or (most < SMALLEST_ODD_ROWID and least >= 0):
            return []
        keys = [row[1] for row in database.execute(f"PRAGMA table_xinfo({quoted(table)})") if row[5]]
        same = " AND ".join(f"{free} IS {quoted(key)}" for key in keys) or "0"
        query = f"SELECT 1 FROM {quoted(table)} WHERE NOT ({same}) LIMIT 1"  # noqa: S608  quoted above
        return [free] if database.execute(query).fetchone() else []
    except sqlite3.Error:
        return []  # a table WITHOUT ROWID
