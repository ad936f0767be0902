"""The verbs about people and organisations, each recorded in the same transaction."""

import secrets
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.utils import reset
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from lumbung.portal.accounts.adapter import subject_of
from lumbung.portal.accounts.models import Membership, Organisation, OrganisationKind, Person
from lumbung.portal.accounts.roles import Role
from lumbung.portal.accounts.tokens import revoke
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor, Subject
from lumbung.portal.audit.kinds import Kind


@transaction.atomic
def add_organisation(
    *, name: str, kind: OrganisationKind, by: Actor, below: Organisation | None = None, kode: str = ""
) -> Organisation:
    """A new organisation at the top or below another; its slug is made from name and, where taken, from the kode."""
    slug = slugify(name)[:90]
    if Organisation.objects.filter(slug=slug).exists():
        slug = f"{slug}-{slugify(kode.replace('.', '-')) or Organisation.objects.count()}"
    fields = {"name": name, "kind": kind, "kode": kode, "slug": slug}
    tree = Organisation.objects
    organisation: Organisation = tree.add_child(below, fields) if below else tree.add_root(fields)
    record(Kind.ORGANISATION_ADDED, by=by, subject=_organisation(organisation), organisation_kind=kind.value)
    return organisation


@transaction.atomic
def add_person(
    *,
    email: str,
    name: str,
    password: str | None,
    organisation: Organisation,
    role: Role,
    by: Actor,
    must_change_password: bool = False,
    invented: bool = False,
) -> Person:
    """A new person with their first role. Raise IntegrityError where the e-mail is taken.

    For the command line alone: `invented` lets somebody of the demo in without a second step.
    """
    person = Person.objects.create_user(
        email, password, name=name, must_change_password=must_change_password, invented=invented
    )
    Membership.objects.create(person=person, organisation=organisation, role=role)
    record(Kind.PERSON_ADDED, by=by, subject=subject_of(person))
    record(Kind.ROLE_GIVEN, by=by, subject=subject_of(person), role=role.value, where=organisation.slug)
    return person


@transaction.atomic
def give_role(person: Person, *, role: Role, organisation: Organisation, by: Actor, **how: Any) -> None:
    """One more role; `how` it came about goes into the record. Nothing where the person holds it already.

    Does not ask whether it may be given: `two_admins.ask_for_role` does.
    """
    _, new = Membership.objects.get_or_create(person=person, organisation=organisation, role=role)
    if new:
        record(Kind.ROLE_GIVEN, by=by, subject=subject_of(person), role=role.value, where=organisation.slug, **how)


@transaction.atomic
def take_role(membership: Membership, *, by: Actor) -> None:
    """One role less. Can be given again; does nothing the second time."""
    person, role, where = membership.person, membership.role, membership.organisation.slug
    subject = subject_of(person)
    removed, _ = Membership.objects.filter(pk=membership.pk).delete()
    if removed:
        record(Kind.ROLE_TAKEN, by=by, subject=subject, role=role, where=where)


@transaction.atomic
def set_active(person: Person, *, active: bool, by: Actor, because: str) -> None:
    """Close or open an account; their sessions end at the next click, their keys for good. Nothing the second time."""
    since = {"active_since": timezone.now()} if active else {}
    if Person.objects.filter(pk=person.pk, is_active=not active).update(is_active=active, **since):
        kind = Kind.PERSON_REACTIVATED if active else Kind.PERSON_DEACTIVATED
        record(kind, by=by, subject=subject_of(person), because=because)
        revoke(person, by=by)


@transaction.atomic
def reset_password(person: Person, *, by: Actor, because: str) -> str:
    """A new password for somebody who forgot theirs, good only for choosing another; open sessions and keys end.

    Gives the password, which stands nowhere else; the failures counted against the account are forgotten.
    """
    password = secrets.token_urlsafe(12)
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    reset(username=person.email)
    revoke(person, by=by)
    record(Kind.PASSWORD_RESET, by=by, subject=subject_of(person), because=because)
    return password


@transaction.atomic
def lift_second_step(person: Person, *, by: Actor, because: str, **how: Any) -> None:
    """Somebody lost telephone and codes: they set up a new step at the next sign-in; open sessions and keys end."""
    Authenticator.objects.filter(user_id=person.pk).delete()
    revoke(person, by=by)
    record(Kind.SECOND_STEP_RESET, by=by, subject=subject_of(person), because=because, **how)
    end_sessions(person, by=by)


@transaction.atomic
def end_sessions(person: Person, *, by: Actor, only: int | None = None, but: str = "") -> int:
    """End a person's sessions, all or `only` one, `but` the one with this key; how many there were."""
    sessions = UserSession.objects.filter(user_id=person.pk).exclude(session_key=but)
    chosen = list(sessions if only is None else sessions.filter(pk=only))
    for session in chosen:
        session.end()
    if chosen:
        record(Kind.SESSION_ENDED, by=by, subject=subject_of(person), sessions=len(chosen))
    return len(chosen)


def _organisation(organisation: Organisation) -> Subject:
    return Subject(kind="organisation", id=organisation.slug, label=organisation.name, organisation=organisation.slug)
