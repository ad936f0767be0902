"""Fingerprints of what was there before anybody asked for them: every release, and submissions of earlier days.

Also after the key was changed: what still lies here is fingerprinted anew, the rest waits for its day of destruction.
"""

import io
import logging
import time
from collections.abc import Callable, Iterable
from functools import partial

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast

from lumbung import gate
from lumbung.portal.audit.keys import KeyFileMissing, trace_key
from lumbung.portal.catalogue.models import Distribution, Release
from lumbung.portal.catalogue.shelf import path_of, stands
from lumbung.portal.intake import vault
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.seal import Tampered
from lumbung.portal.intake.states import State
from lumbung.portal.tracing import keeping
from lumbung.portal.tracing.keeping import NothingToKeep
from lumbung.portal.tracing.models import Holding, Origin
from lumbung.trace.fingerprint import Numbers
from lumbung.trace.keyfile import key_id

log = logging.getLogger(__name__)

AT_ONCE, SECONDS = 20, 5.0  # for one look, so that nothing else of the house waits long
READABLE = ("csv", "parquet", "json", "xlsx", "geojson", "pdf")  # the plainest first: one file for each table
UNSEEN = (State.RECEIVED, State.INSPECTING, State.SHREDDED)  # not yet its turn, or too late


def catch_up() -> int:
    """Fingerprint a few things that have no row yet. Gives how many; may be cut off and done again."""
    try:
        key = key_id(trace_key())
    except KeyFileMissing:
        log.error("there is no key for fingerprints: start the portal anew with its key file")
        return 0
    count, until = 0, time.monotonic() + SECONDS
    works: list[Callable[[], None]] = [partial(_release, one) for one in _releases(key)]
    works += [partial(_submission, one) for one in _submissions(key)]
    for work in works:
        if time.monotonic() > until:
            break
        work()
        count += 1
    return count


def _releases(key: str) -> Iterable[Release]:
    """Closed ones too: what was closed because of a leak is what is asked about first."""
    number = Cast(OuterRef("pk"), CharField())
    known = Exists(Holding.objects.filter(origin=Origin.RELEASE, key=key, origin_id=number))
    return Release.every.exclude(known).select_related("dataset__organisation").order_by("-pk")[:AT_ONCE]


def _submissions(key: str) -> Iterable[Submission]:
    known = set(Holding.objects.filter(origin=Origin.SUBMISSION, key=key).values_list("origin_id", flat=True))
    waiting = Submission.objects.exclude(state__in=UNSEEN).order_by("-received_at").values_list("pk", flat=True)
    missing = [pk for pk in waiting if pk.hex not in known][:AT_ONCE]
    return Submission.objects.filter(pk__in=missing).select_related("organisation")


def _release(release: Release) -> None:
    """The files that lie on the shelf, of each table the plainest: what the public could take away."""
    dataset = release.dataset
    called = {"source": dataset.organisation.slug, "version": f"rilis {release.number} dari {dataset.slug}"}
    parts: list[dict[str, Numbers]] = []
    rows, why = 0, "no-files"
    for file in plainest(release):
        try:
            numbers, read = keeping.of_file(io.BytesIO(path_of(file).read_bytes()))
        except (NothingToKeep, OSError) as nothing:
            why = nothing.code if isinstance(nothing, NothingToKeep) else "no-files"
            continue
        parts.append(numbers)
        rows += read
    if parts:
        keeping.keep(Origin.RELEASE, str(release.pk), numbers=keeping.together(parts), rows=rows, **called)
    else:
        keeping.note_none(Origin.RELEASE, str(release.pk), code=why, **called)


def plainest(release: Release) -> list[Distribution]:
    """The files of a release that lie on the shelf: of each table the plainest."""
    found: dict[tuple[str, int], Distribution] = {}
    for file in Distribution.every.filter(release=release):
        if file.format in READABLE and stands(file):
            key = (f"{file.part} {file.sheet}", file.rows)
            found[key] = min(found.get(key, file), file, key=lambda one: READABLE.index(one.format))
    return list(found.values())


def _submission(submission: Submission) -> None:
    """One that lies here sealed; the gate looks first, as it did when it came."""
    try:
        with vault.open_plain(submission) as plain:
            inspection = gate.inspect(plain, name=vault.true_name(submission))
            keeping.before_a_verdict(submission, plain, inspection)
    except Tampered:  # shredded in this moment, or damaged
        called = keeping.named(submission)
        keeping.note_none(Origin.SUBMISSION, submission.pk.hex, code="damaged", **called)
