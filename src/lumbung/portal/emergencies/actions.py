"""The verbs of the desk: make a feed and end it, name officers and dismiss them, look at one call."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.adapter import subject_of as subject_of_person
from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.permissions import Conflicting, Unfit
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.emergencies import store
from lumbung.portal.emergencies.models import Call, Feed, FeedKey, Officer
from lumbung.portal.emergencies.permissions import check_keeps, check_opens, works_there
from lumbung.portal.intake import reasons


@transaction.atomic
def make(organisation: Organisation, *, name: str, retention_days: int, person: Person, by: Actor) -> Feed:
    """A new feed; nobody may push or look yet. Raise Refused unless the person is an admin there."""
    check_keeps(person, organisation)
    feed = Feed.objects.create(organisation=organisation, name=name, retention_days=retention_days, made_by=person)
    record(Kind.FEED_MADE, by=by, subject=store.subject_of(feed), retention_days=retention_days)
    return feed


@transaction.atomic
def end(feed: Feed, *, person: Person, by: Actor, because: str) -> None:
    """Nothing comes in any more; what is here is destroyed by its date. Does nothing the second time."""
    check_keeps(person, feed.organisation)
    because = reasons.checked(because)
    if Feed.objects.filter(pk=feed.pk, ended_at=None).update(ended_at=timezone.now()):
        FeedKey.objects.filter(feed=feed, revoked_at=None).update(revoked_at=timezone.now())
        record(Kind.FEED_ENDED, by=by, subject=store.subject_of(feed), because=because)


def name_officer(feed: Feed, *, officer: Person, person: Person, by: Actor) -> Officer:
    """Let somebody who works there open calls. Raise Refused, Unfit (an admin, or not of that office), Conflicting."""
    check_keeps(person, feed.organisation)
    if not officer.is_active or not works_there(officer, feed):
        raise Unfit(
            "not-of-that-office",
            _("Petugas panggilan bekerja di organisasi itu dan bukan admin."),
            _("Beri dahulu peran di organisasi itu, atau pilih orang lain."),
        )
    try:
        with transaction.atomic():
            made = Officer.objects.create(feed=feed, person=officer, named_by=person)
            who = subject_of_person(officer).key
            record(Kind.FEED_OFFICER_NAMED, by=by, subject=store.subject_of(feed), officer=who)
    except IntegrityError:
        raise Conflicting("named-already", _("Orang ini sudah ditunjuk.")) from None
    return made


@transaction.atomic
def dismiss(named: Officer, *, person: Person, by: Actor) -> None:
    """Opens no call any more. Does nothing the second time."""
    check_keeps(person, named.feed.organisation)
    if Officer.objects.filter(pk=named.pk, ended_at=None).update(ended_at=timezone.now()):
        who = subject_of_person(named.person).key
        record(Kind.FEED_OFFICER_DISMISSED, by=by, subject=store.subject_of(named.feed), officer=who)


def find(feed: Feed, *, number: str, person: Person) -> Call | None:
    """The call with the app's own number, still under seal; None where there is none. Raise Refused."""
    check_opens(person, feed)
    digest = store.digest_of(feed, number.strip())
    return Call.objects.filter(feed=feed, number_digest=digest).first()


@transaction.atomic
def look(call: Call, *, person: Person, by: Actor, because: str) -> dict[str, Any]:
    """The content of one call. The line in the record is written before anything is shown. Raise Refused, Unfit."""
    check_opens(person, call.feed)
    because = reasons.checked(because)
    record(Kind.CALL_OPENED, by=by, subject=store.subject_of(call.feed), because=because, call=str(call.pk))
    return store.unsealed_call(call)
