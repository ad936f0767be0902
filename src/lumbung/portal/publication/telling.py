"""Harvesters are told of every closing and opening, out of the record itself: what is in the trail is never missed.

A process may be killed anywhere: the calls and the place up to which the record was read are written together, and a
call that was sent but not yet written down as taken is sent again; `id` tells the harvester that it is the same.
"""

import json
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Unfit
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor, Subject
from lumbung.portal.audit.keys import master_key
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.intake.seal import unwrap, wrap
from lumbung.portal.publication.calling import NotCalled, call, check_address
from lumbung.portal.publication.models import Call, Webhook
from lumbung.portal.publication.permissions import check_calls_out

TOLD = (
    Kind.QUARANTINED, Kind.WITHDRAWN, Kind.RESTORED, Kind.REMOVED, Kind.RELEASE_CLOSED, Kind.RELEASE_OPENED,
    Kind.ORGANISATION_CLOSED, Kind.ORGANISATION_OPENED, Kind.PORTAL_CLOSED, Kind.PORTAL_READ_ONLY, Kind.PORTAL_OPENED,
)  # fmt: skip
BOUND_TO = b"webhook"
LAST = 12  # attempts: the waits between them double from a minute, a day and a half in all
AFTER_UPLOADS = -20  # priority
LEASE = timedelta(minutes=5)
MOST_AT_ONCE = 50


def add(address: str, *, person: Person, by: Actor) -> tuple[Webhook, str]:
    """Register an address; gives the secret as well, which nobody can ask for again. Raise Unfit for one that is not
    https to a public host. Tells nothing of what was closed before: the feed does."""
    check_calls_out(person)
    try:
        check_address(address)
    except NotCalled:
        raise Unfit(
            "webhook-address",
            _("Alamat ini tidak dapat dipakai."),
            _("Pakailah alamat https umum tanpa nama pengguna, misalnya https://pemanen.contoh.go.id/lumbung."),
        ) from None
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        seen = Event.objects.aggregate(last=Max("sequence"))["last"] or 0
        sealed = wrap(secret.encode(), key=master_key(), bound_to=BOUND_TO)
        told = {"secret": sealed, "seen": seen, "added_by": person, "added_at": timezone.now()}
        webhook = Webhook.objects.create(address=address, **told)
        record(Kind.WEBHOOK_ADDED, by=by, subject=_subject(webhook))
    return webhook, secret


@transaction.atomic
def end(webhook: Webhook, *, person: Person, by: Actor) -> None:
    """Tell it nothing more. Does nothing the second time."""
    check_calls_out(person)
    if Webhook.objects.filter(pk=webhook.pk, ended_at=None).update(ended_at=timezone.now(), secret=b""):
        Call.objects.filter(webhook=webhook).exclude(next_at=None).update(next_at=None)
        record(Kind.WEBHOOK_ENDED, by=by, subject=_subject(webhook))


def tell() -> int:
    """Turn new lines of the record into calls, and put the calls that are due on the list of jobs; gives how many."""
    for webhook in Webhook.objects.filter(ended_at=None):
        _prepare(webhook.pk)
    now = timezone.now()
    due = list(Call.objects.filter(next_at__lte=now).values_list("pk", flat=True)[:MOST_AT_ONCE])
    for number in due:
        with transaction.atomic():
            if Call.objects.filter(pk=number, next_at__lte=now).update(next_at=now + LEASE):
                deliver.enqueue(number)
    return len(due)


@task(priority=AFTER_UPLOADS)
def deliver(number: int) -> None:
    """Send one call and write down what came of it. Does nothing where it was taken already."""
    one = Call.objects.select_related("webhook").filter(pk=number).exclude(next_at=None).first()
    if one is None or one.webhook.ended_at is not None:
        return
    try:
        secret = unwrap(bytes(one.webhook.secret), key=master_key(), bound_to=BOUND_TO)
        call(one.webhook.address, one.body, secret=secret)
        outcome = "taken"
    except NotCalled as not_called:
        outcome = not_called.code
    again = outcome != "taken" and one.attempts + 1 < LAST
    wait = timedelta(minutes=2**one.attempts)
    next_at = timezone.now() + wait if again else None
    Call.objects.filter(pk=number).update(outcome=outcome, next_at=next_at, attempts=F("attempts") + 1)


@transaction.atomic
def _prepare(number: int) -> None:
    webhook = Webhook.objects.select_for_update().get(pk=number)
    new = Event.objects.filter(sequence__gt=webhook.seen).order_by("sequence")
    last = new.aggregate(last=Max("sequence"))["last"]
    if last is None:
        return
    now = timezone.now()
    lines = new.filter(kind__in=TOLD, sequence__lte=last)
    Call.objects.bulk_create(Call(webhook=webhook, line=one.sequence, body=_body(one), next_at=now) for one in lines)
    webhook.seen = last
    webhook.save(update_fields=["seen"])


def _body(line: Event) -> str:
    """What a harvester needs: which line, what happened, to what, when, and the code of the reason."""
    kind, _colon, name = line.subject.partition(":")
    page = reverse("catalogue:dataset", args=[name]) if kind == "dataset" else "/"
    said = {
        "id": line.sequence,
        "event": line.kind,
        "at": line.at.isoformat(),
        "scope": "release" if "release" in line.details and line.kind.startswith("release") else kind,
        "address": f"{settings.LUMBUNG_URL}{page}",
        "reason": line.details.get("ground", ""),
        "release": line.details.get("release") if line.kind.startswith("release") else None,
        "list": f"{settings.LUMBUNG_URL}{reverse('publication:withdrawals')}",
    }
    return json.dumps(said, separators=(",", ":"))


def _subject(webhook: Webhook) -> Subject:
    return Subject(kind="webhook", id=str(webhook.pk))
