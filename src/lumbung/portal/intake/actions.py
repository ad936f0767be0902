"""The verbs at the door, and the only writers of a submission. Each writes its line in the same transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.permissions import Conflicting, Unfit
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.catalogue.models import Dataset, ForbiddenDigest
from lumbung.portal.intake import column_carrying, vault
from lumbung.portal.intake.masking import masked
from lumbung.portal.intake.models import Answer, Delivery, Entry, ReleaseRequest, Submission
from lumbung.portal.intake.parts import check_parts_open
from lumbung.portal.intake.permissions import (
    check_describable,
    check_produces_for,
    check_shreddable,
)
from lumbung.portal.intake.states import FINISHED, State, check_move
from lumbung.portal.intake.vault import Sealed

DESCRIPTION = (
    "title",
    "description",
    "theme",
    "period",
    "source",
    "unit",
    "licence",
    "frequency",
    "classification",
    "legal_basis",
)


def receive(
    sealed: Sealed,
    *,
    person: Person,
    organisation: Organisation,
    by: Actor,
    description: Mapping[str, str],
    **links: Any,
) -> Submission:
    """Take a sealed file in and queue its inspection. When this returns, file and row are on the disk.

    `description` has keys out of DESCRIPTION; `links` are those of `take_in`. Raise Refused (not a producer there),
    Unfit (empty, forbidden bytes) or Conflicting (the same file is already here); then nothing is kept, and the caller
    still discards `sealed`.
    """
    check_produces_for(person, organisation)
    return take_in(sealed, person=person, organisation=organisation, by=by, description=description, **links)


def take_in(
    sealed: Sealed,
    *,
    person: Person,
    organisation: Organisation,
    by: Actor,
    description: Mapping[str, str],
    dataset: Dataset | None = None,
    derived_from: Submission | None = None,
    village: str = "",
    blank: str = "",
    made_from: Sequence[Submission] = (),
) -> Submission:
    """The same without asking for a role: for what Lumbung itself puts together out of what was published.

    `person` is who answers for its newest part. `village` is for statistics that Lumbung made itself, `blank` for the
    answers to a blank. Raise Conflicting where one of the parts in `made_from` is not open.
    """
    _check_acceptable(sealed, organisation)
    storage_key = vault.keep(sealed)
    try:
        with transaction.atomic():
            check_parts_open(made_from)
            owners = {"organisation": organisation, "submitted_by": person}
            links = {"dataset": dataset, "derived_from": derived_from, "village": village, "blank": blank}
            submission = _create(sealed, storage_key=storage_key, description=description, **owners, **links)
            submission.made_from.set(made_from)
            column_carrying.carry(submission)
            record(Kind.RECEIVED, by=by, subject=submission.subject, size=sealed.size)
            _queue(submission)
    except IntegrityError:
        vault.destroy(storage_key)
        _check_acceptable(sealed, organisation)  # says who was a moment faster
        raise
    except BaseException:
        vault.destroy(storage_key)
        raise
    return submission


def _create(sealed: Sealed, *, storage_key: str, description: Mapping[str, str], **related: Any) -> Submission:
    now = timezone.now()
    return Submission.objects.create(
        id=sealed.id,
        filename_masked=masked(sealed.name),
        sealed_name=sealed.sealed_name,
        size=sealed.size,
        sha256=sealed.sha256,
        wrapped_key=sealed.wrapped_key,
        storage_key=storage_key,
        received_at=now,
        state_since=now,
        heartbeat=now,
        **{name: description.get(name, "") for name in DESCRIPTION},
        **related,
    )


def locked(submission: Submission) -> Submission:
    """The row as it stands now, held until the transaction ends."""
    return Submission.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=submission.pk)


def advance(
    submission: Submission,
    *,
    to: State,
    kind: Kind,
    by: Actor,
    because: str = "",
    changes: Mapping[str, Any] | None = None,
    **details: Any,
) -> Submission:
    """Move along the table and record it, under a row lock. Raise Conflicting where the move is not in the table."""
    with transaction.atomic():
        current = locked(submission)
        check_move(State(current.state), to)
        for name, value in {"state": to, "state_since": timezone.now(), **(changes or {})}.items():
            setattr(current, name, value)
        current.save()
        record(kind, by=by, subject=current.subject, because=because, **details)
    return current


def describe(submission: Submission, *, by: Actor, description: Mapping[str, str]) -> None:
    """Change what is said about the file. Does nothing, and records nothing, where all stays as it was."""
    with transaction.atomic():
        current = locked(submission)
        check_describable(current)
        changed = [name for name in DESCRIPTION if getattr(current, name) != description.get(name, "")]
        for name in changed:
            setattr(current, name, description.get(name, ""))
        if changed:
            current.save(update_fields=changed)
            record(Kind.DESCRIBED, by=by, subject=current.subject, fields=changed)


def inspect_again(submission: Submission, *, by: Actor, because: str) -> None:
    """Back to the beginning of the queue, for instance because the rules have changed. Earlier releases lapse."""
    with transaction.atomic():
        current = advance(
            submission,
            to=State.RECEIVED,
            kind=Kind.INSPECTION_REPEATED,
            by=by,
            because=because,
            changes={"attempts": 0, "heartbeat": timezone.now(), "released_codes": [], "trouble": ""},
        )
        _queue(current)


def shred(submission: Submission, *, by: Actor, because: str, published: bool = False) -> None:
    """Destroy the key, then the ciphertext. Cannot be undone. Does nothing the second time.

    `published` is for the publication room alone: removal from the shelf takes the uploaded bytes along, and every
    word of the description too.
    """
    with transaction.atomic():
        current = locked(submission)
        if current.state == State.SHREDDED:
            return
        if not (published and current.state == State.PUBLISHED):
            check_shreddable(current)
        storage_keys = [current.storage_key, *current.attachments.values_list("storage_key", flat=True)]
        current.attachments.all().delete()
        current.countings.update(proposal={})  # names of its columns
        Delivery.objects.filter(submission=current).delete()
        if published and current.blank:
            Entry.objects.filter(organisation=current.organisation, blank=current.blank).delete()
        ReleaseRequest.objects.filter(submission=current, answer=Answer.WAITING).delete()
        column_carrying.forget(current)
        changes = {**_emptied(current), **(dict.fromkeys(DESCRIPTION, "") if published else {})}
        advance(current, to=State.SHREDDED, kind=Kind.SHREDDED, by=by, because=because, changes=changes)
        transaction.on_commit(lambda: _forget(storage_keys))


def _emptied(submission: Submission) -> dict[str, Any]:
    """Without key, name and places; the codes and counts of what was found stay, for they hold nothing of the file."""
    inspection = submission.inspection
    if inspection:
        reasons = [{**reason, "place": {}} for reason in inspection["reasons"]]
        inspection = {**inspection, "reasons": reasons, "unread": []}
    now: datetime = timezone.now()
    return {
        "wrapped_key": b"",
        "sealed_name": b"",
        "storage_key": "",
        "shredded_at": now,
        "inspection": inspection,
    }


def _forget(storage_keys: Iterable[str]) -> None:
    """Delete the ciphertexts, and on SQLite the older pages that still hold the wrapped keys."""
    for storage_key in storage_keys:
        vault.destroy(storage_key)
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _check_acceptable(sealed: Sealed, organisation: Organisation) -> None:
    """Not empty, not forbidden, not here already."""
    if sealed.size == 0:
        raise Unfit(
            "empty-file",
            _("Berkas ini kosong, belum ada isinya."),
            _("Buka berkasnya, pastikan isinya tersimpan, lalu unggah lagi."),
            address="/meja/kiriman/baru",
        )
    if ForbiddenDigest.objects.filter(sha256=sealed.sha256).exists():
        raise Unfit(
            "forbidden-bytes",
            _("Berkas yang persis sama pernah dihapus dari portal ini dan tidak dapat diterima lagi."),
            _("Kirim berkas yang sudah diperbaiki, atau hubungi walidata."),
            address="/meja/kiriman/baru",
        )
    same = Submission.objects.filter(organisation=organisation, sha256=sealed.sha256).exclude(state__in=FINISHED)
    if twin := same.first():
        raise Conflicting(
            "already-here",
            _("Berkas yang persis sama sudah kami terima, jadi tidak perlu diunggah dua kali."),
            _("Lanjutkan pada kiriman yang sudah ada."),
            address=twin.get_absolute_url(),
        )


def _queue(submission: Submission) -> None:
    """Put the inspection on the list of jobs, in the same transaction."""
    from lumbung.portal.intake.jobs import inspect_submission

    inspect_submission.enqueue(str(submission.pk))
