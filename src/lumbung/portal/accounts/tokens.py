"""Keys for programs: a person makes one for one purpose, sees its text once, and may revoke it at any moment.

A key opens no desk: it brings files to the gate and reads what its person may read, nothing else. Its text has 256
random bits behind a beginning by which scanners of source code recognise it; the database keeps the SHA-256 alone.
"""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.adapter import subject_of
from lumbung.portal.accounts.models import ApiToken, Person, Scope
from lumbung.portal.accounts.permissions import Conflicting
from lumbung.portal.accounts.second_step import lacks_second_step
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind

BEGINNING = "lumbung_"
VALID_FOR = {30: _("30 hari"), 90: _("90 hari"), 365: _("setahun")}  # days
MOST_VALID = 20  # of one person
NOTED_EVERY = timedelta(minutes=10)  # so that reading a thousand pages does not write a thousand times


@transaction.atomic
def make(person: Person, *, purpose: str, scope: Scope, days: int, by: Actor) -> str:
    """A new key; gives its text, which stands nowhere else. Raise Conflicting where the person has too many."""
    now = timezone.now()
    if person.tokens.filter(revoked_at=None, expires_at__gt=now).count() >= MOST_VALID:
        raise Conflicting(
            "too-many-tokens",
            _("Kunci API Anda sudah banyak."),
            _("Cabut dahulu yang tidak dipakai lagi."),
        )
    text = BEGINNING + secrets.token_urlsafe(32)
    until = now + timedelta(days=days)
    made = ApiToken.objects.create(
        person=person, digest=_digest(text), purpose=purpose, scope=scope, made_at=now, expires_at=until
    )
    subject, until_ = subject_of(person), until.isoformat()
    record(Kind.TOKEN_MADE, by=by, subject=subject, token=made.pk, scope=scope.value, until=until_)
    return text


@transaction.atomic
def revoke(person: Person, *, by: Actor, only: int | None = None) -> int:
    """A person's keys open nothing any more, all of them or `only` one; how many that were."""
    valid = person.tokens.filter(revoked_at=None, expires_at__gt=timezone.now())
    chosen = list((valid if only is None else valid.filter(pk=only)).values_list("pk", flat=True))
    ApiToken.objects.filter(pk__in=chosen).update(revoked_at=timezone.now())
    for number in chosen:
        record(Kind.TOKEN_REVOKED, by=by, subject=subject_of(person), token=number)
    return len(chosen)


def token_of(text: str) -> ApiToken | None:
    """The valid key with this text, its use noted; None for any other text, whatever is wrong with it.

    None also while its person could not open their desk: account closed, password to be changed, second step missing.
    """
    found = ApiToken.objects.select_related("person").filter(digest=_digest(text)).first()
    if found is None or not found.is_valid or not _may_come_in(found.person):
        return None
    _note_use(found)
    return found


def _may_come_in(person: Person) -> bool:
    return person.is_active and not person.must_change_password and not lacks_second_step(person)


def _note_use(token: ApiToken) -> None:
    now = timezone.now()
    if token.used_at is None or token.used_at < now - NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)


def _digest(text: str) -> str:
    """Enough for a text of 256 random bits, which nobody can guess or list."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()
