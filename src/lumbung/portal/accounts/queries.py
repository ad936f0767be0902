"""Who holds what, where. A role in an organisation counts in all organisations below it."""

from datetime import datetime
from functools import reduce
from operator import or_

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from lumbung.portal.accounts.models import Membership, Organisation, Person, WishAnswer
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
    """People who hold a role in one of these organisations, or for whom one waits for a second admin."""
    waiting = Q(proposals__organisation__in=organisations, proposals__answer=WishAnswer.WAITING)
    return Person.objects.filter(Q(memberships__organisation__in=organisations) | waiting).distinct()


def admins_over(organisation: Organisation) -> QuerySet[Person]:
    """Who looks after the organisation: admins there and above whose account is open and who have come in once."""
    step = Organisation.steplen
    paths = [organisation.path[:end] for end in range(step, len(organisation.path) + 1, step)]
    admins = Membership.objects.filter(role=Role.ADMIN, organisation__path__in=paths).values("person")
    return Person.objects.filter(is_active=True, pk__in=admins).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)


def asleep_since(moment: datetime) -> Q:
    """People who have neither come in nor been let in since then; the invented never sleep."""
    never_came = Q(last_login=None) | Q(last_login__lt=moment)
    return never_came & Q(active_since__lt=moment, is_active=True, invented=False)


def is_guessing(address: str) -> bool:
    """Whether so many sign-ins failed from this address lately that it tries one account after the other."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    failed = Event.objects.filter(kind=Kind.SIGN_IN_FAILED, address=address, at__gte=since)
    return failed.count() >= MOST_FAILURES
