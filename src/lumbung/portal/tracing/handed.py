"""Controlled copies among the versions that are asked: one version for each handing out.

All copies of a handing out show the same people, so no fingerprint can tell one recipient's from another's, and none
is named here. That is asked at the desk of copies, by the marks, for which an answer names the handing out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path

import numpy as np
from django.utils import timezone

from lumbung.portal.audit.keys import trace_key
from lumbung.portal.copies import queries
from lumbung.portal.copies.models import Copy, Handout
from lumbung.trace.index import Index, Unusable, open_index


def versions() -> Iterator[tuple[Handout, str, Index | str]]:
    """Each handing out with what an answer calls its version, and its fingerprints, or the code of why they cannot be
    asked. Invented residents differ from copy to copy: those of all copies are taken together.
    """
    for handout, found in groupby(queries.indexes(), key=lambda one: one[0].handout):
        paths = [path for _copy, path in found]
        called = _called(handout)
        try:
            yield handout, called, _index(paths if handout.canaries else paths[:1], handout.organisation.slug, called)
        except Unusable as why:
            yield handout, called, why.code


def kept() -> list[tuple[str, date]]:
    """What is fingerprinted, by source and version as an answer calls it, and the day after which it is destroyed."""
    found = groupby(queries.indexes(), key=lambda one: one[0].handout)
    return [(f"{handout.organisation.slug}, {_called(handout)}", _until(next(copies)[0])) for handout, copies in found]


def _until(copy: Copy) -> date:
    assert copy.index_until is not None  # it has fingerprints
    return copy.index_until


def _called(handout: Handout) -> str:
    return f"salinan terbatas untuk {handout.copies.count()} penerima, {_day(handout)} {handout.pk.hex[:8]}"


def _day(handout: Handout) -> str:
    """When its copies were made: nothing moves a handing out any more after that."""
    return timezone.localdate(handout.state_since).isoformat()


def _index(paths: Sequence[Path], source: str, called: str) -> Index:
    try:
        opened = [open_index(path, key=trace_key(), today=timezone.localdate()) for path in paths]
    except (OSError, ValueError):
        raise Unusable("gone") from None
    about = replace(opened[0].about, source=source, version=called)
    if len(opened) == 1:
        return Index(about=about, numbers=opened[0].numbers)
    kinds = opened[0].numbers
    return Index(about=about, numbers={kind: np.unique(np.concatenate([one.numbers[kind] for one in opened]))
                                       for kind in kinds})  # fmt: skip
