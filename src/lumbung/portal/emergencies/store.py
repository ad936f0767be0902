"""Calls under seal: a key for every month of every feed, wrapped by one that only the key file gives.

To destroy a month's wrapped key is to destroy its calls (crypto-shredding); deleting the rows is only tidiness. The
wrapping key is derived for this purpose alone, so nothing of other rooms opens with it, and nothing here with theirs.
"""

import hashlib
import hmac
import json
import os
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import SYSTEM, Subject
from lumbung.portal.audit.keys import master_key
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.emergencies.models import Call, Feed, MonthKey
from lumbung.portal.intake.seal import unwrap, wrap


def month_of(moment: datetime) -> str:
    """The month of a moment by the clock of the office: `2026-07`."""
    return timezone.localtime(moment).strftime("%Y-%m")


def key_of_month(feed: Feed, month: str) -> MonthKey | None:
    """The key of a month, made where there is none; None where its calls are destroyed or due to be."""
    found = feed.months.filter(month=month).first()
    if found is None:
        until = _end_of(month) + timedelta(days=feed.retention_days)
        if until <= timezone.localdate():
            return None
        wrapped = wrap(os.urandom(32), key=_wrapping_key(), bound_to=_name(feed, month))
        found = MonthKey.objects.create(feed=feed, month=month, wrapped_key=wrapped, destroy_on=until)
    return None if found.destroyed_at else found


def put(call: Call, content: dict[str, Any]) -> None:
    """Seal the content into the row and save it."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
    call.sealed = wrap(plain, key=_plain_key(call.key), bound_to=call.id.bytes)
    call.save()


def unsealed_call(call: Call) -> dict[str, Any]:
    """The call as it was pushed. Raise seal.Tampered, KeyFileMissing. Writes no line: whoever asks does."""
    plain = unwrap(bytes(call.sealed), key=_plain_key(call.key), bound_to=call.id.bytes)
    content: dict[str, Any] = json.loads(plain)
    return content


def digest_of(feed: Feed, number: str) -> str:
    """What stands in the database for the app's own number: keyed, so that no number can be tried out on a copy."""
    return hmac.new(_derived(b"emergencies number"), f"{feed.pk}|{number}".encode(), hashlib.sha256).hexdigest()


def destroy_due() -> int:
    """Destroy every month that is due; gives the number of calls. Does nothing the second time."""
    gone = 0
    for key in MonthKey.objects.filter(destroyed_at=None, destroy_on__lte=timezone.localdate()):
        gone += destroy(key)
    if gone and connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:  # the older pages still hold the wrapped keys
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return gone


@transaction.atomic
def destroy(key: MonthKey) -> int:
    """The key first, then the rows; how many calls that were. Cannot be undone."""
    Feed.objects.select_for_update().get(pk=key.feed_id)
    if not MonthKey.objects.filter(pk=key.pk, destroyed_at=None).update(wrapped_key=b"", destroyed_at=timezone.now()):
        return 0
    gone, _by_model = Call.objects.filter(key=key).delete()
    record(Kind.CALLS_DESTROYED, by=SYSTEM, subject=subject_of(key.feed), month=key.month, calls=gone)
    return gone


def subject_of(feed: Feed) -> Subject:
    """A feed as the record names it."""
    return Subject(kind="feed", id=str(feed.pk), label=feed.name, organisation=feed.organisation.slug)


def _end_of(month: str) -> date:
    first = date.fromisoformat(f"{month}-01")
    return (first + timedelta(days=31)).replace(day=1)


def _plain_key(key: MonthKey) -> bytes:
    return unwrap(bytes(key.wrapped_key), key=_wrapping_key(), bound_to=_name(key.feed, key.month))


def _wrapping_key() -> bytes:
    return _derived(b"emergencies store")


def _derived(label: bytes) -> bytes:
    return hmac.digest(master_key(), label, hashlib.sha256)


def _name(feed: Feed, month: str) -> bytes:
    return f"{feed.pk}|{month}".encode()
