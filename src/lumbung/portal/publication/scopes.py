"""Closing more, or less, than one dataset: one release, one organisation with everything below it, the whole portal.

Each takes a snapshot first, is asked under a lock, leaves one line, and can be undone. An organisation and the portal
are shut by one row that `catalogue.queries.visible` asks for in every query, so it makes no difference how many
datasets there are, and what is published meanwhile is shut as well.
"""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung import gate
from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.permissions import Conflicting
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor, Subject
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.catalogue import search
from lumbung.portal.catalogue.models import Closing, Dataset, Distribution, Release
from lumbung.portal.catalogue.permissions import check_closes
from lumbung.portal.catalogue.queries import visible, whole_portal
from lumbung.portal.catalogue.shelf import path_of
from lumbung.portal.catalogue.states import DatasetState, Shut
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.intake.models import Submission
from lumbung.portal.publication import snapshot
from lumbung.portal.publication.actions import close_made, locked_dataset, quarantine
from lumbung.portal.publication.derived import made_of_releases
from lumbung.portal.publication.permissions import (
    check_ends_closing,
    check_reopens,
    check_shuts_organisation,
    check_shuts_portal,
)
from lumbung.portal.publication.rebuilding import check_no_worse, not_the_inspected
from lumbung.portal.publication.shelving import describe_again
from lumbung.portal.review import reasons

PORTAL = Subject(kind="portal", id="all", label="Portal")


def close_release(
    release: Release, *, person: Person, by: Actor, because: str, ground: ClosingGround = ClosingGround.PERSONAL_DATA
) -> None:
    """Close one release; the dataset goes on with the newest of the others, and says what that one says. Where no
    other is open, the whole dataset is quarantined. Reversible: see `reopen_release`. Does nothing the second time."""
    because = reasons.checked(because)
    with transaction.atomic():
        dataset = locked_dataset(release.dataset)
        check_closes(person, dataset)
        current = Release.every.get(pk=release.pk)
        if current.closed_since is not None:
            return
        if not Release.objects.filter(dataset=dataset).exclude(pk=current.pk).exists():
            quarantine(dataset, person=person, by=by, because=because, ground=ground)
            return
        stood = snapshot.taken(Dataset.objects.filter(pk=dataset.pk))
        current.closed_since, current.closed_ground = timezone.now(), ground
        current.closed_because, current.closed_by = because, person
        current.save()
        _say_again(dataset)
        record(
            Kind.RELEASE_CLOSED,
            by=by,
            subject=dataset.subject,
            because=because,
            ground=ground.value,
            release=current.number,
            **stood,
        )
        close_made(made_of_releases([current], sums=ground == ClosingGround.PERSONAL_DATA), part=dataset.slug, by=by)


def reopen_release(release: Release, *, person: Person, by: Actor, because: str) -> None:
    """Open it again, after the gate has looked at each of its files under today's rules.

    Raise Unfit where a file no longer passes, Conflicting where it is not what was published.
    """
    because = reasons.checked(because)
    check_reopens(person, release.dataset)
    _inspect(release)
    with transaction.atomic():
        dataset = locked_dataset(release.dataset)
        check_reopens(person, dataset)
        current = Release.every.get(pk=release.pk)
        if current.closed_since is None:
            return
        current.closed_since, current.closed_ground, current.closed_because, current.closed_by = None, "", "", None
        current.looked_at, current.rules_version = timezone.now(), gate.rules_version()
        current.save()
        _say_again(dataset)
        record(Kind.RELEASE_OPENED, by=by, subject=dataset.subject, because=because, release=current.number)


def close_organisation(
    organisation: Organisation, *, person: Person, by: Actor, because: str, ground: ClosingGround
) -> Closing:
    """Close all that an organisation and those below it have published, and the stacks of others that hold their rows.

    Raise Conflicting where it is closed already. Reversible: see `end_closing`.
    """
    because = reasons.checked(because)
    check_shuts_organisation(person, organisation)
    with transaction.atomic():
        below = Dataset.objects.filter(organisation__path__startswith=organisation.path)
        list(below.select_for_update(of=("self",)).only("pk").order_by("pk"))  # a publication that runs ends first
        stood = snapshot.taken(visible().filter(pk__in=below.values("pk")))
        made = made_of_releases(Release.every.filter(dataset__in=below), sums=ground == ClosingGround.PERSONAL_DATA)
        told = {"organisation": organisation, "path": organisation.path, "shut": Shut.CLOSED, "ground": ground}
        closing = _closed(told, person=person, because=because, stood=stood)
        subject = subject_of(organisation)
        record(Kind.ORGANISATION_CLOSED, by=by, subject=subject, because=because, ground=ground.value, **stood)
        outside = [one for one in made if not one.organisation.path.startswith(organisation.path)]
        close_made(outside, part=organisation.slug, by=by)
        return closing


def close_portal(*, person: Person, by: Actor, because: str, ground: ClosingGround, shut: Shut) -> Closing:
    """Close the whole portal to the public, or let it only be read. Raise Conflicting where it is shut already.

    What is only read may be closed altogether afterwards, and the other way round: one closing ends, the next begins.
    """
    because = reasons.checked(because)
    check_shuts_portal(person)
    with transaction.atomic():
        before = whole_portal()
        if before and before.shut != shut:
            _end(before, person=person, because=because)
        stood = snapshot.taken(visible())
        told = {"path": "", "shut": shut, "ground": ground}
        closing = _closed(told, person=person, because=because, stood=stood)
        kind = Kind.PORTAL_CLOSED if shut == Shut.CLOSED else Kind.PORTAL_READ_ONLY
        record(kind, by=by, subject=PORTAL, because=because, ground=ground.value, **stood)
        return closing


def end_closing(closing: Closing, *, person: Person, by: Actor, because: str) -> None:
    """Open an organisation or the portal again. What was closed for itself meanwhile stays closed. Does nothing the
    second time.

    The gate need not look again here: a rescan goes on over closed organisations as over open ones.
    """
    because = reasons.checked(because)
    with transaction.atomic():
        current = Closing.objects.select_for_update(of=("self",)).get(pk=closing.pk)
        check_ends_closing(person, current)
        if current.ended_at is None:
            _end(current, person=person, because=because)
            portal = current.organisation is None
            subject = PORTAL if current.organisation is None else subject_of(current.organisation)
            kind = Kind.PORTAL_OPENED if portal else Kind.ORGANISATION_OPENED
            record(kind, by=by, subject=subject, because=because, closing=current.pk)


def subject_of(organisation: Organisation) -> Subject:
    """As the record names it."""
    slug = organisation.slug
    return Subject(kind="organisation", id=slug, label=organisation.name, organisation=slug)


def _closed(told: dict[str, Any], *, person: Person, because: str, stood: dict[str, Any]) -> Closing:
    """The row. Of two officers at once, the second is told that it is done."""
    try:
        with transaction.atomic():
            since = timezone.now()
            return Closing.objects.create(
                **told, by=person, because=because, since=since, head=stood["head"], snapshot=stood
            )
    except IntegrityError:
        raise Conflicting(
            "shut-already", _("Sudah ditutup oleh petugas lain."), _("Muat ulang halaman untuk melihat keadaannya.")
        ) from None


def _end(closing: Closing, *, person: Person, because: str) -> None:
    closing.ended_at, closing.ended_by, closing.ended_because = timezone.now(), person, because
    closing.save()


def _say_again(dataset: Dataset) -> None:
    """The dataset says what its newest open release says, to people, to search and to machines."""
    describe_again(dataset)
    if dataset.state == DatasetState.PUBLISHED:
        search.index(dataset)


def _inspect(release: Release) -> None:
    submission = Submission.objects.get(pk=release.submission)
    for file in _files(release):
        found = gate.inspect(path_of(file), name=file.name)
        if found.sha256 != file.sha256:
            raise not_the_inspected()
        check_no_worse(submission, found)


def _files(release: Release) -> Iterable[Distribution]:
    return Distribution.every.filter(release=release)
