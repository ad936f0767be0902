"""People at their desks, and files on their way to the shelf: all through the real verbs."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from lumbung.portal.accounts.models import Membership, Organisation, Person
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.actors import Actor
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.intake import vault
from lumbung.portal.intake.actions import receive
from lumbung.portal.intake.jobs import inspect_submission
from lumbung.portal.intake.models import Submission
from lumbung.portal.publication.actions import publish
from lumbung.portal.review.actions import decide
from lumbung.portal.review.models import Answer
from lumbung.portal.review.queries import as_seen

TABLE = b"kecamatan;tahun;jumlah penduduk\nSukatani;2024;12450\nMekarsari;2024;9811\nCiwangi;2024;15012\n"
DESCRIPTION = {
    "title": "Jumlah penduduk menurut kecamatan",
    "description": "Banyaknya penduduk setiap kecamatan pada akhir tahun.",
    "theme": "kependudukan",
    "period": "2024",
    "source": "Dinas Kependudukan dan Pencatatan Sipil",
    "unit": "jiwa",
    "licence": "CC-BY-4.0",
    "frequency": "tahunan",
    "classification": "terbuka",
    "legal_basis": "Keputusan Bupati tentang Daftar Informasi Publik",
}


def actor(person: Person) -> Actor:
    """The person as the record knows them."""
    return Actor(id=f"person:{person.pk}", name=person.name, address="127.0.0.1", device="peramban")


@dataclass(frozen=True)
class Desk:
    """A village with one person in each role, the roles given at the regency but for the producer's."""

    village: Organisation
    neighbour: Organisation
    producer: Person
    walidata: Person
    colleague: Person
    ppdp: Person
    duty: Person
    admin: Person
    stranger: Person

    def send(
        self, content: bytes = TABLE, *, name: str = "data.csv", dataset: Dataset | None = None, **words: str
    ) -> Submission:
        """A file as it stands after the gate looked at it."""
        described = {**DESCRIPTION, **words}
        sealed = vault.seal_bytes([content], name=name)
        where = {"organisation": self.village, "person": self.producer, "by": actor(self.producer)}
        submission = receive(sealed, description=described, dataset=dataset, **where)  # type: ignore[arg-type]
        inspect_submission.call(str(submission.pk))
        submission.refresh_from_db()
        return submission

    def approve(self, submission: Submission, *, person: Person | None = None) -> Submission:
        """Approved by the walidata."""
        by = person or self.walidata
        decide(
            submission, person=by, by=actor(by), answer=Answer.APPROVE, because="Lengkap.", seen=as_seen(submission)
        )
        submission.refresh_from_db()
        return submission

    def publish(self, content: bytes = TABLE, **sent: Any) -> Dataset:
        """On the shelf."""
        submission = self.approve(self.send(content, **sent))
        return publish(submission, person=self.walidata, by=actor(self.walidata))


def somebody(role: Role, organisation: Organisation) -> Person:
    """A person with one role, no password and no second step: they come in by `signed_in`."""
    number = Person.objects.count() + 1
    email, name = f"{role}{number}@contoh.test", f"Orang {role} {number}"
    person = Person.objects.create_user(email, None, name=name, invented=True)
    Membership.objects.create(person=person, organisation=organisation, role=role)
    return person


@pytest.fixture
def desk(regency: Any) -> Desk:
    """Everybody who has a part in it."""
    return Desk(
        village=regency.village,
        neighbour=regency.neighbour,
        producer=somebody(Role.PRODUSEN, regency.village),
        walidata=somebody(Role.WALIDATA, regency.top),
        colleague=somebody(Role.WALIDATA, regency.top),
        ppdp=somebody(Role.PPDP, regency.top),
        duty=somebody(Role.PETUGAS_PIKET, regency.top),
        admin=somebody(Role.ADMIN, regency.top),
        stranger=somebody(Role.WALIDATA, regency.neighbour),
    )


def signed_in(someone: Person) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(someone, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
