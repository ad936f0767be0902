"""SQLite databases: tables as they are, nothing run, damage named."""

import io
import sqlite3
import struct

import pytest

from lumbung.document import Document
from lumbung.read import Limits, Unreadable, read
from lumbung.read.harvest import Harvest
from lumbung.read.sqlite import harvest_database
from lumbung.read.sqlite_pages import text_of_free
from tests.hiding.sqlite import database


def opened(data: bytes, **limits: int) -> Document:
    return read(io.BytesIO(data), name="", limits=Limits(**limits))


def test_a_table_has_its_names_texts_and_numbers() -> None:
    document = opened(database("INSERT INTO pasar VALUES (9007199254740993, NULL, 0.5)"))
    (table,) = document.tables
    assert table.place.sheet == "pasar"
    assert table.texts.rows()[0] == ("id", "nama", "isi")
    assert table.texts.rows()[-1] == ("9007199254740993", None, "0.5")
    assert table.numbers["C"].to_list() == [None, 3.0, 5.0, 0.5]
    assert not document.unread


def test_a_view_and_a_trigger_are_told_and_not_run() -> None:
    data = database("CREATE VIEW v AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM n) SELECT x FROM n")
    document = opened(data)
    assert [table.place.sheet for table in document.tables] == ["pasar"]
    assert not document.unread


def test_an_index_that_says_other_than_its_table_is_damage() -> None:
    data = database("CREATE INDEX i ON pasar (nama)")
    assert not opened(data).unread
    at = data.rindex(b"Pasar Wage", 0, data.rindex(b"Pasar Wage"))
    for place in (at, data.rindex(b"Pasar Wage")):
        assert opened(data[:place] + b"Pasar Kage" + data[place + 10 :]).unread


def test_a_schema_that_cannot_be_parsed_is_broken() -> None:
    for data in (database().replace(b"CREATE TABLE", b"CREATE TIBLE"), database()[:600], database()[:100]):
        with pytest.raises(Unreadable) as refusal:
            opened(data)
        assert refusal.value.code == "broken"


@pytest.mark.parametrize("at", range(100, 4000, 97))
def test_a_flipped_bit_never_passes_unseen_or_raises(at: int) -> None:
    data = bytearray(database(*(f"INSERT INTO pasar (nama) VALUES ('kios {n}')" for n in range(90))))
    data[at] ^= 0x55
    try:
        opened(bytes(data))
    except Unreadable:
        return


def test_more_cells_than_allowed_are_too_large() -> None:
    with pytest.raises(Unreadable) as refusal:
        opened(database(), cells=5)
    assert refusal.value.code == "too-large"


def test_a_caller_may_spell_blobs_that_it_knows() -> None:
    harvest = Harvest(limits=Limits())
    data = database(("INSERT INTO pasar (isi) VALUES (?)", (b"\0\1\2",)))
    harvest_database(harvest, data, spell=lambda table, column, blob: f"{table}.{column}: {len(blob)}")
    assert harvest.tables[0].texts.rows()[-1][2] == "pasar.isi: 3"
    assert not harvest.unread


def test_a_blob_that_nobody_knows_is_named() -> None:
    document = opened(database(("INSERT INTO pasar (isi) VALUES (?)", (b"\0\1\2" * 9,))))
    assert [missed.why for missed in document.unread] == ["unknown-format"]


def test_a_box_index_is_no_secret() -> None:
    data = database(
        "CREATE VIRTUAL TABLE kotak USING rtree(id, a, b, c, d)",
        *(f"INSERT INTO kotak VALUES ({n}, {n}, {n + 1}, -7.5, -7.25)" for n in range(200)),
    )
    assert not opened(data).unread


def test_free_space_ends_however_the_pages_point() -> None:
    data = bytearray(database())
    data[100:102] = b"\5\0"  # the first page as an inner one, whose children are whatever stands there
    for pointer in (0, 1, 2, 7):
        data[108:112] = struct.pack(">I", pointer)
        text_of_free(bytes(data), [0, 1, 2, 99999])


def test_every_byte_of_a_database_without_a_table_is_free_or_known() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA user_version = 7")
    document = opened(connection.serialize())
    assert (document.tables, document.unread) == ((), ())
