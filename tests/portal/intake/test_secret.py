"""The planted secret: known numbers go in, and are searched for in everything the door writes and says."""

import logging
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from lumbung.config.logs import Bare
from lumbung.portal.accounts.models import Person
from lumbung.portal.audit.models import Event
from lumbung.portal.intake.jobs import inspect_submission
from lumbung.portal.intake.models import Submission
from tests.portal.conftest import Regency
from tests.portal.intake.conftest import MakePerson, register, secret_numbers
from tests.portal.intake.test_receive import form, stored

BARE = "\n".join([*secret_numbers(12), ""]).encode()  # no heading: the first row could be taken for one


def everything_in_the_database() -> bytes:
    """SQLite: the bytes of its files. PostgreSQL: every row of every table as text."""
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        return b"".join(path.read_bytes() for path in name.parent.glob(f"{name.name}*"))
    with connection.cursor() as cursor:
        rows: list[str] = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(table)} t")
            rows += [row[0] for row in cursor.fetchall()]
    return "\n".join(rows).encode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("content", [register(), BARE], ids=["register", "bare"])
def test_no_number_is_anywhere_in_clear(
    content: bytes,
    producer: Person,
    regency: Regency,
    person: MakePerson,
    client: Client,
    home: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    numbers = secret_numbers(12)
    client.force_login(producer)
    client.post("/meja/kiriman/baru", form(regency, content, name=f"KTP {numbers[0]}.csv"))
    submission = Submission.objects.get()
    inspect_submission.call(str(submission.pk))
    pages = [client.get(submission.get_absolute_url()), client.get("/meja/kiriman/")]
    client.force_login(person("walidata", regency.top))
    pages.append(client.post(f"{submission.get_absolute_url()}/contoh"))
    pages.append(client.get(f"/meja/jejak/kiriman/{submission.pk}"))
    assert Event.objects.count() >= 4
    said = capfd.readouterr()
    places = {
        "log": caplog.text.encode(),
        "output": (said.out + said.err).encode(),
        "database": everything_in_the_database(),
        "storage": b"".join(path.read_bytes() for path in stored(home)),
        "pages": b"".join(page.content for page in pages),
    }
    assert b"inspecting" in places["log"]
    found = [(place, number) for place, text in places.items() for number in numbers if number.encode() in text]
    assert not found


def test_a_refused_address_is_logged_without_its_words(client: Client, db: None, capfd: pytest.CaptureFixture) -> None:
    number = secret_numbers()[0]
    assert client.get(f"/dataset/{number}").status_code == 404
    said = "".join(capfd.readouterr())
    assert number not in said
    record = logging.LogRecord("django.request", logging.WARNING, "f.py", 1, "Not Found: %s", (f"/{number}",), None)
    record.status_code = 404
    Bare().filter(record)
    assert record.getMessage() == "answered 404"


def test_an_error_is_logged_without_its_text() -> None:
    try:
        raise ValueError(f"unexpected cell {secret_numbers()[0]}")
    except ValueError:
        import sys

        record = logging.LogRecord("x", logging.ERROR, "f.py", 1, "at %s", ("/jalan",), sys.exc_info())
    Bare().filter(record)
    line = logging.Formatter("%(message)s").format(record)
    assert re.fullmatch(r"builtins\.ValueError at .+test_secret\.py:\d+", line)
