"""One line into the table, and the number it gets: in SQL of its own, because everything that happens comes by here.

Measured: through the model's own `save` and `aggregate` a line costs four times as much, nearly all of it in building
the same two statements anew (`python -m bench.record`).
"""

import json
from typing import Any

from django.db import connection

from lumbung.portal.audit.models import Event

JSON = ("details", "commitments", "salts")
TEXT = (
    "kind", "actor", "actor_name", "actor_organisation", "address", "device", "subject", "subject_label",
    "organisation", "sha256", "because", "leaf",
)  # fmt: skip
COLUMNS = ("sequence", "at", *TEXT, *JSON)
INSERT = f"INSERT INTO audit_event ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"  # noqa: S608
NEXT = "SELECT coalesce(max(sequence), 0) + 1 FROM audit_event"


def next_number() -> int:
    """One more than the last line's. The caller holds whatever keeps two writers apart."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT)
        number: int = cursor.fetchone()[0]
    return number


def insert(line: Event) -> None:
    """Write a sealed line. What the database refuses is raised as the database says it (IntegrityError and kin)."""
    values: list[Any] = [line.sequence, connection.ops.adapt_datetimefield_value(line.at)]
    values += [getattr(line, name) for name in TEXT]
    values += [json.dumps(getattr(line, name)) for name in JSON]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
    line._state.adding, line._state.db = False, connection.alias
