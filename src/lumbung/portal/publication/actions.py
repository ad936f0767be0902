"""The verbs that change the shelf: each asks who and whether under a row lock, acts and records in one transaction."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung import gate
from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting, Refused
from lumbung.portal.audit.actions import record, record_now
from lumbung.portal.audit.actors import SYSTEM, Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.catalogue import search
from lumbung.portal.catalogue.models import Dataset, ForbiddenDigest, Release
from lumbung.portal.catalogue.permissions import check_closes
from lumbung.portal.catalogue.shelf import path_of
from lumbung.portal.catalogue.states import DatasetState
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.intake.actions import advance, inspect_again, locked, shred
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.parts import check_parts_open, parts_of
from lumbung.portal.intake.states import State
from lumbung.portal.publication import snapshot
from lumbung.portal.publication.backups import holding_since
from lumbung.portal.publication.derived import PART_CLOSED, made_datasets_of, stacks_of, waiting_stacks_of
from lumbung.portal.publication.permissions import (
    check_keeps,
    check_open_to_publish,
    check_publishes,
    check_reopens,
    check_retyped,
    check_undoes,
)
from lumbung.portal.publication.queries import Traces, traces_of
from lumbung.portal.publication.rebuilding import Rebuilt, check_no_worse, not_the_inspected, rebuilt
from lumbung.portal.publication.shelving import put_up, standing, take_down
from lumbung.portal.publication.states import check_move
from lumbung.portal.review import reasons
from lumbung.portal.review.models import Answer
from lumbung.portal.review.permissions import check_complete
from lumbung.portal.review.queries import latest_decision


def publish(submission: Submission, *, person: Person, by: Actor) -> Dataset:
    """Put an approved submission on the shelf, as a new dataset or as the next release of the one it updates.

    Raise Refused (and kin) where anything is not as it was approved; where the rules have changed since, the file is
    sent back for inspection first. Nothing stands on the shelf unless this returns. Undone by `withdraw`.
    """
    check_publishes(person, submission)
    try:
        _check_approved(submission)
        check_open_to_publish(submission.organisation)
        _send_back_if_rules_changed(submission, by=by)
        with rebuilt(submission) as (made, files), standing(made, files) as folder, transaction.atomic():
            return _shelved(submission, person=person, by=by, folder=folder, files=files)
    except Refused as refused:
        record_now(Kind.PUBLICATION_REFUSED, by=by, subject=submission.subject, code=refused.code)
        raise


def _shelved(submission: Submission, *, person: Person, by: Actor, folder: str, files: Sequence[Rebuilt]) -> Dataset:
    """Everything asked once more under the row lock, then the rows and the record."""
    check_parts_open(submission.made_from.all())
    current = locked(submission)
    check_publishes(person, current)
    check_open_to_publish(current.organisation)
    _check_approved(current)
    release = put_up(current, _open_for_update(current), folder=folder, files=files)
    subject, number = release.dataset.subject, release.number
    advance(current, to=State.PUBLISHED, kind=Kind.PUBLISHED, by=by, dataset=release.dataset.slug, release=number)
    record(Kind.PUBLISHED, by=by, subject=subject, release=number, files=len(files), folder=folder)
    return release.dataset


def quarantine(
    dataset: Dataset,
    *,
    person: Person,
    by: Actor,
    because: str,
    ground: ClosingGround = ClosingGround.PERSONAL_DATA,
) -> None:
    """Close on every route at once. Reversible: see `restore`. Does nothing the second time; touches no neighbour."""
    because = reasons.checked(because)
    with transaction.atomic():
        current = locked_dataset(dataset)
        check_closes(person, current)
        if current.state != DatasetState.QUARANTINED:
            stood = snapshot.taken(_alone(current))
            _quarantine(current, ground=ground, because=because, by=by, **stood)


def close_by_itself(dataset: Dataset, *, because: str) -> None:
    """Quarantine without anybody's hand, because the gate would hold today what stands here. Reversible: `restore`."""
    with transaction.atomic():
        current = locked_dataset(dataset)
        if current.state == DatasetState.PUBLISHED:
            stood = snapshot.taken(_alone(current))
            _quarantine(current, ground=ClosingGround.PERSONAL_DATA, because=because, by=SYSTEM, **stood)


def withdraw(dataset: Dataset, *, person: Person, by: Actor, because: str, ground: ClosingGround) -> None:
    """Take it off the shelf as a matter of course, with a stone that says why. Reversible: see `restore`."""
    because = reasons.checked(because)
    with transaction.atomic():
        current = locked_dataset(dataset)
        check_keeps(person, current)
        check_move(DatasetState(current.state), DatasetState.WITHDRAWN)
        stood = snapshot.taken(_alone(current))
        _close(current, to=DatasetState.WITHDRAWN, ground=ground, because=because, by=by)
        record(Kind.WITHDRAWN, by=by, subject=current.subject, because=because, ground=ground.value, **stood)


def restore(dataset: Dataset, *, person: Person, by: Actor, because: str) -> None:
    """Open it again, after the gate has looked at every one of its files once more under today's rules.

    Raise Unfit where a file no longer passes, Conflicting where one is not what was published, or where it was put
    together out of something that is closed.
    """
    _open_again(dataset, person=person, by=by, because=reasons.checked(because), check=check_reopens)


def undo(dataset: Dataset, *, person: Person, by: Actor) -> None:
    """Open what the same person quarantined a moment ago, with the same second look as `restore`, which see."""
    _open_again(dataset, person=person, by=by, because=str(_("Urung: yang ditutup keliru.")), check=check_undoes)


def _open_again(
    dataset: Dataset, *, person: Person, by: Actor, because: str, check: Callable[[Person, Dataset], None]
) -> None:
    check(person, dataset)
    check_move(DatasetState(dataset.state), DatasetState.PUBLISHED)
    _inspect_files(dataset)
    with transaction.atomic():
        check_parts_open(parts_of(dataset))
        current = locked_dataset(dataset)
        check(person, current)
        check_move(DatasetState(current.state), DatasetState.PUBLISHED)
        current.state, current.state_since = DatasetState.PUBLISHED, timezone.now()
        current.state_because, current.ground = because, ""
        current.save()
        search.index(current)
        record(Kind.RESTORED, by=by, subject=current.subject, because=because)


def remove(dataset: Dataset, *, person: Person, by: Actor, because: str, title: str) -> Traces:
    """Destroy it: bytes, rows, index entries, the sealed uploads and their keys. Cannot be undone; the stone stays.

    Every stack that holds its rows goes with it, earlier releases and all; a new one is put together by itself. Its
    digests may never be received again. Only what is closed already can be removed. Gives what is left, counted anew
    after the act and recorded: nothing, or somebody has to look.
    """
    because = reasons.checked(because)
    with transaction.atomic():
        current = locked_dataset(dataset)
        check_keeps(person, current)
        check_move(DatasetState(current.state), DatasetState.REMOVED)
        check_retyped(current, title)
        close_made(made_datasets_of(current), part=current.slug, by=by)
        stacks, waiting = stacks_of(current), waiting_stacks_of(current)
        subject, traces = current.subject, traces_of([current, *stacks], waiting)
        for submission in waiting:
            shred(submission, by=by, because=PART_CLOSED)
        for stack in stacks:
            _destroy(stack, by=by, because=PART_CLOSED, forbid=False, part=current.slug)
        _destroy(current, by=by, because=because, forbid=True)
    _forget_old_pages()
    held = holding_since(traces.since)
    record_now(Kind.REMOVAL_CHECKED, by=by, subject=subject, left=traces.left(), backups=held)
    return traces


def _destroy(dataset: Dataset, *, by: Actor, because: str, forbid: bool, **details: str) -> None:
    """The bytes, the rows and the sealed uploads of one closed dataset. `forbid` keeps its digests out for ever: not
    those of a stack, whose parts are forbidden themselves, for its other rows may come together the same again."""
    subject = dataset.subject
    sent = list(Release.every.filter(dataset=dataset).values_list("submission", flat=True))
    for submission in Submission.objects.filter(pk__in=sent):
        shred(submission, by=by, because=because, published=True)
    files, size = take_down(dataset, forbid=forbid)
    dataset.state, dataset.state_because, dataset.state_since = DatasetState.REMOVED, because, timezone.now()
    dataset.save()
    record(Kind.REMOVED, by=by, subject=subject, because=because, files=files, bytes=size, **details)


def _check_approved(submission: Submission) -> None:
    """Raise unless the last decision approves exactly these bytes under these rules, and is not the sender's own."""
    if submission.state != State.APPROVED:
        raise Conflicting(
            "not-approved", _("Berkas ini belum disetujui, atau sudah terbit."), _("Kembali ke antrean tinjauan.")
        )
    decision = latest_decision(submission)
    about = (submission.sha256, submission.rules_version)
    inspected = (submission.inspection or {}).get("sha256")
    if decision is None or decision.answer != Answer.APPROVE or inspected != submission.sha256:
        raise not_the_inspected()
    if (decision.sha256, decision.rules_version) != about or decision.decided_by_id == submission.submitted_by_id:
        raise not_the_inspected()
    check_complete(submission)
    if ForbiddenDigest.objects.filter(sha256=submission.sha256).exists():
        raise Conflicting("forbidden-bytes", _("Berkas yang persis sama pernah dihapus dan tidak dapat terbit lagi."))


def _send_back_if_rules_changed(submission: Submission, *, by: Actor) -> None:
    if submission.rules_version == gate.rules_version():
        return
    inspect_again(submission, by=by, because=str(_("Aturan pemeriksaan berubah sejak berkas ini disetujui.")))
    raise Conflicting(
        "rules-changed",
        _("Aturan pemeriksaan berubah sejak berkas ini disetujui, jadi berkasnya diperiksa ulang lebih dahulu."),
        _("Berkas kembali ke antrean tinjauan begitu selesai diperiksa."),
    )


def _open_for_update(submission: Submission) -> Dataset | None:
    """The dataset that the submission updates, locked; a closed one takes no new release."""
    if submission.dataset is None:
        return None
    dataset = locked_dataset(submission.dataset)
    if dataset.state != DatasetState.PUBLISHED or dataset.organisation_id != submission.organisation_id:
        raise Conflicting(
            "dataset-closed",
            _("Data yang hendak diperbarui sedang ditutup, jadi rilis baru belum dapat diterbitkan."),
            _("Buka kembali datanya lebih dahulu, atau terbitkan sebagai data baru."),
        )
    return dataset


def _inspect_files(dataset: Dataset) -> None:
    for release in dataset.releases.prefetch_related("distributions"):
        submission = Submission.objects.get(pk=release.submission)
        for file in release.distributions.all():
            found = gate.inspect(path_of(file), name=file.name)
            if found.sha256 != file.sha256:
                raise not_the_inspected()
            check_no_worse(submission, found)


def locked_dataset(dataset: Dataset) -> Dataset:
    """The row as it stands now, held until the transaction ends."""
    return Dataset.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=dataset.pk)


def _quarantine(dataset: Dataset, *, ground: ClosingGround, because: str, by: Actor, **details: Any) -> None:
    _close(dataset, to=DatasetState.QUARANTINED, ground=ground, because=because, by=by)
    record(Kind.QUARANTINED, by=by, subject=dataset.subject, because=because, ground=ground.value, **details)


def _close(dataset: Dataset, *, to: DatasetState, ground: ClosingGround, because: str, by: Actor) -> None:
    check_move(DatasetState(dataset.state), to)
    dataset.state, dataset.state_since = to, timezone.now()
    dataset.ground, dataset.state_because = ground, because
    dataset.save()
    search.remove(dataset)
    personal = ground == ClosingGround.PERSONAL_DATA
    close_made(made_datasets_of(dataset) if personal else stacks_of(dataset), part=dataset.slug, by=by)


def close_made(made: Sequence[Dataset], *, part: str, by: Actor) -> None:
    """Close what was made out of `part` (a slug), in the transaction that closes it: closed on every route at once."""
    for one in made:
        if one.state == DatasetState.PUBLISHED:
            _quarantine(one, ground=ClosingGround.PART, because=PART_CLOSED, by=by, part=part)


def _alone(dataset: Dataset) -> QuerySet[Dataset]:
    return Dataset.objects.filter(pk=dataset.pk)


def _forget_old_pages() -> None:
    """SQLite keeps older pages in its log until a checkpoint; this empties it. In vain while others are reading."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
