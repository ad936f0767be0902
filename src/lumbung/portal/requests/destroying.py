"""Requests that are destroyed on their day: first the key of the outer seal, in the row, then the bytes.

What stays is a row without anybody in it: service, moments and outcome, for the statistics and for the applicant who
asks with their code.
"""

import time
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import SYSTEM
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.requests import store
from lumbung.portal.requests.listing import NOT_ANSWERED
from lumbung.portal.requests.models import Asking, Request, Step
from lumbung.portal.requests.states import OPEN, RequestState

COUNTED_FOR = timedelta(days=1)


def destroy_due() -> int:
    """Destroy what is past its day, forget who asked for a status, sweep leftovers. Gives how many were destroyed."""
    today = timezone.localdate()
    due = Request.objects.filter(destroyed_at=None, destroy_on__lte=today).values_list("pk", flat=True)
    destroyed = sum(destroy(number) for number in list(due))
    if destroyed and connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:  # the older pages still hold the wrapped keys
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    Asking.objects.filter(hour__lt=timezone.now() - COUNTED_FOR).delete()
    known = set(Request.objects.filter(destroyed_at=None).values_list("number", flat=True))
    for path in store.strangers(known, before=time.time() - store.LEFTOVER):
        path.unlink(missing_ok=True)
    return destroyed


@transaction.atomic
def destroy(number: int) -> bool:
    """Destroy one, for good. What nobody had answered by its day is answered then: that the office failed to."""
    request = Request.objects.select_for_update(of=("self",)).select_related("office__organisation").get(pk=number)
    if request.destroyed_at:
        return False
    if request.state in OPEN:
        request.state, request.reasons, request.answered_at = RequestState.REJECTED, [NOT_ANSWERED], timezone.now()
        Step.objects.create(request=request, state=request.state)
    request.wrapped_key, request.destroyed_at = b"", timezone.now()
    request.save()
    record(Kind.REQUEST_DESTROYED, by=SYSTEM, subject=request.subject, size=request.size)
    transaction.on_commit(lambda: store.destroy(request.number))
    return True
