"""Rows that programs send: written into a table by Lumbung, which then is a file like any other before the gate.

There is no other way for a row. What is put to a table, changed or taken out of it makes the whole table anew; of a
published one that is its next release, once people have approved it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from lumbung.api.ckan import drafts, gatekeeping, packages, tables, writing
from lumbung.api.ckan.arguments import Given, dictionaries, dictionary, needed, text
from lumbung.api.ckan.caller import Caller
from lumbung.api.ckan.failures import Invalid, NotAllowed, NotThere, missing, wrong
from lumbung.api.models import Piece
from lumbung.portal.accounts.models import Person
from lumbung.portal.catalogue import shelf
from lumbung.portal.catalogue.picking import NUMBER
from lumbung.portal.intake import vault

MOST_RECORDS = 500_000  # in one call
MOST_CELLS = 20_000_000  # of a table that is made anew
MOST_FIELDS = 1_000
NAME = "tabel.csv"

Row = dict[str, Any]


def datastore_create(caller: Caller, told: Given) -> dict[str, Any]:
    """Make a table out of rows: resource_id, or resource with package_id; fields [{id}], records [{field: value}].
    It is inspected at once; what is held is 409 with the reasons, what passes waits for the review."""
    person = caller.sender
    gatekeeping.check_words({name: value for name, value in told.items() if name != "records"})
    piece = _piece(person, told)
    records = dictionaries(told, "records", most=MOST_RECORDS)
    fields = _fields(told, records)
    _store(piece, fields, records, caller=caller, person=person)
    return _answer(piece, told, fields)


def datastore_upsert(caller: Caller, told: Given) -> dict[str, Any]:
    """Put rows to a table (method insert), or change those with the same _id (update, upsert): resource_id, records.
    The whole table goes through the gate again."""
    person = caller.sender
    gatekeeping.check_words({name: value for name, value in told.items() if name != "records"})
    piece, fields, rows = _table(person, needed(told, "resource_id"))
    records = dictionaries(told, "records", most=MOST_RECORDS)
    _check_known(records, fields)
    method = text(told, "method") or "upsert"
    if method == "insert":
        made: Sequence[Row] = [*rows, *({**dict.fromkeys(fields), **one} for one in records)]
    elif method in ("update", "upsert"):
        made = _changed(rows, records)
    else:
        raise wrong("method", '"method" is not defined: insert, update or upsert')
    _store(piece, fields, made, caller=caller, person=person)
    return {**_answer(piece, told, fields), "method": method}


def datastore_delete(caller: Caller, told: Given) -> dict[str, Any]:
    """Take the rows that fit `filters` out of a table; without filters the whole of one that is not published."""
    person, number = caller.sender, needed(told, "resource_id")
    gatekeeping.check_words(told)
    filters = dictionary(told, "filters")
    if not filters:
        writing.resource_delete(caller, {"id": number})
        return {"resource_id": number}
    piece, fields, rows = _table(person, number)
    _check_known([filters], fields)
    left = [row for row in rows if not all(_same(row.get(name), value) for name, value in filters.items())]
    _store(piece, fields, left, caller=caller, person=person)
    return {"resource_id": str(piece.pk), "filters": filters, "gate": _gate(piece)}


def _piece(person: Person, told: Given) -> Piece:
    """Where the table is to stand."""
    about = dictionary(told, "resource")
    if about:
        draft = writing.draft_of(person, needed(about, "package_id"))
        return Piece(draft=draft, name=text(about, "name")[:200])
    if not told.get("resource_id"):
        raise missing("resource_id")
    return writing.piece_of(person, text(told, "resource_id"))


def _fields(told: Given, records: Sequence[Row]) -> list[str]:
    """The names of the columns: as they are told, else those of the first record."""
    listed = [needed(one, "id") for one in dictionaries(told, "fields", most=MOST_FIELDS)]
    names = [name for name in listed or dict.fromkeys(key for one in records[:1] for key in one) if name != NUMBER]
    if not names:
        raise missing("fields")
    if len(set(names)) != len(names) or len(names) > MOST_FIELDS:
        raise wrong("fields", "Duplicate or too many column names")
    _check_known(records, names)
    return names


def _check_known(records: Iterable[Mapping[str, Any]], fields: Sequence[str]) -> None:
    known = {*fields, NUMBER}
    if any(key not in known for one in records for key in one):
        raise wrong("records", "A record has a field that the table does not have")


def _store(piece: Piece, fields: Sequence[str], rows: Sequence[Row], *, caller: Caller, person: Person) -> None:
    if len(rows) * len(fields) > MOST_CELLS:
        raise wrong("records", f"At most {MOST_CELLS} cells")
    sealed = vault.seal_bytes(_written(fields, rows), name=NAME)
    piece.rows = True
    try:
        writing.take(sealed, piece, caller=caller, person=person)
    finally:
        sealed.discard()


def _written(fields: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """The table as CSV, some rows at a time."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(fields)
    for number, row in enumerate(rows, start=1):
        writer.writerow([_cell(row.get(name)) for name in fields])
        if number % 10_000 == 0:
            yield lines.getvalue().encode()
            lines.seek(0)
            lines.truncate()
    yield lines.getvalue().encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    raise wrong("records", "Cells are texts, numbers, true, false or null")


def _table(person: Person, number: str) -> tuple[Piece, list[str], list[Row]]:
    """A table with its rows: one that programs sent and that waits, or a published one."""
    piece = drafts.own_piece(person, number) or drafts.pending_piece(person, number)
    if piece is not None:
        return _of_piece(piece)
    if packages.file_named(number) is None:
        raise NotThere(f'Resource "{number[:36] if number.replace("-", "").isalnum() else "?"}" was not found.')
    _dataset, table = tables.table_named(number)
    rows = pl.read_parquet(shelf.path_of(table))
    piece = writing.piece_of(person, number)
    return piece, rows.columns, list(rows.with_row_index(NUMBER, offset=1).iter_rows(named=True))


def _of_piece(piece: Piece) -> tuple[Piece, list[str], list[Row]]:
    sent = piece.submission
    if sent is None or not piece.rows or not sent.storage_key:
        raise NotAllowed("Baris hanya dapat ditambah pada tabel yang dikirim lewat datastore_create.")
    with vault.open_plain(sent) as plain, io.TextIOWrapper(plain, encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        rows = [{NUMBER: number, **row} for number, row in enumerate(reader, start=1)]
        return piece, list(reader.fieldnames or []), rows


def _changed(rows: Sequence[Row], records: Sequence[Row]) -> list[Row]:
    """Rows are known by their number alone: no other key is kept."""
    by_number = {row[NUMBER]: row for row in rows}
    for one in records:
        number = one.get(NUMBER)
        if not isinstance(number, int) or number not in by_number:
            raise Invalid({"key": ["The table has no unique key but _id: every record needs the _id of a row"]})
        by_number[number] = {**by_number[number], **one}
    return list(by_number.values())


def _same(cell: object, value: object) -> bool:
    values = value if isinstance(value, list) else [value]
    return str("" if cell is None else cell) in {str("" if one is None else one) for one in values}


def _answer(piece: Piece, told: Given, fields: Sequence[str]) -> dict[str, Any]:
    """As CKAN tells it, without the rows."""
    return {
        "resource_id": str(piece.pk),
        "package_id": str(piece.draft_id),
        "fields": [{"id": name, "type": "text"} for name in fields],
        "gate": _gate(piece),
    }


def _gate(piece: Piece) -> dict[str, Any]:
    return gatekeeping.said_of(piece.submission) if piece.submission else {}
