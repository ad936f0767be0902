"""What the hits mean: ours, ours in part, none of ours, or it cannot be told; and which version, if any.

First, whether anything is ours: the hits against what chance and namesakes give, with the share of foreign rows
unknown beforehand, so that a poisoned sample is ours in part and not a riddle. Then, among the rows that are ours,
which version: every row that stands in some versions and not in others speaks, and so do the names and families that
changed between them. Versions that the sample cannot tell apart share the probability.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log

import numpy as np

from lumbung.trace.match import Hits, Mask, Sample

LEAST = 10  # persons; a question about fewer is a question about somebody
SHOWN = 5  # hits below which the number is not told
CHANCE = 1e-3  # at most, of a row that is not ours to hit: namesakes born on the same day
NAMESAKES = 0.05  # of rows whose numbers are all others; a large index has somebody of that name and day
ID_ERROR, ATTRIBUTE_ERROR = 0.01, 0.02
DECIDED = 0.99
FITS = 0.9  # of our rows have to stand in a version that is named
PART = 0.5  # of the rows; below it the sample is ours in part
ALIKE = 0.3  # of the numbers that are ours have to come with our names: numbers can be guessed
ATTRIBUTES = ("nik-name", "nik-kk", "stem-name", "stem-kk")
DECIDING = ("nik", "name-birth", "phone", *ATTRIBUTES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One index in the answer: rows that stand in it, by kind too, and its probability among the versions.

    A number from one to SHOWN - 1 is not told: None.
    """

    source: str
    version: str
    people: int
    matched: int | None
    by_kind: Mapping[str, int | None]
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`verdict` is ours, part, none or cannot-tell. `version` is the place of the one that is decided, or None.

    `why` are codes of what the reader has to know, `deciding` counts by kind what spoke for the best version against
    the second, `parts` the versions (by place) that together explain a mixed sample, with the rows that each adds.
    `upstream` is the largest share that ours may be of a larger collection which would give such a sample by chance
    in one case of twenty or more. `matched` and `foreign` are None where they would tell of a handful.
    """

    verdict: str
    rows: int
    tested: int
    matched: int | None
    foreign: int | None
    version: int | None
    versions: tuple[Version, ...]
    why: tuple[str, ...]
    deciding: Mapping[str, int]
    parts: tuple[tuple[int, int], ...]
    upstream: float


def weigh(sample: Sample, found: Sequence[Hits]) -> Answer:
    """Weigh the hits of a sample in all indexes. The sample has to have LEAST persons: the caller sees to it."""
    none = np.zeros(sample.rows, dtype=bool)
    ours = _any([hits.matched for hits in found]) if found else none
    tested = _testable(sample)
    verdict, why = _verdict(sample, found, ours, tested)
    chances = _probabilities(sample, found, ours)
    best = int(np.argmax(chances)) if found and ours.any() else None
    version, more, parts = _decided(found, ours, chances, best) if verdict in ("ours", "part") else (None, (), ())
    matched = int(ours.sum())
    return Answer(
        verdict=verdict,
        rows=sample.rows,
        tested=int(tested.sum()),
        matched=_shown(matched),
        foreign=int((tested & ~ours).sum()) if _shown(matched) is not None else None,
        version=version,
        versions=tuple(_told(sample, one, chance) for one, chance in zip(found, chances, strict=True)),
        why=(*why, *more),
        deciding=_deciding(found, chances, ours) if matched >= SHOWN else {},
        parts=parts,
        upstream=0.05 ** (1 / matched) if matched else 0.0,
    )


def _testable(sample: Sample) -> Mask:
    """The rows that have anything by which a person can be found."""
    kinds = ("nik", "stem-name", "stem-kk", "name-birth", "phone")
    return _any([sample.has(kind) for kind in kinds])


def _any(masks: Sequence[Mask]) -> Mask:
    together: Mask = np.logical_or.reduce(masks)
    return together


def _verdict(sample: Sample, found: Sequence[Hits], ours: Mask, tested: Mask) -> tuple[str, tuple[str, ...]]:
    of, matched = int(tested.sum()), int(ours.sum())
    if not found or of < LEAST:
        return "cannot-tell", ("nothing-to-compare" if not found else "too-few-tested",)
    strong = int(_any([hits.person for hits in found]).sum())
    if _is_none(matched, of):
        return "none", ()
    if strong < SHOWN and matched <= NAMESAKES * of and sample.has("nik").sum() >= PART * of:
        return "none", ("namesakes",)
    if matched < SHOWN:
        return "cannot-tell", ("too-few-hits",)
    numbered = _any([hits.found["nik"] for hits in found])
    named = numbered & sample.has("nik-name")
    alike = _any([hits.found["nik-name"] for hits in found])
    if named.sum() >= SHOWN and (alike & named).sum() < ALIKE * named.sum():
        return "cannot-tell", ("numbers-without-names",)
    joined = _any([hits.found["name-birth"] | hits.found["nik-kk"] | hits.found["stem-kk"] for hits in found]) | alike
    if joined.sum() < SHOWN:  # the first serial of a day exists in every second kecamatan
        return "cannot-tell", ("numbers-alone",)
    return ("ours" if matched >= PART * of else "part"), ()


def _is_none(matched: int, of: int) -> bool:
    """Whether chance explains the hits better than a share of ours: at its best, and with the share unknown."""
    if not matched:
        return True
    rate = min(CHANCE, matched / of)
    by_chance = matched * log(rate) + (of - matched) * log(1 - rate)
    by_share = lgamma(matched + 1) + lgamma(of - matched + 1) - lgamma(of + 2)
    return by_chance > by_share + log(100)


def _probabilities(sample: Sample, found: Sequence[Hits], ours: Mask) -> list[float]:
    """Of each version among all of them, from the rows that are ours; every version is as likely beforehand."""
    logs = [_likelihood(sample, hits, found, ours) for hits in found]
    most = max(logs, default=0.0)
    weights = [exp(one - most) for one in logs]
    return [weight / sum(weights) for weight in weights]


def _likelihood(sample: Sample, hits: Hits, found: Sequence[Hits], ours: Mask) -> float:
    inside = int((hits.matched & ours).sum())
    total = _of(inside, int(ours.sum()) - inside, ID_ERROR)
    for kind in ATTRIBUTES:  # a version that has the person without what the sample shows of them is not its source
        somewhere = _any([one.found[kind] for one in found]) & hits.matched
        agree = int((hits.found[kind] & somewhere).sum())
        total += _of(agree, int(somewhere.sum()) - agree, ATTRIBUTE_ERROR)
    return total


def _of(right: int, wrong: int, error: float) -> float:
    return right * log(1 - error) + wrong * log(error)


def _decided(
    found: Sequence[Hits], ours: Mask, chances: Sequence[float], best: int | None
) -> tuple[int | None, tuple[str, ...], tuple[tuple[int, int], ...]]:
    """The version, or why there is none; for a mixed sample the versions that explain it together."""
    assert best is not None  # there are hits
    parts = _cover(found, ours)
    if (found[best].matched & ours).sum() < FITS * ours.sum():
        return None, ("several-sources",), parts
    if len(found) == 1:
        return best, ("one-version", "upstream"), ()
    if chances[best] < DECIDED:
        return None, ("versions-alike", "upstream"), ()
    return best, ("upstream",), ()


def _cover(found: Sequence[Hits], ours: Mask) -> tuple[tuple[int, int], ...]:
    """Version after version, each the one that explains most of the rows still unexplained, while it is LEAST."""
    parts: list[tuple[int, int]] = []
    left = ours.copy()
    while True:
        adds = [int((hits.matched & left).sum()) for hits in found]
        best = int(np.argmax(adds))
        if adds[best] < LEAST:
            return tuple(parts)
        parts.append((best, adds[best]))
        left &= ~found[best].matched


def _deciding(found: Sequence[Hits], chances: Sequence[float], ours: Mask) -> dict[str, int]:
    if len(found) < 2 or not ours.any():
        return {}
    second, best = np.argsort(chances, kind="stable")[-2:]
    spoke = {
        kind: int((found[best].found[kind] & ~found[second].found[kind]).sum())
        - int((found[second].found[kind] & ~found[best].found[kind]).sum())
        for kind in DECIDING
    }
    return {kind: count for kind, count in spoke.items() if count}


def _shown(count: int) -> int | None:
    return count if count == 0 or count >= SHOWN else None


def _told(sample: Sample, hits: Hits, chance: float) -> Version:
    return Version(
        source=hits.about.source,
        version=hits.about.version,
        people=hits.about.rows,
        matched=_shown(int(hits.matched.sum())),
        by_kind={kind: _shown(int(mask.sum())) for kind, mask in hits.found.items() if sample.has(kind).any()},
        probability=chance,
    )
