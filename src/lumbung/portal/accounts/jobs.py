"""What happens to accounts by itself: one that nobody uses is shown to the admins, and later closed."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from lumbung.portal.accounts.actions import set_active
from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.queries import admins_over, asleep_since
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.actors import SYSTEM

SHOWN_AFTER = timedelta(days=90)
CLOSED_AFTER = timedelta(days=180)


def close_dormant() -> int:
    """Close accounts that nobody came in with for CLOSED_AFTER; says how many. An admin may open them again.

    Does not close an admin where no other is left: somebody has to be able to open the rest.
    """
    closed = 0
    for person in Person.objects.filter(asleep_since(timezone.now() - CLOSED_AFTER)):
        if _is_last_admin(person):
            continue
        because = _("Tidak dipakai selama %(days)s hari.") % {"days": CLOSED_AFTER.days}
        set_active(person, active=False, by=SYSTEM, because=because)
        closed += 1
    return closed


def _is_last_admin(person: Person) -> bool:
    managed = person.memberships.filter(role=Role.ADMIN).select_related("organisation")
    return any(not admins_over(held.organisation).exclude(pk=person.pk).exists() for held in managed)
