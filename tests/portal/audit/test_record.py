"""The record only grows: it refuses what has no transaction, and the database refuses change, whoever asks."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from lumbung.portal.audit.actions import NotInTransaction, record, record_now
from lumbung.portal.audit.actors import SYSTEM, Actor, Subject
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event

FILE = Subject(kind="submission", id="0b7e", label="penduduk.csv", organisation="desa", sha256="ab" * 32)


@pytest.mark.django_db(transaction=True)
def test_refuses_without_a_transaction() -> None:
    with pytest.raises(NotInTransaction):
        record(Kind.RECEIVED, by=SYSTEM, subject=FILE)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_goes_with_the_act_or_not_at_all() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(Kind.RECEIVED, by=SYSTEM, subject=FILE)
        _ = 1 / 0
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_keeps_the_facts(actor: Actor) -> None:
    line = record_now(Kind.HELD, by=actor, subject=FILE, because="ada NIK", codes=["nik"])
    line.refresh_from_db()
    assert (line.actor, line.actor_name, line.actor_organisation) == ("person:1", "Orang", "Desa")
    assert (line.address, line.device) == ("127.0.0.1", "peramban")
    assert (line.subject, line.subject_label, line.organisation) == ("submission:0b7e", "penduduk.csv", "desa")
    assert (line.because, line.details, line.sha256) == ("ada NIK", {"codes": ["nik"]}, "ab" * 32)
    assert timezone.now() - line.at < timedelta(minutes=1)


@pytest.mark.django_db
def test_the_sequence_has_no_holes() -> None:
    for _ in range(5):
        record_now(Kind.RECEIVED, by=SYSTEM, subject=FILE)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(Kind.RECEIVED, by=SYSTEM, subject=FILE)
        _ = 1 / 0
    record_now(Kind.HELD, by=SYSTEM, subject=FILE)
    numbers = list(Event.objects.order_by("sequence").values_list("sequence", flat=True))
    assert numbers == list(range(1, 7))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET because = 'lain'",
        "UPDATE audit_event SET sequence = sequence + 1",
        "DELETE FROM audit_event",
    ],
)
def test_the_database_refuses_change(statement: str) -> None:
    record_now(Kind.RECEIVED, by=SYSTEM, subject=FILE)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.get().because == ""


COPY = "INTO audit_event SELECT {sequence}, at, 'held', {rest} FROM audit_event"


@pytest.mark.django_db
@pytest.mark.parametrize("sequence", ["sequence", "sequence + 2", "sequence - 1"])
@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE"])
def test_the_database_adds_at_the_end_only(verb: str, sequence: str) -> None:
    if verb != "INSERT" and connection.vendor != "sqlite":
        pytest.skip("only SQLite replaces a line while it adds one")
    record_now(Kind.RECEIVED, by=SYSTEM, subject=FILE)
    rest = ", ".join(field.column for field in Event._meta.concrete_fields[3:])
    statement = f"{verb} {COPY.format(sequence=sequence, rest=rest)}"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.get().kind == Kind.RECEIVED


@pytest.mark.django_db
def test_the_models_add_nothing_over_an_old_line() -> None:
    line = record_now(Kind.RECEIVED, by=SYSTEM, subject=FILE)
    line.because = "lain"
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.bulk_create([line], update_conflicts=True, unique_fields=["sequence"], update_fields=["because"])
    assert Event.objects.get().because == ""


@pytest.mark.django_db
def test_the_database_refuses_emptying() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite knows no TRUNCATE")
    record_now(Kind.RECEIVED, by=SYSTEM, subject=FILE)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_event")


@pytest.mark.django_db
def test_the_models_refuse_change_too() -> None:
    line = record_now(Kind.RECEIVED, by=SYSTEM, subject=FILE)
    line.because = "lain"
    with pytest.raises(DatabaseError), transaction.atomic():
        line.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        line.delete()


def test_every_kind_has_a_sentence() -> None:
    assert all(str(kind.label) and str(kind.label) != kind.value for kind in Kind)


def test_a_line_has_no_foreign_key() -> None:
    assert not [field.name for field in Event._meta.get_fields() if field.is_relation]
