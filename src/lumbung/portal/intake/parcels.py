"""A package from a village's own computer, as the record sees it: handed in, taken up, alive, ended. The only writers.

Its bytes lie sealed while it is looked at, and are destroyed in the end whatever came of it.
"""

from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation, OrganisationKind, Person
from lumbung.portal.accounts.permissions import Conflicting, Refused
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import SYSTEM, Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.intake import vault
from lumbung.portal.intake.inspecting import SILENCE
from lumbung.portal.intake.models import Parcel, ParcelStage, Submission
from lumbung.portal.intake.permissions import KODE, check_produces_for
from lumbung.portal.intake.states import COUNTING_MOVES, UNDER_WAY, CountingState
from lumbung.portal.intake.vault import Sealed

MOST_ATTEMPTS = 3


def bring(sealed: Sealed, *, person: Person, organisation: Organisation, by: Actor) -> Parcel:
    """Keep a package and queue the look at it. Raise Refused (not a producer there) or Conflicting (one is under way);
    then nothing is kept.
    """
    check_may_bring(person, organisation)
    storage_key = vault.keep(sealed)
    try:
        with transaction.atomic():
            return _kept(sealed, storage_key, person, organisation, by)
    except IntegrityError:
        vault.destroy(storage_key)
        raise Conflicting(
            "parcel-under-way", _("Paket lain dari desa ini sedang diperiksa."), _("Tunggu sampai selesai.")
        ) from None
    except BaseException:
        vault.destroy(storage_key)
        raise


def check_may_bring(person: Person, organisation: Organisation) -> None:
    """Raise Refused unless it is a village with a kode wilayah, and the person produces data for it."""
    check_produces_for(person, organisation)
    if organisation.kind != OrganisationKind.VILLAGE or not KODE.fullmatch(organisation.kode):
        raise Refused("not-a-village", _("Paket statistik hanya untuk desa yang kode wilayahnya sudah terisi."))


def _kept(sealed: Sealed, storage_key: str, person: Person, organisation: Organisation, by: Actor) -> Parcel:
    now = timezone.now()
    parcel = Parcel.objects.create(
        id=sealed.id,
        organisation=organisation,
        brought_by=person,
        brought_at=now,
        size=sealed.size,
        wrapped_key=sealed.wrapped_key,
        sealed_name=sealed.sealed_name,
        storage_key=storage_key,
        state_since=now,
        heartbeat=now,
    )
    record(Kind.PACKAGE_RECEIVED, by=by, subject=parcel.subject, village=organisation.kode, size=sealed.size)
    _enqueue(parcel)
    return parcel


def begin(parcel_id: str) -> Parcel | None:
    """Take one up; nothing where it is done or in other hands. The third silent death ends it."""
    with transaction.atomic():
        parcel = locked(parcel_id)
        silent = parcel.heartbeat < timezone.now() - SILENCE
        if parcel.state not in UNDER_WAY or (parcel.state == CountingState.WORKING and not silent):
            return None
        if parcel.attempts >= MOST_ATTEMPTS:
            end(parcel, code="interrupted")
            return None
        if parcel.state == CountingState.WAITING:
            _move(parcel, CountingState.WORKING)
        parcel.attempts += 1
        parcel.stage, parcel.heartbeat = ParcelStage.OPENING, timezone.now()
        parcel.save()
    return parcel


def mine(parcel: Parcel) -> Any:
    """The row, as long as this attempt has not been overtaken: for signs of life and stages."""
    return Parcel.objects.filter(pk=parcel.pk, attempts=parcel.attempts, state=CountingState.WORKING)


def reach(parcel: Parcel, stage: ParcelStage) -> None:
    """Say what is being done now."""
    mine(parcel).update(stage=stage, heartbeat=timezone.now())


def refuse(parcel: Parcel, *, code: str) -> None:
    """It is not taken, unless this attempt has been overtaken."""
    with transaction.atomic():
        current = locked(str(parcel.pk))
        if current.state == CountingState.WORKING and current.attempts == parcel.attempts:
            end(current, code=code)


def end(parcel: Parcel, *, code: str = "", result: Submission | None = None) -> None:
    """Write down what came of it and destroy its bytes. Call it locked, in the transaction that made the result."""
    _move(parcel, CountingState.DONE if result else CountingState.REFUSED)
    storage_key, parcel.storage_key = parcel.storage_key, ""
    parcel.wrapped_key = parcel.sealed_name = b""
    parcel.code, parcel.result = code[:40], result
    parcel.save()
    if result is None:
        record(Kind.PACKAGE_REFUSED, by=SYSTEM, subject=parcel.subject, code=parcel.code)
    transaction.on_commit(partial(vault.destroy, storage_key))


def take_up_the_left() -> int:
    """Put back on the list what nobody took up, or what a dead worker left. Gives how many."""
    now = timezone.now()
    left = list(Parcel.objects.filter(state__in=UNDER_WAY, heartbeat__lt=now - SILENCE))
    for parcel in left:
        if parcel.state == CountingState.WAITING:
            Parcel.objects.filter(pk=parcel.pk).update(heartbeat=now)
        _enqueue(parcel)
    return len(left)


def locked(parcel_id: str) -> Parcel:
    """The row as it stands now, held until the transaction ends."""
    related = ("organisation", "brought_by")
    return Parcel.objects.select_for_update(of=("self",)).select_related(*related).get(pk=parcel_id)


def _enqueue(parcel: Parcel) -> None:
    from lumbung.portal.intake.jobs import look_at_parcel

    look_at_parcel.enqueue(str(parcel.pk))


def _move(parcel: Parcel, to: CountingState) -> None:
    if to not in COUNTING_MOVES[CountingState(parcel.state)]:
        raise Conflicting("wrong-state", _("Paket ini sudah berada pada tahap lain."))
    parcel.state, parcel.state_since = to, timezone.now()
