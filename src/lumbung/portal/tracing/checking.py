"""A check for residents as the record sees it: opened, prepared, asked, closed with its key. The only writers.

The key lies sealed in a file of its own beside the database and is never anywhere else; closing destroys it, and with
it the use of every filter that anybody has kept.
"""

import os
import shutil
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting, Gone, Unfit
from lumbung.portal.audit.actions import record, record_now
from lumbung.portal.audit.actors import SYSTEM, Actor
from lumbung.portal.audit.keys import master_key
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.incidents.models import Incident
from lumbung.portal.intake.inspecting import SILENCE
from lumbung.portal.intake.seal import unwrap, wrap
from lumbung.portal.intake.vault import Sealed
from lumbung.portal.review import reasons
from lumbung.portal.tracing import brought
from lumbung.portal.tracing.asking import digest_of
from lumbung.portal.tracing.filtering import key_of
from lumbung.portal.tracing.models import CheckState, Evaluated, ResidentCheck
from lumbung.portal.tracing.permissions import TooMany, check_opens_check
from lumbung.portal.tracing.places import place
from lumbung.trace import oprf

MOST_ATTEMPTS = 3
MOST_FROM_ONE = 20  # evaluations a day from one network: a family asks for all of its own
MOST_OF_OFFICER = 60  # a day, by one officer for people who came
TIMES_ALL = 2  # evaluations altogether, for each entry of the filters; from then on people are asked to come
WAITS = timedelta(seconds=30)
LEFTOVER = timedelta(hours=1)


def open_check(
    incident: Incident, *, person: Person, by: Actor, because: str, columns: str, sealed: Sealed | None = None
) -> ResidentCheck:
    """Make a key and queue the making of filters: of a brought file, or else of all that the incident is about.

    Raise Refused (not its PPDP), Conflicting (open, or ended); then nothing is kept, and the caller discards `sealed`.
    """
    check_opens_check(person, incident)
    because = reasons.checked(because)
    if incident.ended_at:
        raise Conflicting("incident-ended", _("Insiden ini sudah dinyatakan selesai."))
    try:
        with transaction.atomic():
            check = ResidentCheck.objects.create(
                incident=incident, opened_by=person, because=because, columns=columns[:500]
            )
            told = {"incident": incident.pk, **({"digest": digest_of([sealed])} if sealed else {})}
            record(Kind.CHECK_OPENED, by=by, subject=incident.subject, because=because, **told)
            _make_key(check)
            brought.destroy(check)  # as of the key: of an opening that was undone
            if sealed:
                brought.keep(check, sealed)
            enqueue(check)
    except IntegrityError:
        raise Conflicting("check-open", _("Pemeriksaan untuk insiden ini sudah dibuka.")) from None
    return check


def begin(check_id: int) -> ResidentCheck | None:
    """Take up the making of its filters; nothing where it is done, closed or in other hands."""
    with transaction.atomic():
        current = _locked(check_id)
        fresh = current.attempts and current.heartbeat > timezone.now() - SILENCE
        if current.state != CheckState.PREPARING or current.code or fresh:
            return None
        if current.attempts >= MOST_ATTEMPTS:
            current.code = "interrupted"
            transaction.on_commit(partial(brought.destroy, current))
        current.attempts, current.heartbeat = current.attempts + 1, timezone.now()
        current.save()
        return None if current.code else current


def mine(check: ResidentCheck) -> QuerySet[ResidentCheck]:
    """The row, as long as this attempt has not been overtaken."""
    return ResidentCheck.objects.filter(pk=check.pk, attempts=check.attempts, state=CheckState.PREPARING)


def ready(check: ResidentCheck, *, folder: Path, districts: dict[str, int], missing: int) -> None:
    """Lay the filters in their place and open the check, unless it was closed or overtaken meanwhile."""
    with transaction.atomic():
        current = _locked(check.pk)
        if current.state != CheckState.PREPARING or current.attempts != check.attempts:
            return
        shutil.rmtree(_folder(current), ignore_errors=True)
        shutil.copytree(folder, _folder(current))
        current.state, current.districts, current.missing = CheckState.OPEN, districts, missing
        current.save()
        transaction.on_commit(partial(brought.destroy, current))
        subject, number, told = current.incident.subject, current.incident_id, len(districts)
        record(Kind.CHECK_READY, by=SYSTEM, subject=subject, incident=number, districts=told, missing=missing)


def fail(check: ResidentCheck, *, code: str) -> None:
    """No filters come of it, and this is why; it waits to be closed."""
    if mine(check).update(code=code):
        brought.destroy(check)


def close_check(check: ResidentCheck, *, person: Person | None, by: Actor) -> None:
    """Destroy the key and the filters. Cannot be undone; nothing the second time. `person` None: by itself."""
    if person:
        check_opens_check(person, check.incident)
    with transaction.atomic():
        current = _locked(check.pk)
        if current.state == CheckState.CLOSED:
            return
        asked = current.evaluated.filter(sender="").aggregate(times=Sum("times"))["times"] or 0
        current.state, current.closed_at, current.closed_by = CheckState.CLOSED, timezone.now(), person
        current.save()
        current.evaluated.exclude(sender="").delete()
        record(Kind.CHECK_CLOSED, by=by, subject=current.incident.subject, incident=current.incident_id, asked=asked)
        _destroy_key(current)
        transaction.on_commit(partial(brought.destroy, current))
        transaction.on_commit(partial(shutil.rmtree, _folder(current), ignore_errors=True))


def evaluate(check: ResidentCheck, blinded: bytes, *, sender: str) -> bytes:
    """What the protocol sends back to a resident. Raise TooMany, Gone, or Unfit for bytes that are no element."""
    return _evaluated(check, blinded, kind="warga", sender=sender, most=MOST_FROM_ONE)


def evaluate_at_office(check: ResidentCheck, blinded: bytes, *, person: Person, by: Actor) -> bytes:
    """The same at an office, under the other key, for somebody whose card was seen. Each is a line of the record."""
    given = _evaluated(check, blinded, kind="kantor", sender=f"person:{person.pk}", most=MOST_OF_OFFICER)
    record_now(Kind.CHECK_OFFICE, by=by, subject=check.incident.subject, incident=check.incident_id)
    return given


def filter_of(check: ResidentCheck, kind: str, district: str) -> Path:
    """Where one filter lies. Raise Gone where the check is closed or there is no such district."""
    path = _folder(check) / f"{kind}-{district}"
    if check.state != CheckState.OPEN or district not in check.districts or not path.is_file():
        raise Gone("no-filter", _("Tidak ada saringan untuk kecamatan itu, atau pemeriksaannya sudah ditutup."))
    return path


def take_up_the_left() -> None:
    """Close what belongs to an incident that has ended; put back on the list what nobody prepares."""
    for check in ResidentCheck.objects.exclude(state=CheckState.CLOSED).filter(incident__ended_at__isnull=False):
        close_check(check, person=None, by=SYSTEM)
    before = timezone.now() - WAITS
    for check in ResidentCheck.objects.filter(state=CheckState.PREPARING, code="", heartbeat__lt=before):
        enqueue(check)
    Evaluated.objects.filter(day__lt=timezone.localdate()).exclude(sender="").delete()


def sweep() -> int:
    """Delete keys and filters of no check that stands: the traces of a sudden end. Gives how many."""
    standing = {str(pk) for pk in ResidentCheck.objects.exclude(state=CheckState.CLOSED).values_list("pk", flat=True)}
    before = (timezone.now() - LEFTOVER).timestamp()  # a younger one may belong to a row that nobody sees yet
    left = [path for path in place("checks").iterdir() if path.stem not in standing and path.stat().st_mtime < before]
    for path in left:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return len(left)


def seed_of(check: ResidentCheck) -> bytes:
    """The seed of both keys. Raise Gone once it is destroyed."""
    try:
        wrapped = _key_file(check).read_bytes()
    except FileNotFoundError:
        raise Gone("key-destroyed", _("Pemeriksaan ini sudah ditutup, dan kuncinya sudah dimusnahkan.")) from None
    return unwrap(wrapped, key=master_key(), bound_to=_bound(check))


def enqueue(check: ResidentCheck) -> None:
    """Put the making of its filters on the list of jobs."""
    from lumbung.portal.tracing.jobs import prepare_check

    prepare_check.enqueue(check.pk)


def _evaluated(check: ResidentCheck, blinded: bytes, *, kind: str, sender: str, most: int) -> bytes:
    if check.state != CheckState.OPEN:
        raise Gone("check-closed", _("Pemeriksaan ini sudah ditutup."))
    key = key_of(seed_of(check), kind)
    with transaction.atomic():
        everybody = TIMES_ALL * sum(check.districts.values())
        asked = check.evaluated.filter(sender="").aggregate(times=Sum("times"))["times"] or 0
        if asked >= everybody or _count(check, sender) > most:
            raise TooMany(
                "many-evaluations",
                _("Terlalu banyak pemeriksaan hari ini."),
                _("Datanglah ke kantor desa atau kelurahan dengan KTP Anda."),
            )
        _count(check, "")
    try:
        return oprf.evaluate(key, blinded)
    except oprf.Refused:
        raise Unfit("not-an-element", _("Permintaan ini tidak dapat dihitung. Muat ulang halamannya.")) from None


def _count(check: ResidentCheck, sender: str) -> int:
    """One more of today, and how many that makes."""
    today: dict[str, Any] = {"check_of": check, "day": timezone.localdate(), "sender": sender}
    row, _made = Evaluated.objects.get_or_create(**today)
    Evaluated.objects.filter(pk=row.pk).update(times=F("times") + 1)
    return int(Evaluated.objects.values_list("times", flat=True).get(pk=row.pk))


def _make_key(check: ResidentCheck) -> None:
    _key_file(check).unlink(missing_ok=True)  # of an opening that was undone, whose number came free again
    descriptor = os.open(_key_file(check), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(wrap(os.urandom(32), key=master_key(), bound_to=_bound(check)))
        file.flush()
        os.fsync(file.fileno())


def _destroy_key(check: ResidentCheck) -> None:
    """Overwritten before it is deleted, for what that is worth on the disk at hand."""
    path = _key_file(check)
    if path.exists():
        with path.open("r+b") as file:
            file.write(os.urandom(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink(missing_ok=True)


def _key_file(check: ResidentCheck) -> Path:
    return place("checks") / f"{check.pk}.kunci"


def _folder(check: ResidentCheck) -> Path:
    return place("checks") / str(check.pk)


def _bound(check: ResidentCheck) -> bytes:
    return f"check {check.pk}".encode()


def _locked(check_id: int) -> ResidentCheck:
    related = ("incident__dataset__organisation", "incident__organisation")
    return ResidentCheck.objects.select_for_update(of=("self",)).select_related(*related).get(pk=check_id)
