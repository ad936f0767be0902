"""Files on their way in, and the job run at once."""

from collections.abc import Callable
from datetime import date

import pytest

from lumbung import gate
from lumbung.invent import nik
from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.models import Event
from lumbung.portal.intake import actions, vault
from lumbung.portal.intake.jobs import inspect_submission
from lumbung.portal.intake.models import Submission
from tests.portal.conftest import CSV, Regency

Receive = Callable[..., Submission]
MakePerson = Callable[..., Person]


def secret_numbers(count: int = 12) -> list[str]:
    """Invented NIKs with serials that no office issues."""
    return [
        nik(region="330801", birth=date(1960 + n, 1 + n % 12, 3 + n), female=bool(n % 2), serial=9001 + n)
        for n in range(count)
    ]


def register(count: int = 12) -> bytes:
    """A small register of invented residents."""
    rows = [f"{n};{number};Jl. Padi {n}" for n, number in enumerate(secret_numbers(count), start=1)]
    return "\n".join(["No;NIK;Alamat", *rows, ""]).encode()


@pytest.fixture(scope="session", autouse=True)
def _warm() -> None:
    """Start the confined children once, so that no test waits for them."""
    gate.warm()


@pytest.fixture
def producer(regency: Regency, person: MakePerson) -> Person:
    return person("produsen", regency.village)


@pytest.fixture
def receive(producer: Person, regency: Regency, actor: Actor) -> Receive:
    """Take a file in: `receive(b"...", name="data.csv")`."""

    def take(
        content: bytes = CSV,
        *,
        name: str = "penduduk.csv",
        organisation: Organisation | None = None,
        by: Person | None = None,
        **description: str,
    ) -> Submission:
        sealed = vault.seal_bytes([content], name=name)
        return actions.receive(
            sealed,
            person=by or producer,
            organisation=organisation or regency.village,
            by=actor,
            description={"title": "Penduduk", **description},
        )

    return take


@pytest.fixture
def inspected(receive: Receive) -> Receive:
    """The same, and inspected."""

    def take(*args: bytes, **keywords: object) -> Submission:
        submission = receive(*args, **keywords)
        inspect_submission.call(str(submission.pk))
        submission.refresh_from_db()
        return submission

    return take


def kinds() -> list[str]:
    """What the record holds, in order."""
    return list(Event.objects.order_by("sequence").values_list("kind", flat=True))
