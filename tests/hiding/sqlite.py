"""Where a number hides in a SQLite database."""

import sqlite3
import zlib
from collections.abc import Callable

from tests.hiding import HidingPlace

TABLE = "CREATE TABLE pasar (id INTEGER PRIMARY KEY, nama TEXT, isi)"


def database(*statements: str | tuple[str, tuple[object, ...]]) -> bytes:
    """A database of a few harmless rows, and what these statements make of it."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute(TABLE)
    connection.executemany("INSERT INTO pasar (nama, isi) VALUES (?, ?)", [("Pasar Wage", 3), ("Pasar Pahing", 5)])
    for statement in statements:
        connection.execute(*((statement,) if isinstance(statement, str) else statement))
    data = connection.serialize()
    connection.close()
    return data


def row(value: Callable[[str], object]) -> Callable[[str], bytes]:
    """One more row, that holds this."""
    return lambda nik: database(("INSERT INTO pasar (nama, isi) VALUES ('x', ?)", (value(nik),)))


def deleted(value: Callable[[str], object]) -> Callable[[str], bytes]:
    """A row that was written and deleted again; SQLite leaves its bytes where they were."""
    return lambda nik: database(
        "PRAGMA secure_delete = OFF",
        ("INSERT INTO pasar (nama, isi) VALUES ('x', ?)", (value(nik),)),
        "DELETE FROM pasar WHERE nama = 'x'",
    )


def dropped(nik: str) -> bytes:
    """A whole table, dropped: its pages are free now."""
    return database(
        "PRAGMA secure_delete = OFF",
        "CREATE TABLE lama (a, b)",
        ("INSERT INTO lama VALUES (?, ?)", ("SARI", nik)),
        "DROP TABLE lama",
    )


def long_deleted(nik: str) -> bytes:
    """A value so long that it lay on pages of its own."""
    return database(
        "PRAGMA secure_delete = OFF",
        ("INSERT INTO pasar (nama, isi) VALUES ('x', ?)", ("kosong " * 2000 + nik + " kosong" * 200,)),
        "DELETE FROM pasar WHERE nama = 'x'",
    )


def full_text(nik: str) -> bytes:
    """In a full-text index, which keeps its words in tables of its own."""
    return database(
        "CREATE VIRTUAL TABLE cari USING fts5(isi)", ("INSERT INTO cari VALUES (?)", (f"milik {nik} itu",))
    )


def wide(nik: str) -> bytes:
    """In a database that keeps its text as UTF-16."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA encoding = 'UTF-16le'")
    connection.execute("CREATE TABLE t (a)")
    connection.execute("INSERT INTO t VALUES (?)", (nik,))
    return connection.serialize()


def with_log(nik: str) -> bytes:
    """In a database that says it has a write-ahead log."""
    data = row(str)(nik)
    return data[:18] + b"\2\2" + data[20:]


def place(where: str, plant: Callable[[str], bytes], **rest: object) -> HidingPlace:
    return HidingPlace(format="sqlite", where=where, plant=plant, **rest)  # type: ignore[arg-type]


PLACES = (
    place("a text", row(str), at={"sheet": "pasar"}),
    place("a whole number", row(int)),
    place("a float", row(float)),
    place("a blob that is text", row(str.encode)),
    place("a packed blob", row(lambda nik: zlib.compress(nik.encode())), answer="not-fully-read"),
    place("a CSV file inside a blob", row(lambda nik: f"nik,nama\n{nik},SARI\n".encode("utf-16"))),
    place(
        "the number of a row",
        lambda nik: database("CREATE TABLE t (a)", f"INSERT INTO t (rowid, a) VALUES ({nik}, 1)"),
    ),
    place("the name of a table", lambda nik: database(f'CREATE TABLE "warga {nik}" (a)')),
    place("the name of a column", lambda nik: database(f'CREATE TABLE t ("{nik}")')),
    place("a value that a column takes by default", lambda nik: database(f"CREATE TABLE t (a DEFAULT '{nik}')")),
    place("a comment in the schema", lambda nik: database(f"CREATE TABLE t (a /* milik {nik} */)")),
    place("the text of a view", lambda nik: database(f"CREATE VIEW v AS SELECT '{nik}'"), at={"hidden": True}),
    place(
        "the text of a trigger",
        lambda nik: database(f"CREATE TRIGGER g AFTER DELETE ON pasar BEGIN SELECT '{nik}'; END"),
        at={"hidden": True},
    ),
    place(
        "a generated column",
        lambda nik: database(
            "CREATE TABLE t (a TEXT, b TEXT, c AS (a || b))",
            ("INSERT INTO t VALUES (?, ?)", (nik[:6], nik[6:])),
        ),
    ),
    place(
        "a table without row numbers",
        lambda nik: database(
            "CREATE TABLE t (a TEXT PRIMARY KEY) WITHOUT ROWID", ("INSERT INTO t VALUES (?)", (nik,))
        ),
    ),
    place("a full-text index", full_text),
    place("a database in UTF-16", wide),
    place("a database with a write-ahead log", with_log),
    place("a deleted row", deleted(str), at={"hidden": True}),
    place("a deleted row, as a whole number", deleted(int), at={"hidden": True}),
    place("a deleted row, as a float", deleted(float), at={"hidden": True}),
    place("a deleted row, beside other digits", deleted(lambda nik: nik + nik[::-1]), at={"hidden": True}),
    place("a deleted value of many pages", long_deleted, at={"hidden": True}),
    place("a table that was dropped", dropped, at={"hidden": True}),
    place("bytes behind the last page", lambda nik: database() + f"milik {nik}".encode(), at={"hidden": True}),
)
