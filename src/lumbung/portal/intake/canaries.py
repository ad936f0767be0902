"""Invented residents of restricted copies, watched for in everything that comes in.

Whoever makes such copies leaves the keyed fingerprints of their invented residents here, one index for each copy
(`trace.index`). A file in which one of them stands is a restricted copy on its way to the public: it is held, whatever
else was found, and the record says which copies it was. Nothing of this is asked where there are no such copies.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from lumbung import confine, gate
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import SYSTEM
from lumbung.portal.audit.keys import trace_key
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.intake.inspecting import give_up
from lumbung.portal.intake.models import Submission, Trouble
from lumbung.trace.fingerprint import Numbers
from lumbung.trace.index import SUFFIX, About, Unusable, listed, open_index, write


def remember(copy: str, numbers: Numbers, *, about: About, key: bytes) -> Path:
    """Watch for the invented residents of a copy (its uuid) from now on, until the day in `about`."""
    path = _folder() / f"{copy}{SUFFIX}"
    path.unlink(missing_ok=True)
    write(path, {"name-birth": numbers}, about=about, key=key)
    return path


def forget(copy: str) -> None:
    """Watch for them no more. Does nothing the second time."""
    (_folder() / f"{copy}{SUFFIX}").unlink(missing_ok=True)


def sweep(known: set[str], *, before: float) -> int:
    """Forget those of copies that are not `known` and that are older than a moment: the traces of a sudden end."""
    left = [path for path in listed(_folder()) if path.stem not in known and path.stat().st_mtime < before]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def seen(plain: BinaryIO) -> list[str]:
    """The copies (uuids) of whose invented residents some stand in the file, which is looked at in a confined child.

    Raise confine.Ended where the child gave no answer, KeyFileMissing without the key of fingerprints.
    """
    watched = dict(_watched())
    if not watched:
        return []
    every = sorted({int(number) for numbers in watched.values() for number in numbers})
    arguments = {"key": trace_key().hex(), "at": timezone.localdate().isoformat(), "watched": every}
    plain.seek(0)
    found = confine.call("lumbung.tracing:among", file=plain, arguments=arguments, limits=gate.limits())
    hits = {every[int(place)] for place in found if 0 <= int(place) < len(every)}
    return sorted(copy for copy, numbers in watched.items() if hits.intersection(numbers.tolist()))


def hold(submission: Submission, copies: list[str]) -> None:
    """Hold the file and raise the alarm: a line that names the copies, which the room of copies acts upon."""
    with transaction.atomic():
        give_up(submission, Trouble.CANARY)
        record(Kind.CANARY_SEEN, by=SYSTEM, subject=submission.subject, copies=copies)


def _watched() -> Iterator[tuple[str, Numbers]]:
    """Of each copy its numbers. One that is past its day, or not of today's key, is passed over."""
    for path in listed(_folder()):
        try:
            index = open_index(path, key=trace_key(), today=timezone.localdate())
        except (Unusable, OSError):
            continue
        yield path.stem, np.array(index.numbers["name-birth"])


def _folder() -> Path:
    place = Path(settings.STORED) / "canaries"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place
