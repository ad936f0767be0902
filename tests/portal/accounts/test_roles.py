"""A role counts where it was given and below, nowhere else."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.queries import holds, organisations_where, roles_of
from lumbung.portal.accounts.roles import DESCRIPTIONS, Role
from tests.portal.conftest import Regency

MakePerson = Callable[..., Person]
PLACES = ("top", "district", "village", "neighbour", "agency")


@pytest.mark.parametrize(
    ("given_in", "counts_in"),
    [
        ("top", {"top", "district", "village", "neighbour", "agency"}),
        ("district", {"district", "village", "neighbour"}),
        ("village", {"village"}),
        ("agency", {"agency"}),
    ],
)
@pytest.mark.parametrize("role", list(Role))
def test_counts_below(given_in: str, counts_in: set[str], role: Role, regency: Regency, person: MakePerson) -> None:
    someone = person(role, getattr(regency, given_in))
    assert {place for place in PLACES if holds(someone, role, getattr(regency, place))} == counts_in
    others = [other for other in Role if other is not role]
    assert not organisations_where(someone, *others).exists()
    assert roles_of(someone) == {role}


def test_nobody_holds_nothing(regency: Regency, person: MakePerson) -> None:
    for someone in (AnonymousUser(), person()):
        assert not organisations_where(someone, *Role).exists()
        assert roles_of(someone) == set()


def test_the_inactive_hold_nothing(regency: Regency, person: MakePerson) -> None:
    someone = person("admin", regency.top)
    someone.is_active = False
    assert not organisations_where(someone, Role.ADMIN).exists()


def test_a_path_that_merely_begins_alike_is_not_below(regency: Regency, person: MakePerson) -> None:
    """Treebeard's steps have a fixed length, so that one path is never a prefix of its sibling's."""
    siblings = [
        Organisation.objects.add_child(regency.district, {"kind": "village", "name": f"Desa {n}", "slug": f"d{n}"})
        for n in range(40)
    ]
    someone = person("produsen", siblings[0])
    assert list(organisations_where(someone, Role.PRODUSEN)) == [siblings[0]]


def test_every_role_says_what_it_may() -> None:
    assert set(DESCRIPTIONS) == set(Role)
