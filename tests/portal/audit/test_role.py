"""The role that docs/record.md gives the portal on PostgreSQL: its own SQL, tried on a real server."""

import re
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import SYSTEM, Subject
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "record.md"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET kind = 'lain'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event CASCADE",
        "DROP TRIGGER audit_event_no_delete ON audit_event",
        "ALTER TABLE audit_event DISABLE TRIGGER ALL",
        "DELETE FROM audit_head",
    ],
)
def test_may_add_and_nothing_else(statement: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no roles")
    grants = re.search(r"```sql\n(.+?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert grants
    with connection.cursor() as cursor:
        cursor.execute(grants[1])
        cursor.execute("SET LOCAL ROLE portal")
        record_now(Kind.RECEIVED, by=SYSTEM, subject=Subject(kind="submission", id="1", label="nama.csv"))
        assert Event.objects.update(subject_label="") == 1
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
            cursor.execute(statement)
