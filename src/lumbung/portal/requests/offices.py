"""What an office arranges: that it serves at all, its hours, its days off, what each service asks for, and its key."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.permissions import Unfit
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.incidents import age
from lumbung.portal.requests.listing import national
from lumbung.portal.requests.models import DayOff, Offer, Office, OfficeKey
from lumbung.portal.requests.permissions import check_arranges, check_serves


@transaction.atomic
def arrange(organisation: Organisation, *, person: Person, by: Actor, said: Mapping[str, Any]) -> Office:
    """Begin to serve, or change how. `said` has the fields of the form of an office. Raise Refused."""
    check_arranges(person, organisation)
    office, _new = Office.objects.update_or_create(organisation=organisation, defaults=dict(said))
    record(Kind.OFFICE_SET, by=by, subject=office.subject, takes=office.takes, keep_days=office.keep_days)
    return office


@transaction.atomic
def offer(office: Office, service: str, *, person: Person, by: Actor, said: Mapping[str, Any]) -> None:
    """Change one service as this office has it. Requests that are here keep their time. Raise Refused or Unfit."""
    check_arranges(person, office.organisation)
    if service not in national():
        raise Unfit("unknown-service", _("Layanan itu tidak ada di daftar."))
    Offer.objects.update_or_create(office=office, service=service, defaults=dict(said))
    record(Kind.OFFICE_SET, by=by, subject=office.subject, service=service, hours=said["hours"])


@transaction.atomic
def set_day(office: Office, day: date, *, name: str, works: bool, person: Person, by: Actor) -> None:
    """A day off of its own, or a national one on which it works. Raise Refused."""
    check_arranges(person, office.organisation)
    DayOff.objects.update_or_create(office=office, day=day, defaults={"name": name, "works": works})
    record(Kind.OFFICE_SET, by=by, subject=office.subject, day=day.isoformat(), works=works)


@transaction.atomic
def unset_day(office: Office, number: int, *, person: Person, by: Actor) -> None:
    """As the national calendar has it. Does nothing the second time. Raise Refused."""
    check_arranges(person, office.organisation)
    if office.days_off.filter(pk=number).delete()[0]:
        record(Kind.OFFICE_SET, by=by, subject=office.subject, day_number=number)


@transaction.atomic
def register_key(office: Office, recipient: str, *, person: Person, by: Actor) -> OfficeKey:
    """From now on new requests are sealed to this key; the one before is retired and still opens what it was for.

    Only the public half ever comes here. Does nothing for the key in use; a retired one comes back into use. Raise
    Refused (not its officer) or Unfit (no public key of age).
    """
    check_serves(person, office)
    public = _public(recipient)
    number = number_of(public)
    Office.objects.select_for_update(of=("self",)).get(pk=office.pk)
    office.keys.filter(retired_at=None).exclude(number=number).update(retired_at=timezone.now())
    known = {"recipient": public, "made_by": person, "retired_at": None}
    key, _new = OfficeKey.objects.update_or_create(office=office, number=number, defaults=known)
    record(Kind.OFFICE_KEY_MADE, by=by, subject=office.subject, key=number)
    return key


def number_of(recipient: str) -> str:
    """The number by which a public key is called on envelopes and on the office's wall: 16 letters of its SHA-256."""
    return hashlib.sha256(recipient.encode()).hexdigest()[:16]


def _public(recipient: str) -> str:
    if recipient.strip().upper().startswith("AGE-SECRET-KEY"):
        raise Unfit(
            "secret-key",
            _("Itu kunci rahasia. Ia tidak kami simpan, tetapi sudah pernah terkirim."),
            _("Buat kunci baru, dan simpan berkasnya hanya di komputer kantor."),
        )
    try:
        return age.checked(recipient)
    except age.NotAKey:
        raise Unfit("not-a-key", _("Ini bukan kunci publik age: sebaris tulisan yang diawali age1.")) from None
