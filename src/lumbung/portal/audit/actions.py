"""The only way to write into the record, and the only thing that is ever taken out of it: whom a line is about."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from lumbung.portal.audit import exports
from lumbung.portal.audit.actors import SYSTEM, Actor, Subject
from lumbung.portal.audit.heads import sign_head
from lumbung.portal.audit.inserting import insert, next_number
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.leaf import sealed
from lumbung.portal.audit.models import Event
from lumbung.portal.audit.noting import note

LOCK = 7_014_033  # any constant: the PostgreSQL advisory lock that lets one writer at a time take the next number


class NotInTransaction(RuntimeError):
    """An act and its line are written together or not at all."""


def record(kind: Kind, *, by: Actor, subject: Subject, because: str = "", **details: Any) -> Event:
    """Add one line, in the transaction of the act itself. Raise NotInTransaction where none is open.

    `details` must be plain values ready for JSON: counts, codes, versions; never a value from a file. Cannot be
    undone.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(kind.value)
    line = Event(
        sequence=_next_sequence(),
        at=timezone.now(),
        kind=kind,
        actor=by.id,
        actor_name=by.name[:200],
        actor_organisation=by.organisation[:200],
        address=by.address,
        device=by.device,
        subject=subject.key[:200],
        subject_label=subject.label[:200],
        organisation=subject.organisation,
        sha256=subject.sha256,
        because=because,
        details=details,
    )
    insert(sealed(line))
    note(line.sequence)
    return line


def record_now(kind: Kind, *, by: Actor, subject: Subject, because: str = "", **details: Any) -> Event:
    """Add one line for an act that writes nothing else, such as a download or a failed sign-in."""
    with transaction.atomic():
        return record(kind, by=by, subject=subject, because=because, **details)


def _next_sequence() -> int:
    """One more than the last line. SQLite has one writer at a time (BEGIN IMMEDIATE); on PostgreSQL we lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    return next_number()


@transaction.atomic
def erase(person: Subject, *, by: Actor, because: str) -> int:
    """Empty the person's name, organisation, address and device in every line; gives the number of lines.

    Lines, leaves and heads stay as they are: what was promised can no longer be shown. Reasons that people wrote are
    kept, for the law that asks for them; that the person was erased is a line of its own, without their name.
    """
    nameless = replace(person, label="")
    record(Kind.PERSON_ERASED, by=by, subject=nameless, because=because)
    acted = _emptied(Event.objects.filter(actor=person.key), ("actor_name", "actor_organisation", "address", "device"))
    return acted + _emptied(Event.objects.filter(subject=person.key), ("subject_label",))


def _emptied(lines: QuerySet[Event], fields: tuple[str, ...]) -> int:
    number = 0
    for line in lines.iterator():
        salts = {field: salt for field, salt in line.salts.items() if field not in fields}
        number += Event.objects.filter(pk=line.pk).update(salts=salts, **dict.fromkeys(fields, ""))
    return number


def export(folder: Path, *, personal: bool) -> int:
    """Sign the record and write all of it into a folder; gives the number of lines. That it was written is a line."""
    record_now(Kind.RECORD_EXPORTED, by=SYSTEM, subject=Subject(kind="record", id="all"), personal=personal)
    sign_head()
    return exports.write(folder, personal=personal)


def beat() -> None:
    """A line that says that the house is kept: where such lines are missing, nobody was watching."""
    record_now(Kind.HEARTBEAT, by=SYSTEM, subject=Subject(kind="record", id="all"))
