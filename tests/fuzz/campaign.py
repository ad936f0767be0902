"""Damaged files through the gate, several at a time, and the book about what came of them."""

import io
import resource
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from time import monotonic

from lumbung.gate import Inspection, Verdict, inspect, limits
from tests.fuzz.mutate import mutated
from tests.fuzz.seeds import Seed, by_format, still_there

ACCIDENTS = frozenset({"crash", "time", "memory"})
AT_ONCE = 200
GRACE = 20  # seconds beyond the wall limit for a machine that is busy with other things


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """A damaged file: which seed, and its number, from which it can be made again."""

    number: int
    seed: Seed
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one; `broken` names the promise that it broke, if any. `why` are words of refusals."""

    attempt: Try
    verdict: str
    codes: frozenset[str]
    why: frozenset[str]
    seconds: float
    broken: str = ""


@dataclass(slots=True)
class Book:
    """The sums over a campaign. `broken` are outcomes that must not be; `slowest` the ten that took longest."""

    files: int = 0
    formats: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    accidents: list[Outcome] = field(default_factory=list)
    broken: list[Outcome] = field(default_factory=list)
    slowest: list[Outcome] = field(default_factory=list)

    def enter(self, outcome: Outcome) -> None:
        """Count one outcome."""
        self.files += 1
        self.formats[outcome.attempt.seed.format] += 1
        self.verdicts[outcome.attempt.seed.format, outcome.verdict] += 1
        self.codes.update(outcome.codes)
        self.accidents += [outcome] * bool(outcome.why & ACCIDENTS)
        self.broken += [outcome] * bool(outcome.broken)
        self.slowest = sorted([*self.slowest, outcome], key=lambda one: -one.seconds)[:10]


def attempts(seeds: Sequence[Seed], *, files: int, start: int = 0) -> Iterator[Try]:
    """Damaged files number `start` and following: always the same ones for the same seeds."""
    formats = by_format(seeds)
    names = sorted(formats)
    for number in range(start, start + files):
        random = Random(number)
        seed, other = random.choice(formats[names[number % len(names)]]), random.choice(seeds)
        yield Try(number=number, seed=seed, data=mutated(seed.data, other.data, random))


def tried(attempt: Try) -> Outcome:
    """Through the gate. An exception of the gate itself is the worst that can be: it is kept, not raised."""
    began = monotonic()
    try:
        inspection = inspect(io.BytesIO(attempt.data))
    except Exception as raised:  # noqa: BLE001  # that the caller never sees one is what is tried here
        return Outcome(
            attempt=attempt, verdict="raised", codes=frozenset(), why=frozenset(), seconds=monotonic() - began,
            broken=f"the gate raised {type(raised).__name__}",
        )  # fmt: skip
    seconds = monotonic() - began
    return Outcome(
        attempt=attempt,
        verdict=inspection.verdict.value,
        codes=frozenset(reason.code for reason in inspection.reasons),
        why=frozenset(key for reason in inspection.reasons for key in reason.evidence),
        seconds=seconds,
        broken=_broken(attempt, inspection, seconds),
    )


def _broken(attempt: Try, inspection: Inspection, seconds: float) -> str:
    if seconds > limits().wall_seconds + GRACE:
        return "took longer than the limit"
    if inspection.verdict is not Verdict.OPEN:
        return ""
    if inspection.unread:
        return "open, though something was left unread"
    return "open, though the number is there" if attempt.seed.planted and still_there(attempt.data) else ""


def campaign(seeds: Sequence[Seed], *, files: int, start: int = 0, workers: int = 2) -> Iterator[tuple[Outcome, Book]]:
    """Try them all; give each outcome with the book so far."""
    book, numbers = Book(), iter(attempts(seeds, files=files, start=start))
    with ThreadPoolExecutor(workers) as pool:
        while some := list(islice(numbers, AT_ONCE)):  # not all at once: they are held in memory
            for outcome in pool.map(tried, some):
                book.enter(outcome)
                yield outcome, book


def peak_megabytes() -> int:
    """The most memory that any of the confined children held so far; children that still live do not count yet."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
