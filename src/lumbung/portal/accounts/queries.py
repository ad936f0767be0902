"""Who holds what, where. A role in an organisation counts in all organisations below it."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from lumbung.portal.accounts.models import Membership, Organisation, Person
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event

MOST_FAILURES = 40  # from one address, whoever they tried to be: an office of many shares one, and people mistype


def organisations_where(person: Person | AnonymousUser, *roles: Role) -> QuerySet[Organisation]:
    """The organisations in which the person holds one of `roles`, with everything below; none for the inactive."""
    if not (isinstance(person, Person) and person.is_active):
        return Organisation.objects.none()
    paths = Membership.objects.filter(person=person, role__in=roles).values_list("organisation__path", flat=True)
    below = [Q(path__startswith=path) for path in paths]
    return Organisation.objects.filter(reduce(or_, below)) if below else Organisation.objects.none()


def holds(person: Person | AnonymousUser, role: Role, organisation: Organisation) -> bool:
    """Whether the person holds the role in this organisation or in one above it."""
    return organisations_where(person, role).filter(pk=organisation.pk).exists()


def roles_of(person: Person | AnonymousUser) -> set[str]:
    """Every role the person holds somewhere: for menus, never for a decision."""
    if not (isinstance(person, Person) and person.is_active):
        return set()
    return set(Membership.objects.filter(person=person).values_list("role", flat=True))


def people_below(organisations: QuerySet[Organisation]) -> QuerySet[Person]:
    """People with a role in one of these organisations."""
    return Person.objects.filter(memberships__organisation__in=organisations).distinct()


def is_guessing(address: str) -> bool:
    """Whether so many sign-ins failed from this address lately that it tries one account after the other."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    failed = Event.objects.filter(kind=Kind.SIGN_IN_FAILED, address=address, at__gte=since)
    return failed.count() >= MOST_FAILURES
