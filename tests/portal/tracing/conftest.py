"""A penelusur, registers of invented residents, and the job run at once."""

from collections.abc import Callable
from typing import Any

import pytest

from lumbung import gate
from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.actors import Actor
from lumbung.portal.intake import vault
from lumbung.portal.tracing import asking
from lumbung.portal.tracing.jobs import answer_question
from lumbung.portal.tracing.models import Asked, Question
from tests.portal.shelves import Desk, actor, desk, somebody

__all__ = ["desk"]


@pytest.fixture(scope="session", autouse=True)
def _warm() -> None:
    """Start the confined children once, so that no test waits for them."""
    gate.warm()


@pytest.fixture
def tracer(desk: Desk) -> Person:
    """A penelusur of the regency."""
    return somebody(Role.PENELUSUR, Organisation.objects.get_root(desk.village))


@pytest.fixture
def by(tracer: Person) -> Actor:
    return actor(tracer)


@pytest.fixture
def asked(tracer: Person, by: Actor) -> Callable[..., Question]:
    """Ask and have it answered: `asked(b"...", name="contoh.csv")`."""

    def put(*contents: bytes, about: Asked = Asked.MATCH, name: str = "contoh.csv", **more: Any) -> Question:
        sealed = [vault.seal_bytes([content], name=name) for content in contents]
        because = "Beredar di sebuah forum."
        question = asking.ask(about, person=tracer, by=by, because=because, sealed=sealed, **more)
        answer_question.call(str(question.pk))
        question.refresh_from_db()
        return question

    return put
