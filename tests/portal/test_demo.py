"""The demo goes through the portal's own verbs, once: a second start finds everything in its place."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lumbung.cli import demo_regency
from lumbung.cli.demo import sign_ins
from lumbung.cli.demo_days import age
from lumbung.invent import invent_regency, invent_statistics
from lumbung.invent.offices import LEADING
from lumbung.invent.regency import Regency
from lumbung.portal.accounts.models import Membership, Organisation, Person
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import State
from lumbung.portal.review.models import Decision

WHOLE = invent_regency()
SMALL = Regency(districts=WHOLE.districts[:1])
STATISTICS = invent_statistics(WHOLE)[-3:]  # two to publish, one to wait


@pytest.mark.django_db
def test_it_fills_an_empty_portal_and_then_leaves_it_alone(home: Path, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    demo_regency.fill(home, regency=SMALL, statistics=STATISTICS)
    titles = {statistic.title for statistic in STATISTICS[:2]}
    assert set(Dataset.objects.values_list("title", flat=True)) == titles
    assert {one.state for one in Submission.objects.all()} == {State.PUBLISHED, State.IN_REVIEW, State.HELD}
    assert not Decision.objects.filter(submission__submitted_by=demo_regency.person(demo_regency.Role.WALIDATA, ""))
    ages = [(timezone.now() - dataset.released_at).days for dataset in Dataset.objects.order_by("released_at", "pk")]
    assert ages == sorted((age(statistic) for statistic in STATISTICS[:2]), reverse=True)
    days = list(Event.objects.order_by("sequence").values_list("at", flat=True))
    assert days == sorted(days), "the record goes through the year as the datasets came"
    page = Client().get("/").content.decode()
    assert all(title in page for title in titles)

    lines = Event.objects.count()
    demo_regency.fill(home, regency=SMALL, statistics=STATISTICS)
    assert Event.objects.count() == lines
    assert Event.objects.filter(kind=Kind.PUBLISHED).exists()


@pytest.mark.django_db
def test_every_role_can_sign_in_and_the_tree_is_whole(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    demo_regency.add_organisations(SMALL)
    demo_regency.add_people()
    assert set(Membership.objects.values_list("role", flat=True)) == set(demo_regency.Role.values)
    for one in LEADING:
        person = Person.objects.get(email=one.email)
        assert person.check_password(str(one.password))
    village = Organisation.objects.get(kode="99.01.01.2001")
    assert [above.kode for above in Organisation.objects.get_ancestors(village)] == ["99.01", "99.01.01"]
    assert all(one.email in "".join(sign_ins(LEADING)) for one in LEADING)
