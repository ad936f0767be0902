"""The admin's desk: add a person, give and take a role, close an account; each recorded, each only at home."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from lumbung.portal.accounts import actions
from lumbung.portal.accounts.models import Membership, Organisation, OrganisationKind, Person
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from tests.portal.conftest import Regency

MakePerson = Callable[..., Person]


@pytest.fixture
def admin(regency: Regency, person: MakePerson, client: Client) -> Person:
    someone = person("admin", regency.district)
    client.force_login(someone)
    return someone


def kinds() -> list[str]:
    return list(Event.objects.order_by("sequence").values_list("kind", flat=True))


def test_adds_a_person(admin: Person, regency: Regency, client: Client) -> None:
    new = {"name": "Sekdes", "email": "Sekdes@Desa.test", "organisation": regency.village.pk, "role": "produsen"}
    assert client.post("/meja/orang/undang", new).status_code == 200
    person = Person.objects.get(email="sekdes@desa.test")
    assert not person.has_usable_password()
    assert kinds() == [Kind.PERSON_ADDED, Kind.ROLE_GIVEN, Kind.INVITED]


@pytest.mark.parametrize(
    "change", [{"email": "bukan surel"}, {"role": "raja"}, {"name": ""}, {"email": "sama@d.test"}]
)
def test_refuses_what_is_wrong(
    change: dict[str, str], admin: Person, regency: Regency, person: MakePerson, client: Client
) -> None:
    person(email="sama@d.test")
    new = {"name": "Sekdes", "email": "sekdes@desa.test", "organisation": regency.village.pk, "role": "produsen"}
    assert client.post("/meja/orang/undang", {**new, **change}).status_code == 200
    assert kinds() == []


def test_refuses_an_organisation_of_others(admin: Person, regency: Regency, client: Client) -> None:
    new = {"name": "Sekdes", "email": "sekdes@desa.test", "organisation": regency.agency.pk, "role": "produsen"}
    assert client.post("/meja/orang/undang", new).status_code == 200
    assert kinds() == []


@pytest.mark.parametrize("address", ["/meja/orang/", "/meja/orang/undang", "/meja/orang/organisasi-baru"])
@pytest.mark.parametrize("role", ["produsen", "walidata", "ppdp", "petugas_piket"])
def test_refuses_who_is_no_admin(
    address: str, role: str, regency: Regency, person: MakePerson, client: Client
) -> None:
    client.force_login(person(role, regency.top))
    answer = client.get(address)
    assert answer.status_code == 403
    assert "hanya untuk admin" in answer.content.decode()


def test_strangers_and_nobody_look_the_same(
    admin: Person, regency: Regency, person: MakePerson, client: Client
) -> None:
    stranger = person("produsen", regency.agency)
    pages = [client.get(f"/meja/orang/{number}") for number in (stranger.pk, 10_000)]
    assert [page.status_code for page in pages] == [404, 404]
    changing = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|/meja/orang/[0-9]+')
    assert changing.sub(b"", pages[0].content) == changing.sub(b"", pages[1].content)


def test_gives_and_takes_a_role(admin: Person, regency: Regency, person: MakePerson, client: Client) -> None:
    someone = person("produsen", regency.village)
    client.post(f"/meja/orang/{someone.pk}", {"organisation": regency.district.pk, "role": "walidata"})
    held = Membership.objects.get(person=someone, role="walidata")
    assert client.post(f"/meja/orang/{someone.pk}/peran/{held.pk}/cabut").status_code == 302
    assert not Membership.objects.filter(pk=held.pk).exists()
    assert kinds() == [Kind.ROLE_GIVEN, Kind.ROLE_TAKEN]


def test_does_not_take_a_role_given_above(admin: Person, regency: Regency, person: MakePerson, client: Client) -> None:
    someone = person("produsen", regency.village)
    above = Membership.objects.create(person=someone, organisation=regency.top, role="walidata")
    assert client.post(f"/meja/orang/{someone.pk}/peran/{above.pk}/cabut").status_code == 403
    assert Membership.objects.filter(pk=above.pk).exists()


def test_nothing_the_second_time(regency: Regency, person: MakePerson, actor: Actor) -> None:
    someone = person("produsen", regency.village)
    held = someone.memberships.get()
    actions.give_role(someone, role=Role.PRODUSEN, organisation=regency.village, by=actor)
    actions.set_active(someone, active=True, by=actor, because="")
    assert kinds() == []
    actions.take_role(held, by=actor)
    actions.take_role(held, by=actor)
    actions.set_active(someone, active=False, by=actor, because="pindah tugas")
    actions.set_active(someone, active=False, by=actor, because="pindah tugas")
    assert kinds() == [Kind.ROLE_TAKEN, Kind.PERSON_DEACTIVATED]


def test_closes_and_opens_an_account(admin: Person, regency: Regency, person: MakePerson, client: Client) -> None:
    someone = person("produsen", regency.village)
    address = f"/meja/orang/{someone.pk}/keaktifan"
    client.post(address, {"active": "0"})
    assert kinds() == []
    client.post(address, {"active": "0", "because": "pindah tugas"})
    someone.refresh_from_db()
    assert not someone.is_active
    client.post(address, {"active": "1", "because": "kembali"})
    assert kinds() == [Kind.PERSON_DEACTIVATED, Kind.PERSON_REACTIVATED]
    assert Event.objects.get(kind=Kind.PERSON_DEACTIVATED).because == "pindah tugas"


def test_adds_an_organisation_below(admin: Person, regency: Regency, client: Client) -> None:
    new = {"below": regency.district.pk, "name": "Desa Mekarsari", "kind": "village", "kode": "99.01.01.2009"}
    assert client.post("/meja/orang/organisasi-baru", new).status_code == 302
    added = Organisation.objects.get(kode="99.01.01.2009")
    assert added.is_descendant_of(regency.district)
    assert kinds() == [Kind.ORGANISATION_ADDED]


def test_two_villages_of_one_name(regency: Regency, actor: Actor) -> None:
    kind = OrganisationKind.VILLAGE
    for kode in ("99.01.02.2001", "99.01.03.2001"):
        actions.add_organisation(name="Desa Maju", kind=kind, kode=kode, below=regency.top, by=actor)
    assert set(Organisation.objects.filter(name="Desa Maju").values_list("slug", flat=True)) == {
        "desa-maju",
        "desa-maju-99-01-03-2001",
    }


@pytest.mark.parametrize("address", ["/meja/orang/", "/meja/orang/undang", "/meja/orang/organisasi-baru"])
def test_the_pages_open(address: str, admin: Person, client: Client) -> None:
    assert client.get(address).status_code == 200


def test_a_person_page_opens(admin: Person, regency: Regency, person: MakePerson, client: Client) -> None:
    assert client.get(f"/meja/orang/{person('produsen', regency.village).pk}").status_code == 200
