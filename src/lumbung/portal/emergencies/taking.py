"""Taking in what an app pushed: each call once by the app's own number, newer words in place of older ones."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from lumbung.aggregate.quarters import quarter_of
from lumbung.portal.accounts.models import Organisation, OrganisationKind, Person
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.emergencies import store
from lumbung.portal.emergencies.models import Call, Feed, FeedKey, Printed
from lumbung.portal.emergencies.permissions import check_keeps
from lumbung.portal.emergencies.reading import NotACall, Reported, read_call

BEGINNING = "lumbung_darurat_"
VALID_FOR = timedelta(days=365)


@dataclass(slots=True)
class Outcome:
    """How many calls are new, newer, the same; and the refused ones by their place in the list, with a code."""

    counts: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[int, str]] = field(default_factory=list)


def make_key(feed: Feed, *, person: Person, by: Actor) -> str:
    """A new key for the app; earlier ones lapse. Gives its text, which is shown once and not kept. Raise Refused."""
    check_keeps(person, feed.organisation)
    text, now = BEGINNING + secrets.token_urlsafe(32), timezone.now()
    with transaction.atomic():
        revoke_keys(feed, person=person, by=by)
        made = FeedKey.objects.create(feed=feed, digest=_digest(text), made_by=person, expires_at=now + VALID_FOR)
        record(Kind.FEED_KEY_MADE, by=by, subject=store.subject_of(feed), key=made.pk)
    return text


@transaction.atomic
def revoke_keys(feed: Feed, *, person: Person, by: Actor) -> None:
    """No key of the feed opens anything any more. Does nothing where there is none."""
    check_keeps(person, feed.organisation)
    if feed.keys.filter(revoked_at=None).update(revoked_at=timezone.now()):
        record(Kind.FEED_KEY_REVOKED, by=by, subject=store.subject_of(feed))


def key_of(header: str) -> FeedKey | None:
    """The valid key that an Authorization header shows; None for any other header, whatever is wrong with it."""
    scheme, _space, text = header.partition(" ")
    if scheme.lower() != "bearer" or not text.strip().startswith(BEGINNING):
        return None
    keys = FeedKey.objects.select_related("feed__organisation").filter(digest=_digest(text.strip()))
    found = keys.filter(feed__ended_at=None, made_by__is_active=True).first()
    return found if found and found.is_valid else None


def take(feed: Feed, listed: Sequence[Any], *, by: Actor) -> Outcome:
    """Every entry of a push that can be taken; the others are named in the outcome. One line in the record."""
    outcome, now = Outcome(), timezone.now()
    known, oldest = frozenset(districts_of(feed)), now - timedelta(days=feed.retention_days)
    with transaction.atomic():
        Feed.objects.select_for_update().get(pk=feed.pk)  # two pushes of one call wait for each other
        printed = set(Printed.objects.filter(feed=feed).values_list("quarter", flat=True))
        for place, entry in enumerate(listed):
            try:
                reported = read_call(entry, districts=known, now=now, oldest=oldest)
                outcome.counts[_put(feed, reported, printed)] += 1
            except NotACall as refused:
                outcome.refused.append((place, refused.code))
        codes = Counter(code for _place, code in outcome.refused)
        told: dict[str, Any] = {**outcome.counts, "refused": dict(codes)}
        record(Kind.CALLS_TAKEN, by=by, subject=store.subject_of(feed), **told)
    return outcome


def districts_of(feed: Feed) -> dict[str, str]:
    """Kode wilayah and name of every district of the feed's regency."""
    root = Organisation.objects.get_root(feed.organisation)
    found = Organisation.objects.filter(path__startswith=root.path, kind=OrganisationKind.DISTRICT).exclude(kode="")
    return dict(found.order_by("kode").values_list("kode", "name"))


def _put(feed: Feed, reported: Reported, printed: set[str]) -> str:
    """`new`, `newer` or `same`. Raise NotACall where the month is destroyed or the call would leave its quarter."""
    month = store.month_of(reported.began)
    digest = store.digest_of(feed, reported.number)
    call = Call.objects.select_related("key__feed").filter(feed=feed, number_digest=digest).first()
    if call and store.unsealed_call(call) == reported.content:
        return "same"
    if call and quarter_of(call.key.month) != quarter_of(month) and quarter_of(call.key.month) in printed:
        raise NotACall("sudah-dicetak")
    key = store.key_of_month(feed, month)
    if key is None:
        raise NotACall("terlalu-lama")
    outcome = "newer" if call else "new"
    call = call or Call(feed=feed, number_digest=digest)
    call.key = key
    store.put(call, reported.content)
    return outcome


def _digest(text: str) -> str:
    """Enough for a key of 256 random bits, which nobody can guess or list."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()
