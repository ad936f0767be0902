"""Leaks of marked copies: how often the right recipients are named, and whether an innocent one ever is."""

from collections.abc import Iterator

import numpy as np

from lumbung.trace import accuse, marks

RECIPIENTS = 18
POOL = 3_000  # rows of the list that was handed out
UNIT = 250  # rows of a hamlet
SECRET = bytes(range(1, 33))
NOISE = 0.02
CHUNK = 2_000


def measure(*, trials: int, innocents: int) -> Iterator[tuple[str, str, str]]:
    """What, what was seen, and what the reference simulation missed (mask position alone)."""
    known = np.unique(np.random.default_rng(3).integers(1, 2**63, POOL, dtype=np.uint64))
    units = np.arange(len(known)) // UNIT
    told = [marks.carriers(known, secret=SECRET, copy=copy) for copy in range(RECIPIENTS)]
    for colluders, erased in ((1, False), (2, False), (2, True), (3, False), (5, False), (5, True)):
        for rows in (10, 20, 50, 100, 300, 1000):
            yield _leaks(known, units, told, colluders=colluders, erased=erased, rows=rows, trials=trials)
    for carrier in ("lines", "order"):
        for colluders in (1, 2, 3, 5):
            for rows in (10, 20, 50, 100, 300, 1000):
                yield _other(known, units, told, carrier=carrier, colluders=colluders, rows=rows, trials=trials)
    yield _innocents(told, trials=innocents)


def _leaks(known, units, told, *, colluders, erased, rows, trials):  # type: ignore[no-untyped-def]
    random = np.random.default_rng(rows * 10 + colluders)
    missed = false = 0
    for _ in range(trials):
        guilty = random.permutation(RECIPIENTS)[:colluders]
        drawn = random.permutation(len(known))[:rows]  # a random sample, in the order of nobody's copy
        places = _leaked_places(told, guilty, drawn, random, erased=erased)
        leak = accuse.Leak(keys=known[drawn], places=places, lines=np.full(rows, -1, dtype=np.int8))
        gone, wrong = _named(leak, known, units, told, guilty)
        missed, false = missed + gone, false + wrong
    who = (
        "1 leaker"
        if colluders == 1
        else f"{colluders} colluders, " + ("differing marks erased" if erased else "mixed")
    )
    return f"{who}, {rows:,} random rows", f"missed {missed / trials:.2f}, innocents named {false}", ""


def _other(known, units, told, *, carrier, colluders, rows, trials):  # type: ignore[no-untyped-def]
    """The other two marks, each alone: random lines of print, or an excerpt in the order of a copy."""
    random = np.random.default_rng(rows * 100 + colluders)
    none = np.full(rows, -1, dtype=np.int8)
    missed = false = 0
    for _ in range(trials):
        guilty = random.permutation(RECIPIENTS)[:colluders]
        if carrier == "lines":
            drawn = random.permutation(len(known))[:rows]
            each = np.stack([told[copy].lines[drawn] for copy in guilty])
            lines = each[random.integers(colluders, size=rows), np.arange(rows)]
            misread = random.random(rows) < NOISE
            leak = accuse.Leak(keys=known[drawn], places=none, lines=np.where(misread, 1 - lines, lines))
        else:
            drawn = np.concatenate([_excerpt(told[copy], units, random, -(-rows // colluders)) for copy in guilty])
            leak = accuse.Leak(keys=known[drawn[:rows]], places=none[: len(drawn[:rows])],
                               lines=none[: len(drawn[:rows])])  # fmt: skip
        gone, wrong = _named(leak, known, units, told, guilty)
        missed, false = missed + gone, false + wrong
    who = "1 leaker" if colluders == 1 else f"{colluders} colluders, mixed"
    mark = "lines of print alone" if carrier == "lines" else "order alone, excerpts one after the other"
    return f"{mark}: {who}, {rows:,} rows", f"missed {missed / trials:.2f}, innocents named {false}", ""


def _excerpt(copy, units, random, rows):  # type: ignore[no-untyped-def]
    """So many rows on end, from anywhere in a copy."""
    ordered = np.lexsort((copy.ranks, units))
    start = random.integers(len(ordered) - rows + 1)
    return ordered[start : start + rows]


def _named(leak, known, units, told, guilty):  # type: ignore[no-untyped-def]
    """Whether none of the guilty was named, and whether an innocent one was."""
    scores = accuse.scores(leak, known=known, units=units, copies=told)
    named = {copy for copy, score in enumerate(scores) if score.accused}
    return not named & set(guilty.tolist()), bool(named - set(guilty.tolist()))


def _leaked_places(told, guilty, drawn, random, *, erased):  # type: ignore[no-untyped-def]
    """One of the colluders' marks for each row; those in which they differ may be erased; some are misread."""
    each = np.stack([told[copy].places[drawn] for copy in guilty])
    places = each[random.integers(len(guilty), size=len(drawn)), np.arange(len(drawn))]
    places = np.where(random.random(len(drawn)) < NOISE, random.integers(0, marks.PLACES, len(drawn)), places)
    if erased:
        places = np.where((each == each[0]).all(axis=0), places, -1)
    return places.astype(np.int8)


def _innocents(told, *, trials):  # type: ignore[no-untyped-def]
    """Leaks of a copy that none of the recipients has: a hundred rows with masks, ninety-six in order."""
    rows, blocks = 100, 6
    bound = accuse.FAMILY_WISE / (accuse.CARRIERS * RECIPIENTS)
    agreeing, same = (
        next(seen for seen in range(rows + 2) if accuse.at_least(seen, rows, chance) < bound)
        for chance in (1 / marks.PLACES, 1 / 2)
    )
    chances = accuse.few_inversions((accuse.BLOCK,) * blocks)
    ordered = int(np.searchsorted(chances, bound))  # fewer pairs out of order would be an accusation
    places = np.stack([copy.places for copy in told], axis=1)
    ranks = np.stack([copy.ranks for copy in told], axis=1)
    lines = np.stack([copy.lines for copy in told], axis=1)
    random = np.random.default_rng(5)
    named, most, closest, least = 0, 0, 0, 10**9
    for start in range(0, trials, CHUNK):
        count = min(CHUNK, trials - start)
        drawn = random.integers(0, len(places), (count, rows))
        leaked = random.integers(0, marks.PLACES, (count, rows), dtype=np.int8)
        agree = (places[drawn] == leaked[:, :, None]).sum(axis=1)
        inversions = _inversions(ranks[random.integers(0, len(ranks), (count, blocks, accuse.BLOCK))])
        printed = random.integers(0, 2, (count, rows), dtype=np.int8)
        alike = (lines[drawn] == printed[:, :, None]).sum(axis=1)
        named += int(((agree >= agreeing) | (alike >= same) | (inversions < ordered)).any(axis=1).sum())
        most, least = max(most, int(agree.max())), min(least, int(inversions.min()))
        closest = max(closest, int(alike.max()))
    seen = (
        f"innocents named {named}; nearest {most} of {agreeing} digits, {closest} of {same} lines, "
        f"{least} of {ordered} pairs"
    )
    return f"{trials:,} leaks of a copy that is nobody's, {RECIPIENTS} recipients each", seen, "0"


def _inversions(ranks):  # type: ignore[no-untyped-def]
    """Of each trial and recipient, over all blocks."""
    together = np.zeros((ranks.shape[0], ranks.shape[3]), dtype=np.int64)
    for first in range(ranks.shape[2]):
        for second in range(first + 1, ranks.shape[2]):
            together += (ranks[:, :, first] > ranks[:, :, second]).sum(axis=1)
    return together
