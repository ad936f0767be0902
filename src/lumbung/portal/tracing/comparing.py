"""A sample against everything that is kept: fingerprints of the sample from a confined child, then figures.

Equal fingerprints under several names (a file sent twice, a file and its release) are one version with several names:
no sample can tell them apart. Controlled copies are asked beside what is kept here (`handed`).
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from django.utils import timezone

from lumbung import confine
from lumbung.portal.audit.keys import trace_key
from lumbung.portal.tracing import handed
from lumbung.portal.tracing.keeping import content_of
from lumbung.portal.tracing.models import Holding
from lumbung.portal.tracing.places import for_a_child, place
from lumbung.trace.fingerprint import GUESSED, KINDS, Prints
from lumbung.trace.index import Index, Unusable, open_index
from lumbung.trace.keyfile import key_id
from lumbung.trace.match import Sample, hits
from lumbung.trace.weigh import LEAST, weigh

LIMITS = confine.Limits(memory_bytes=2 << 30, cpu_seconds=900, wall_seconds=1200, written_bytes=2 << 30)


class NoAnswer(Exception):
    """A question that gets no answer: why, and how many people its sample has, where that is known."""

    def __init__(self, code: str, *, rows: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.rows = rows


def read(plain: BinaryIO) -> tuple[Sample, dict[str, Any]]:
    """The fingerprints of a sample to ask with, and `rows`, `people`, `vintage` of it. Raise NoAnswer."""
    with for_a_child() as folder:
        given = {
            "key": trace_key().hex(),
            "guess": True,
            "folder": str(folder),
            "at": timezone.localdate().isoformat(),
        }
        said = asked("lumbung.tracing:fingerprints", plain, given, folder=folder)
        if said["people"] < LEAST:
            raise NoAnswer("too-few-people", rows=said["people"])
        prints = {kind: _prints(folder, kind) for kind in (*KINDS, *GUESSED)}
        return Sample(rows=said["people"], prints=prints), said


def asked(target: str, plain: BinaryIO, arguments: dict[str, Any], *, folder: Path | None = None) -> dict[str, Any]:
    """What a confined child says of a file. Raise NoAnswer with the code of why it says nothing."""
    try:
        said = dict(confine.call(target, file=plain, arguments=arguments, limits=LIMITS, folder=folder))
    except confine.Ended as ended:
        raise NoAnswer(ended.why) from None
    if said["code"]:
        raise NoAnswer(str(said["code"]))
    return said


@dataclass(slots=True)
class Version:
    """One content that is asked, with its other names, and the numbers of the handings out that it was copied for."""

    index: Index
    also: list[str] = field(default_factory=list)
    handouts: list[str] = field(default_factory=list)


def compared(sample: Sample, said: dict[str, Any]) -> dict[str, Any]:
    """The answer, as plain values: that of trace.weigh, `also` and `handouts` for each version, `vintage`, `read` and
    `unusable`."""
    asked_of, unusable = opened()
    answer = asdict(weigh(sample, [hits(sample, version.index) for version in asked_of]))
    versions = [
        {**one, "also": version.also, "handouts": version.handouts}
        for one, version in zip(answer["versions"], asked_of, strict=True)
    ]
    told = {"vintage": said["vintage"], "read": said["rows"], "unusable": unusable}
    return {**answer, "versions": versions, **told, "at": timezone.now().isoformat()}


def opened() -> tuple[list[Version], dict[str, str]]:
    """Every index that can be asked, each content once, controlled copies last; and why others cannot be asked."""
    known: dict[str, Version] = {}
    unusable: dict[str, str] = {}
    for holding in _kept():
        called = f"{holding.source}, {holding.version}"
        if holding.content in known:
            known[holding.content].also.append(called)
            continue
        try:
            known[holding.content] = Version(_opened(holding))
        except Unusable as why:
            unusable[called] = why.code
    for handout, called, index in handed.versions():
        if isinstance(index, str):
            unusable[f"{handout.organisation.slug}, {called}"] = index
        else:
            _joined(known, index).handouts.append(str(handout.pk))
    return list(known.values()), unusable


def _joined(known: dict[str, Version], index: Index) -> Version:
    """The version of this content, with one name more where it was known before."""
    content = content_of(index.numbers, key=trace_key())
    if content in known:
        known[content].also.append(f"{index.about.source}, {index.about.version}")
    return known.setdefault(content, Version(index))


def _kept() -> Iterable[Holding]:
    """The oldest first: a name of the first time a content was seen."""
    return Holding.objects.exclude(file="").order_by("made_at", "pk")


def _opened(holding: Holding) -> Index:
    key = trace_key()
    if holding.key != key_id(key):
        raise Unusable("wrong-key")
    try:
        return open_index(place("indexes") / holding.file, key=key, today=timezone.localdate())
    except (OSError, ValueError):
        raise Unusable("gone") from None


def _prints(folder: Path, kind: str) -> Prints:
    return Prints(
        rows=np.frombuffer((folder / f"{kind}.rows").read_bytes(), dtype="<u4"),
        numbers=np.frombuffer((folder / f"{kind}.numbers").read_bytes(), dtype="<u8"),
    )
