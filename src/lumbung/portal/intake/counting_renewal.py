"""Sums of districts and regencies renew themselves when one of their villages publishes, or is closed or withdrawn.

What comes of it is a submission like any other: the gate looks at it and a walidata decides; whoever sent the newest
part answers for it. Sums on their way that hold no longer are destroyed, and others follow.
"""

import logging

from django.utils.translation import gettext_noop

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.audit.actors import SYSTEM
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.intake import counting_rollup
from lumbung.portal.intake.actions import shred
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import ON_ITS_WAY, State

log = logging.getLogger(__name__)

OVERTAKEN = gettext_noop("Statistik desanya berubah sebelum jumlah ini terbit; jumlah yang baru dibuat sendiri.")


def renew() -> int:
    """Add up anew wherever what the villages show is not what was added up. Gives how many. Safe to be cut off."""
    places = Organisation.objects.filter(kind__in=list(counting_rollup.LEVELS)).exclude(kode="")
    return sum(_looked_after(place) for place in places)


def _looked_after(place: Organisation) -> bool:
    try:
        return _renewed(place)
    except Refused as refused:  # too few villages, or people have to look: the desk says what it is
        log.info("sums of %s: %s", place.kode, refused.code)
    except OSError as problem:  # a file went in this moment, or the disk is full: the next look will see
        log.warning("sums of %s: %s", place.kode, type(problem).__name__)
    return False


def _renewed(place: Organisation) -> bool:
    """Whether new sums are on their way. Raise Refused, OSError."""
    last = _last(place)
    known = {str(part) for part in last.made_from.values_list("pk", flat=True)} if last else set()
    if known == {release.submission for release in counting_rollup.shown(place)}:
        return False
    _day, _villages, parts = counting_rollup.of_one_day(place)
    if known == {str(part.pk) for part in parts}:
        return False
    if last and last.state in ON_ITS_WAY:
        shred(last, by=SYSTEM, because=OVERTAKEN)
    counting_rollup.send(place, person=None, by=SYSTEM)
    return True


def _last(place: Organisation) -> Submission | None:
    """The newest sums, unless they were destroyed here because their villages changed."""
    last = counting_rollup.sums_of(place).first()
    if last is None or last.state != State.SHREDDED:
        return last
    overtaken = Event.objects.filter(subject=last.subject.key, kind=Kind.SHREDDED, because=OVERTAKEN)
    return None if overtaken.exists() else last
