"""Fingerprints are written by themselves: of every file before its verdict, of every release; and gone on their day.

A file that cannot be fingerprinted keeps nobody waiting: the row says why there are none. What is kept survives the
file itself on purpose, and is keyed numbers alone.
"""

import base64
import hashlib
import logging
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from django.db import IntegrityError, transaction
from django.utils import timezone

from lumbung import confine
from lumbung.gate import Inspection
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import SYSTEM, Actor
from lumbung.portal.audit.keys import KeyFileMissing, trace_key
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.intake.models import Submission
from lumbung.portal.tracing.models import Holding, Origin
from lumbung.portal.tracing.places import for_a_child, place
from lumbung.trace.fingerprint import KINDS, Numbers
from lumbung.trace.index import SUFFIX, About, write
from lumbung.trace.keyfile import key_id

log = logging.getLogger(__name__)

KEPT = timedelta(days=730)  # the retention that docs/tracing.md names; the day stands in each index
LIMITS = confine.Limits(memory_bytes=2 << 30, cpu_seconds=900, wall_seconds=1200, written_bytes=2 << 30)
Opened = AbstractContextManager[BinaryIO]
Opener = Callable[[], Opened]


class NothingToKeep(Exception):
    """No fingerprints come of this. Carries the code of why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def before_a_verdict(submission: Submission, plain: BinaryIO, inspection: Inspection) -> None:
    """Fingerprint an inspected file while its bytes are in memory. Never raises for what the file is like."""
    try:
        if is_kept(Origin.SUBMISSION, submission.pk.hex):
            return
        check_read_wholly(inspection)
        numbers, rows = of_file(plain)
    except KeyFileMissing:
        log.error("there is no key for fingerprints: start the portal anew with its key file")
        return
    except NothingToKeep as nothing:
        note_none(Origin.SUBMISSION, submission.pk.hex, code=nothing.code, **named(submission))
        return
    keep(Origin.SUBMISSION, submission.pk.hex, numbers=numbers, rows=rows, **named(submission))


def named(submission: Submission) -> dict[str, str]:
    """What an answer calls a submission: its organisation, the moment, and enough of its number to find it."""
    moment = timezone.localtime(submission.received_at)
    return {
        "source": submission.organisation.slug,
        "version": f"kiriman {moment:%Y-%m-%d %H.%M} {submission.pk.hex[:8]}",
    }


def is_kept(origin: Origin, origin_id: str) -> bool:
    """Whether this was seen already, with the key of today. Raise KeyFileMissing."""
    return Holding.objects.filter(origin=origin, origin_id=origin_id, key=key_id(trace_key())).exists()


def of_file(plain: BinaryIO) -> tuple[dict[str, Numbers], int]:
    """Fingerprints of each kind and the number of rows, of a file in memory. Raise NothingToKeep."""
    arguments = {"key": trace_key().hex(), "at": timezone.localdate().isoformat()}
    try:
        said = confine.call("lumbung.tracing:collected", file=plain, arguments=arguments, limits=LIMITS)
        if said["code"] == "too-many":
            return _of_large_file(plain, arguments)
    except confine.Ended as ended:
        raise NothingToKeep(ended.why) from None
    if said["code"]:
        raise NothingToKeep(str(said["code"]))
    return {kind: np.frombuffer(base64.b64decode(said["numbers"][kind]), dtype="<u8") for kind in KINDS}, said["rows"]


def keep(
    origin: Origin,
    origin_id: str,
    *,
    source: str,
    version: str,
    numbers: Mapping[str, Numbers],
    rows: int,
) -> Holding | None:
    """Write an index and its row; None where another worker was a moment faster, or the disk is full."""
    key, today = trace_key(), timezone.localdate()
    about = About(
        source=source[:120], version=version[:120], made=today.isoformat(), until=(today + KEPT).isoformat(), rows=rows
    )
    path = place("indexes") / f"{uuid.uuid4()}{SUFFIX}"
    try:
        write(path, numbers, about=about, key=key)
    except OSError as problem:
        log.warning("fingerprints could not be written: %s", type(problem).__name__)
        return None
    return added(origin, origin_id, path=path, about=about, content=content_of(numbers, key=key), by=SYSTEM)


def added(
    origin: Origin, origin_id: str, *, path: Path, about: About, content: str, by: Actor, **more: Any
) -> Holding | None:
    """The row of an index that lies in its place, and its line; None, and no file, where there is one already."""
    try:
        with transaction.atomic():
            holding = Holding.objects.create(
                origin=origin,
                origin_id=origin_id,
                source=about.source,
                version=about.version,
                until=about.until,
                key=key_id(trace_key()),
                people=about.rows,
                size=path.stat().st_size,
                content=content,
                file=path.name,
                **more,
            )
            kind = Kind.FINGERPRINTS_BROUGHT if origin == Origin.BROUGHT else Kind.FINGERPRINTED
            record(kind, by=by, subject=holding.subject, rows=about.rows, until=about.until, origin=origin.value)
    except IntegrityError:
        path.unlink(missing_ok=True)
        return None
    return holding


def note_none(origin: Origin, origin_id: str, *, source: str, version: str, code: str) -> None:
    """Write down that there are none, and why. Does nothing the second time."""
    about = {"source": source[:120], "version": version[:120], "code": code, "until": timezone.localdate() + KEPT}
    Holding.objects.get_or_create(origin=origin, origin_id=origin_id, key=key_id(trace_key()), defaults=about)


def content_of(numbers: Mapping[str, Numbers], *, key: bytes) -> str:
    """A keyed digest of all fingerprints of all kinds: the same for the same people, whatever they are called."""
    digest = hashlib.blake2b(key=key, digest_size=16, person=b"content")
    for kind in KINDS:
        digest.update(np.unique(np.asarray(numbers.get(kind, ()), dtype="<u8")).tobytes() + kind.encode())
    return digest.hexdigest()


def together(parts: Sequence[Mapping[str, Numbers]]) -> dict[str, Numbers]:
    """The fingerprints of several tables as those of one."""
    return {kind: np.unique(np.concatenate([part[kind] for part in parts])) for kind in KINDS}


def _of_large_file(plain: BinaryIO, arguments: dict[str, Any]) -> tuple[dict[str, Numbers], int]:
    with for_a_child() as folder:
        given = {**arguments, "guess": False, "folder": str(folder)}
        said = confine.call("lumbung.tracing:fingerprints", file=plain, arguments=given, limits=LIMITS, folder=folder)
        if said["code"]:
            raise NothingToKeep(str(said["code"]))
        read = {kind: np.frombuffer((folder / f"{kind}.numbers").read_bytes(), dtype="<u8") for kind in KINDS}
        return read, int(said["rows"])


def check_read_wholly(inspection: Inspection) -> None:
    """What the gate could not read wholly is not opened a second time: it may be what ended the first child."""
    if inspection.unread or not inspection.format:
        raise NothingToKeep("not-wholly-read")
