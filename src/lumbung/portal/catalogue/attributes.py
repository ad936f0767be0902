"""What facets count by, of every open dataset, kept in memory for a moment: one column of codes for each attribute.

Counting thousands of rows anew for every letter that somebody types would be most of the answer's cost. This never
says whether a dataset may be seen: the keys to be counted come from `queries.visible`, asked each time, and a key that
is not known here makes everything be read anew. It holds no title and no word of a description.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from numpy.typing import NDArray

from lumbung.portal.catalogue.models import Dataset, Release
from lumbung.portal.catalogue.prepared import rows_of

NAMES = ("theme", "organisation__path", "organisation__kode", "year", "licence", "frequency", "formats")
KEPT = 30  # seconds: a new release or a new dataset is seen at once, a moved organisation within this
FEW = 60  # keys: so few are read from the database faster than from here


@dataclass(frozen=True, slots=True)
class Attributes:
    """The keys in order, and for each attribute its different values and a code for every key."""

    keys: NDArray[np.int64]
    values: tuple[tuple[Any, ...], ...]
    codes: tuple[NDArray[np.int32], ...]

    def counted(self, keys: NDArray[np.int64]) -> list[Counter[Any]] | None:
        """How often each value stands among the keys, by attribute; None where a key is unknown here."""
        at = np.searchsorted(self.keys, keys)
        if not len(self.keys) or bool((self.keys[np.minimum(at, len(self.keys) - 1)] != keys).any()):
            return None
        return [_counter(values, codes[at]) for values, codes in zip(self.values, self.codes, strict=True)]


def counted(keys: Sequence[int]) -> dict[str, Counter[Any]]:
    """How often each value of each attribute stands among these datasets."""
    if len(keys) <= FEW:
        rows = Dataset.objects.filter(pk__in=keys).order_by().values_list(*NAMES)
        return dict(zip(NAMES, map(Counter, zip(*rows, strict=True)), strict=False)) if keys else _nothing()
    wanted = np.asarray(keys, dtype=np.int64)
    name = _name()
    kept: Attributes | None = cache.get(name)
    found = kept.counted(wanted) if kept else None
    if found is None:
        fresh = _read()
        cache.set(name, fresh, KEPT)
        found = fresh.counted(wanted)
    return dict(zip(NAMES, found, strict=True)) if found else _nothing()


def _nothing() -> dict[str, Counter[Any]]:
    return {name: Counter() for name in NAMES}


def _name() -> str:
    """Changes with every publication."""
    latest = rows_of(_latest)
    return f"attributes {connection.settings_dict['NAME']} {latest}".replace(" ", "_")


def _latest() -> QuerySet[Release, tuple[int, datetime]]:
    return Release.objects.order_by("-pk").values_list("pk", "published_at")[:1]


def _read() -> Attributes:
    """Every dataset, closed ones too: whoever asks brings the keys of open ones."""
    rows = list(Dataset.objects.order_by("pk").values_list("pk", *NAMES))
    columns = list(zip(*rows, strict=True)) if rows else [()] * (len(NAMES) + 1)
    coded = [_coded(column) for column in columns[1:]]
    return Attributes(
        np.asarray(columns[0], dtype=np.int64), tuple(one[0] for one in coded), tuple(one[1] for one in coded)
    )


def _coded(column: Sequence[Any]) -> tuple[tuple[Any, ...], NDArray[np.int32]]:
    values = tuple(dict.fromkeys(column))
    code_of = {value: code for code, value in enumerate(values)}
    return values, np.fromiter((code_of[value] for value in column), dtype=np.int32, count=len(column))


def _counter(values: tuple[Any, ...], codes: NDArray[np.int32]) -> Counter[Any]:
    counts = np.bincount(codes, minlength=len(values)).tolist()
    return Counter({value: count for value, count in zip(values, counts, strict=True) if count})
