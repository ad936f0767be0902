"""Invitations: an admin names a person and a role; the person opens a link, once, and chooses a password alone.

The token has 256 random bits; the database keeps its SHA-256, the record nothing of it. There is no e-mail here: the
link is shown to the admin once, to be handed over on the way that office uses.
"""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.adapter import subject_of
from lumbung.portal.accounts.models import Invitation, Organisation, Person
from lumbung.portal.accounts.permissions import Conflicting, Gone, check_may_give
from lumbung.portal.accounts.roles import Role
from lumbung.portal.accounts.two_admins import ask_for_role
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind

VALID_FOR = timedelta(days=7)


@transaction.atomic
def invite(
    *, email: str, name: str, organisation: Organisation, role: Role, admin: Person, by: Actor
) -> tuple[Person, str]:
    """A new person who cannot sign in yet, and the token of their link. Raise IntegrityError for a known e-mail.

    The role is given at once or asked of a second admin, as for anybody.
    """
    person = Person.objects.create_user(email, None, name=name)
    check_may_give(admin, person, role)
    record(Kind.PERSON_ADDED, by=by, subject=subject_of(person))
    ask_for_role(person, role=role, organisation=organisation, admin=admin, by=by)
    return person, _issue(person, admin=admin, by=by)


@transaction.atomic
def renew(person: Person, *, admin: Person, by: Actor) -> str:
    """Another link instead of the last one. Raise Conflicting where the person has chosen a password already."""
    current = Person.objects.select_for_update().get(pk=person.pk)
    if current.has_usable_password():
        raise Conflicting(
            "invited-already",
            _("Orang ini sudah memilih kata sandinya."),
            _("Bila ia lupa, beri kata sandi sementara."),
        )
    _close(person, by=by)
    return _issue(person, admin=admin, by=by)


@transaction.atomic
def revoke(person: Person, *, by: Actor) -> None:
    """The open link leads nowhere any more. Does nothing where there is none."""
    _close(person, by=by)


def open_invitation(token: str) -> Invitation:
    """The invitation behind a token. Raise Gone for one that is used, revoked, out of date, or never was, and where
    the person has come to a password on another way: an old link must not be a second key to the account."""
    found = Invitation.objects.select_related("person").filter(digest=_digest(token)).first()
    person = found.person if found else None
    if found is None or not found.is_open or person is None or not person.is_active or person.has_usable_password():
        raise Gone(
            "no-invitation",
            _("Tautan undangan ini tidak berlaku lagi."),
            _("Tautan hanya dapat dipakai sekali, paling lama tujuh hari. Mintalah yang baru kepada admin Anda."),
        )
    return found


@transaction.atomic
def accept(token: str, *, password: str, address: str, device: str) -> Person:
    """The password is set and the link used up. Raise Gone where somebody was first; of two at once, one is."""
    person = open_invitation(token).person
    now = timezone.now()
    still = Invitation.objects.filter(digest=_digest(token), used_at=None, revoked_at=None, expires_at__gt=now)
    if not still.update(used_at=now):
        open_invitation(token)
    person.set_password(password)
    person.must_change_password = False
    person.active_since = now
    person.save(update_fields=["password", "must_change_password", "active_since"])
    by = Actor(
        id=f"person:{person.pk}",
        name=person.name,
        organisation=person.organisation_names(),
        address=address,
        device=device,
    )
    record(Kind.INVITATION_ACCEPTED, by=by, subject=subject_of(person))
    return person


def _issue(person: Person, *, admin: Person, by: Actor) -> str:
    token = secrets.token_urlsafe(32)
    expires = timezone.now() + VALID_FOR
    Invitation.objects.create(person=person, digest=_digest(token), made_by=admin, expires_at=expires)
    record(Kind.INVITED, by=by, subject=subject_of(person), until=expires.isoformat())
    return token


def _close(person: Person, *, by: Actor) -> None:
    if person.invitations.filter(used_at=None, revoked_at=None).update(revoked_at=timezone.now()):
        record(Kind.INVITATION_REVOKED, by=by, subject=subject_of(person))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
