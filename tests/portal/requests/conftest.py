"""An office that serves, with a key whose private half the test alone holds, and envelopes sealed to it."""

import hashlib
import io
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import BinaryIO, cast

import pytest

from lumbung.counter.headers import Header, read_header
from lumbung.counter.tickets import verifier_of
from lumbung.portal.accounts.models import Person
from lumbung.portal.audit.actors import Actor
from lumbung.portal.incidents import age
from lumbung.portal.requests import receiving
from lumbung.portal.requests.models import Office, OfficeKey, Request
from tests.portal.conftest import Regency

PLANTED = "Siti Planted 9912345678901234"


@dataclass(frozen=True)
class Served:
    """The office, its officer, and the private half of its key."""

    office: Office
    officer: Person
    key: OfficeKey
    secret: str

    @property
    def by(self) -> Actor:
        return Actor(id=f"person:{self.officer.pk}", name=self.officer.name)


@pytest.fixture
def served(regency: Regency, person: Callable[..., Person]) -> Served:
    office = Office.objects.create(
        organisation=regency.agency, address="Jalan Padi 1", begins=time(8), ends=time(15), weekdays=[0, 1, 2, 3, 4]
    )
    secret, public = age.new_key()
    number = hashlib.sha256(public.encode()).hexdigest()[:16]
    key = OfficeKey.objects.create(office=office, number=number, recipient=public)
    return Served(office, person("petugas_layanan", regency.agency), key, secret)


@dataclass(frozen=True)
class Envelope:
    """What a browser sends, and the secret that stays in the applicant's link."""

    header: Header
    body: bytes
    secret: str


def sealed(plain: bytes, *, recipient: str) -> bytes:
    out = io.BytesIO()
    sealing = age.Sealing(cast(BinaryIO, out), recipient=recipient)
    sealing.write(plain)
    sealing.close()
    return out.getvalue()


def envelope(served: Served, *, plain: bytes = PLANTED.encode(), **changed: object) -> Envelope:
    body, secret = sealed(plain, recipient=served.key.recipient), secrets.token_hex(16)
    said: dict[str, object] = {
        "number": secrets.token_hex(16),
        "service": "kk",
        "office": served.office.organisation.slug,
        "key": served.key.number,
        "verifier": verifier_of(secret),
        "size": len(body),
        "sha256": hashlib.sha256(body).hexdigest(),
        "made": date(2026, 11, 20).isoformat(),
    }
    return Envelope(read_header(json.dumps(said | changed).encode()), body, secret)


def taken(one: Envelope) -> Request:
    receiving.take(one.header, io.BytesIO(one.body))
    return Request.objects.get(number=one.header.number)
