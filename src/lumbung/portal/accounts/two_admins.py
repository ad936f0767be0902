"""Weighty acts on people take two admins, where there is a second one: guarded roles, and lifting a second step.

Why, and what happens where there is one admin alone: docs/decisions/0008.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.actions import give_role, lift_second_step
from lumbung.portal.accounts.adapter import subject_of
from lumbung.portal.accounts.models import Organisation, Person, Proposal, Wish, WishAnswer
from lumbung.portal.accounts.permissions import Conflicting, Refused, check_manages_organisation, check_may_give
from lumbung.portal.accounts.queries import admins_over, organisations_where
from lumbung.portal.accounts.roles import GUARDED, Role
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind


@transaction.atomic
def ask_for_role(person: Person, *, role: Role, organisation: Organisation, admin: Person, by: Actor) -> bool:
    """Give the role, or ask a second admin for a guarded one. True where it was given at once.

    Raise Refused where nobody may give it (own, or one that an admin may not hold). Nothing the second time.
    """
    check_may_give(admin, person, role)
    if role not in GUARDED:
        give_role(person, role=role, organisation=organisation, by=by)
        return True
    if not _seconds(organisation, admin, person).exists():
        give_role(person, role=role, organisation=organisation, by=by, alone=True)
        return True
    if not person.memberships.filter(organisation=organisation, role=role).exists():
        _propose(Wish.GIVE_ROLE, person, organisation=organisation, role=role, admin=admin, by=by)
    return False


@transaction.atomic
def ask_for_reset(person: Person, *, organisation: Organisation, because: str, admin: Person, by: Actor) -> bool:
    """Lift somebody's second step, or ask a second admin where their role is guarded. True where done at once."""
    if person.pk == admin.pk:
        raise Refused("own-second-step", _("Pengaman Anda sendiri dilepas oleh admin lain."))
    guarded = person.memberships.filter(role__in=GUARDED).exists()
    if guarded and _seconds(organisation, admin, person).exists():
        _propose(Wish.RESET_SECOND_STEP, person, organisation=organisation, because=because, admin=admin, by=by)
        return False
    lift_second_step(person, by=by, because=because, alone=guarded)
    return True


def waiting_for(admin: Person) -> QuerySet[Proposal]:
    """What waits for a second admin in this admin's organisations, their own questions too."""
    where = organisations_where(admin, Role.ADMIN)
    waiting = Proposal.objects.filter(answer=WishAnswer.WAITING, organisation__in=where)
    return waiting.select_related("person", "organisation", "proposed_by")


@transaction.atomic
def confirm(proposal: Proposal, *, admin: Person, by: Actor) -> None:
    """Do what was asked. Raise Refused for the one who asked or is meant, Conflicting where somebody answered."""
    if admin.pk in (proposal.proposed_by_id, proposal.person_id):
        raise Refused(
            "same-hands", _("Permintaan ini harus disetujui admin lain."), _("Dua orang melihatnya sebelum berlaku.")
        )
    check_manages_organisation(admin, proposal.organisation)
    _answer(proposal, WishAnswer.CONFIRMED, admin)
    if proposal.wish == Wish.RESET_SECOND_STEP:
        lift_second_step(proposal.person, by=by, because=proposal.because, asked_by=proposal.proposed_by.name)
        return
    role = Role(proposal.role)
    check_may_give(admin, proposal.person, role)
    give_role(
        proposal.person, role=role, organisation=proposal.organisation, by=by, asked_by=proposal.proposed_by.name
    )


@transaction.atomic
def decline(proposal: Proposal, *, admin: Person, by: Actor) -> None:
    """Not done. Who asked may take it back so, too. Raise Conflicting where somebody answered."""
    check_manages_organisation(admin, proposal.organisation)
    _answer(proposal, WishAnswer.DECLINED, admin)
    record(
        Kind.TWO_ADMINS_DECLINED, by=by, subject=subject_of(proposal.person), wish=proposal.wish, role=proposal.role
    )


def _seconds(organisation: Organisation, admin: Person, person: Person) -> QuerySet[Person]:
    """Admins over the organisation besides the one who asks and the one who is meant."""
    return admins_over(organisation).exclude(pk__in=(admin.pk, person.pk))


def _propose(
    wish: Wish,
    person: Person,
    *,
    organisation: Organisation,
    admin: Person,
    by: Actor,
    role: str = "",
    because: str = "",
) -> None:
    _, new = Proposal.objects.get_or_create(
        wish=wish,
        person=person,
        organisation=organisation,
        role=role,
        answer=WishAnswer.WAITING,
        defaults={"proposed_by": admin, "because": because},
    )
    if new:
        about = {"wish": wish.value, "role": str(role), "where": organisation.slug}
        record(Kind.TWO_ADMINS_ASKED, by=by, subject=subject_of(person), because=because, **about)


def _answer(proposal: Proposal, answer: WishAnswer, admin: Person) -> None:
    waiting = Proposal.objects.filter(pk=proposal.pk, answer=WishAnswer.WAITING)
    if not waiting.update(answer=answer, answered_by=admin, answered_at=timezone.now()):
        raise Conflicting("answered-already", _("Admin lain sudah lebih dahulu menjawab permintaan ini."))
