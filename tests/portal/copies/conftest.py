"""A held register of invented residents, and copies of it that somebody asked for and somebody else approved."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from lumbung import gate
from lumbung.invent.residents import invent_households, people
from lumbung.portal.copies import asking
from lumbung.portal.copies.asking import Recipient, Wish
from lumbung.portal.copies.jobs import make_copies
from lumbung.portal.copies.masks import Mask
from lumbung.portal.copies.models import Format, Handout, HandoutKind
from lumbung.portal.intake.models import Submission
from tests.portal.shelves import Desk, actor, desk

__all__ = ["desk"]
HOUSEHOLDS = invent_households(seed=8, count=40)
RECIPIENTS = tuple(
    Recipient(institution=f"Partai {name}", contact="Sekretariat") for name in ("Padi", "Jagung", "Ubi")
)
Ask = Callable[..., Handout]


def register() -> bytes:
    """As a village keeps it; one name begins like a formula, one address holds a number."""
    lines = ["NIK;NO KK;NAMA;TANGGAL LAHIR;JENIS KELAMIN;DUSUN;ALAMAT"]
    for number, (home, one) in enumerate(people(HOUSEHOLDS)):
        address = f"Titip {one.nik}" if number == 3 else "=1+1" if number == 4 else home.address
        lines.append(
            f"{one.nik};{home.kk};{one.name};{one.birth:%d-%m-%Y};{'P' if one.female else 'L'};{home.hamlet};{address}"
        )
    return "\n".join([*lines, ""]).encode()


def numbers() -> set[str]:
    """Every NIK and KK of sixteen digits in it."""
    found = {value for home, one in people(HOUSEHOLDS) for value in (one.nik, home.kk)}
    return {value for value in found if len(value) == 16}


@pytest.fixture(scope="session", autouse=True)
def _warm() -> None:
    """Start the confined children once, so that no test waits for them."""
    gate.warm()


@pytest.fixture
def held(desk: Desk) -> Submission:
    """The register, held by the gate."""
    submission = desk.send(register(), name="register.csv")
    assert submission.state == "held"
    return submission


@pytest.fixture
def ask(desk: Desk, held: Submission) -> Ask:
    """Ask for copies: `ask(format=Format.CSV, ...)`."""

    def asked(**changes: object) -> Handout:
        wish = {
            "kind": HandoutKind.EXTRACT,
            "recipients": RECIPIENTS,
            "legal_basis": "Peraturan contoh pasal 1",
            "purpose": "Pemutakhiran daftar.",
            "columns": ("nik", "kk", "sex", "hamlet", "address"),
            "mask": Mask.FOUR,
            "format": Format.CSV,
            "return_by": timezone.localdate() + timedelta(days=30),
            **changes,
        }
        person = desk.producer
        return asking.ask(held, Wish(**wish), person=person, by=actor(person))  # type: ignore[arg-type]

    return asked


@pytest.fixture
def ready(desk: Desk, ask: Ask) -> Ask:
    """The same, approved and made."""

    def made(**changes: object) -> Handout:
        handout = ask(**changes)
        asking.decide(handout, person=desk.ppdp, by=actor(desk.ppdp), approve=True, because="Ada dasar hukumnya.")
        make_copies.call(str(handout.pk))
        handout.refresh_from_db()
        assert handout.state == "ready", handout.code
        return handout

    return made
