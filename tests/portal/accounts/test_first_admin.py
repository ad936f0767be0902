"""An empty portal gets its first admin from the command line; one that is not empty does not."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.queries import holds
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.models import Event
from tests.portal.conftest import Regency

WISH = {"organisation": "Kabupaten Tirtaloka", "kode": "99.01", "name": "Hasta", "email": "hasta@tirtaloka.test"}


@pytest.mark.django_db
def test_the_first_admin_comes_in() -> None:
    said = StringIO()
    call_command("first_admin", **WISH, stdout=said)
    person = Person.objects.get()
    password = said.getvalue().split()[-1]
    assert person.check_password(password)
    assert person.must_change_password
    assert holds(person, Role.ADMIN, Organisation.objects.get())
    assert [line.kind for line in Event.objects.order_by("sequence")] == [
        "organisation-added",
        "person-added",
        "role-given",
    ]
    assert password not in str(list(Event.objects.values()))


def test_never_a_second_time(regency: Regency) -> None:
    with pytest.raises(CommandError):
        call_command("first_admin", **WISH)
    assert not Person.objects.exists()
