"""That a training was held, noted by somebody: so that the record can say what was uploaded after it.

The days are what a person says; when it was noted, and by whom, is in the line itself. Nothing else is changed, and a
line cannot be taken back.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.permissions import Unfit
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import Actor, Subject
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event

LONGEST = 366  # days


def tell(*, since: date, until: date, organisation: str, by: Actor) -> Event:
    """Note it, for the organisation of a slug or, with "", for all. Raise Unfit for days that no training can have."""
    if not 0 <= (until - since).days <= LONGEST:
        raise Unfit(
            "training-days",
            _("Hari-hari pelatihannya tidak mungkin."),
            _("Hari terakhir tidak mendahului hari pertama, dan paling lama setahun sesudahnya."),
        )
    subject = Subject(kind="training", id=since.isoformat(), organisation=organisation)
    days = {"since": since.isoformat(), "until": until.isoformat()}
    return record_now(Kind.TRAINING_HELD, by=by, subject=subject, **days)
