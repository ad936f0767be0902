"""Nothing is published in a training house: not by any role, not past the database, on no address."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from lumbung.portal.accounts.models import Membership, Organisation, Person
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.publication import actions
from lumbung.portal.publication.permissions import check_publishes
from tests.portal.shelves import Desk, actor, signed_in, somebody

pytestmark = pytest.mark.django_db
TITLE = "Tabel latihan Kelompok Kacapiring"


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every address of the site that takes nothing, and every other with each thing that it might be given."""
    for one in (resolver or get_resolver()).url_patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one, here)
        elif isinstance(one, URLPattern) and "^" not in here:
            yield here


def filled(address: str, values: dict[str, str]) -> str:
    """The address with its blanks filled in."""
    for blank in [part.split(">")[0] for part in address.split("<")[1:]]:
        kind = blank.split(":")[0]
        address = address.replace(f"<{blank}>", values.get(kind, values["slug"]))
    return "/" + address.lstrip("/")


@pytest.mark.parametrize("role", list(Role))
def test_no_role_publishes(training: Path, desk: Desk, role: Role) -> None:
    submission = desk.approve(desk.send())
    person = somebody(role, Organisation.objects.get(depth=1))
    with pytest.raises(Refused) as refused:
        actions.publish(submission, person=person, by=actor(person))
    assert refused.value.code == "training"
    assert not Dataset.objects.exists()


def test_not_even_all_roles_together(training: Path, desk: Desk) -> None:
    submission = desk.approve(desk.send())
    for role in Role:
        where = Organisation.objects.get(depth=1)
        Membership.objects.get_or_create(person=desk.walidata, organisation=where, role=role)
    signed_in(desk.walidata).post(f"/meja/tinjau/{submission.pk}/terbit")
    with pytest.raises(Refused):
        check_publishes(desk.walidata, submission)
    assert not Dataset.objects.exists()


def test_past_the_permission_the_database_refuses(locked_shelf: None, desk: Desk, monkeypatch: object) -> None:
    submission = desk.approve(desk.send())
    assert isinstance(monkeypatch, pytest.MonkeyPatch)
    monkeypatch.setattr(actions, "check_publishes", lambda *_: None)
    with pytest.raises(IntegrityError, match="publishes nothing"), transaction.atomic():
        actions.publish(submission, person=desk.walidata, by=actor(desk.walidata))
    with pytest.raises(IntegrityError, match="publishes nothing"), transaction.atomic():
        Dataset.objects.create(
            slug="x", title="x", organisation=desk.village, released_at=timezone.now(), state_since=timezone.now()
        )
    assert not Dataset.objects.exists()


def test_the_same_desk_publishes_elsewhere(desk: Desk) -> None:
    assert desk.publish().title


def test_nothing_of_it_is_on_any_public_address(training: Path, desk: Desk) -> None:
    submission = desk.approve(desk.send(title=TITLE))
    values = {"uuid": str(submission.pk), "int": "1", "slug": "tabel-latihan-kelompok-kacapiring", "str": "99.01"}
    public, asked = Client(raise_request_exception=False), 0
    for address in addresses():
        for question in ("", "?q=Kacapiring"):
            answer = public.get(filled(address, values) + question)
            body = answer.getvalue() if answer.streaming else answer.content
            assert TITLE.encode() not in body, address
            assert submission.sha256.encode() not in body, address
            assert answer.headers["X-Robots-Tag"].startswith("noindex"), address
            asked += 1
    assert asked > 60


def test_it_says_so_on_every_page_and_in_no_other_house(training: Path, desk: Desk, settings: object) -> None:
    submission = desk.send()
    pages = ["/", "/masuk", "/aturan", "/tidak/ada", "/meja/kiriman/", "/meja/kiriman/baru", "/meja/latihan"]
    pages.append(submission.get_absolute_url())
    browser = signed_in(desk.producer)
    for page in pages:
        said = browser.get(page, follow=True).content.decode()
        assert "LATIHAN" in said, page
        assert " practice" in said, page
    settings.TRAINING = False  # type: ignore[attr-defined]
    for page in pages:
        assert "LATIHAN" not in browser.get(page, follow=True).content.decode(), page


def test_elsewhere_its_pages_were_never_there(desk: Desk) -> None:
    browser = signed_in(desk.walidata)
    for page in ("", "/berkas/unggahan", "/peserta", "/kosongkan"):
        assert browser.get(f"/meja/latihan{page}").status_code == 404
        assert browser.post(f"/meja/latihan{page}").status_code == 404
    assert not Event.objects.filter(kind__in=(Kind.PRACTICE_TAKEN, Kind.EMPTYING_ASKED)).exists()
    assert not Person.objects.filter(email__endswith="latihan.example").exists()
