"""A fire brigade with a feed, its key, an officer, and an admin who opens nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.audit.actors import Actor
from lumbung.portal.emergencies import actions, taking
from lumbung.portal.emergencies.models import Feed
from tests.portal.conftest import Regency

MakePerson = Callable[..., Person]
DISTRICTS = ("99.01.01", "99.01.02", "99.01.03", "99.01.04")


def by(person: Person) -> Actor:
    return Actor(id=f"person:{person.pk}", name=person.name)


@dataclass
class Brigade:
    """The feed, who keeps it, who opens calls, and the app's key."""

    feed: Feed
    admin: Person
    officer: Person
    key: str

    def push(self, calls: list[Any], *, key: str = "") -> HttpResponse:
        """What the app sends."""
        bearer = {"Authorization": f"Bearer {key or self.key}"}
        address = "/darurat/panggilan"
        return Client().post(address, {"panggilan": calls}, content_type="application/json", headers=bearer)


@pytest.fixture
def brigade(regency: Regency, person: MakePerson) -> Brigade:
    regency.district.kode = DISTRICTS[0]
    regency.district.save()
    for kode in DISTRICTS[1:]:
        place = {"kind": "district", "name": f"Kecamatan {kode[-2:]}", "slug": f"k-{kode[-2:]}", "kode": kode}
        Organisation.objects.add_child(Organisation.objects.get(pk=regency.top.pk), place)
    admin, officer = person("admin", regency.agency), person("produsen", regency.agency)
    made = actions.make(regency.agency, name="SIYAP", retention_days=180, person=admin, by=by(admin))
    actions.name_officer(made, officer=officer, person=admin, by=by(admin))
    return Brigade(feed=made, admin=admin, officer=officer, key=taking.make_key(made, person=admin, by=by(admin)))


def last_quarter() -> datetime:
    """The tenth day of the first month of the quarter that ended last, at noon."""
    now = timezone.localtime()
    first = now.replace(month=(now.month - 1) // 3 * 3 + 1, day=1, hour=12, minute=0, second=0, microsecond=0)
    return (first - timedelta(days=80)).replace(day=10)


def call(number: str, at: datetime, *, district: str = DISTRICTS[0], minutes: int = 8, **more: Any) -> dict[str, Any]:
    """One call as the app writes it."""
    said = {
        "nomor": number,
        "jenis": "kebakaran",
        "waktu": {"lapor": at.isoformat(), "tiba": (at + timedelta(minutes=minutes)).isoformat()},
        "tempat": {"kecamatan": district, "alamat": "Jalan Kacapiring 7", "lintang": -7.4, "bujur": 110.2},
        "pelapor": {"nama": "Pelapor", "telepon": "081200009001"},
        "uraian": "asap dari dapur",
    }
    return {**said, **more}
