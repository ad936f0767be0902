"""The checks of a sample: what was counted, beside what a register shows, and what follows.

Bounds are after the reference measurements on registers and generators; each says what it is. A figure that needs more
rows than there are gives "cannot tell".
"""

from collections.abc import Sequence
from math import exp, lgamma, log, sqrt

from lumbung.trace.claim import CANNOT_TELL, CONTRADICTS, SUPPORTS, Check, Claim
from lumbung.trace.figures import HEAPED, Figures
from lumbung.trace.population import of_region

LEAST = 20  # rows that a share is taken of; enough to tell random digits from issued numbers
VALID = (0.99, 0.9)  # of a register's numbers: at least the first supports, below the second contradicts
SEX = (0.98, 0.9)  # beside the number
DATE = (0.95, 0.8)  # the same; a corrected date leaves the number as it was
LOW = (0.3, 0.1)  # serials up to ten; a generator that draws to 9999 has one in a thousand
HEAPED_OF = 1000  # births from which heaping shows
REPEATED = (0.02, 0.1)  # rows of people who came before
MEMBERS = (1.5, 8.0)  # rows for each family card of an extract that is not drawn row by row
SHAPED = (0.45, 0.25)  # of large families
HOME = (0.5, 0.995)  # of the numbers from the regions named: they keep the place of first registration
SURE = 5.0  # of likeness, in natural logarithms


def of_sample(figures: Figures, claim: Claim) -> list[Check]:
    """Every check of one sample; the shares that the sample has too few rows for cannot tell."""
    f = figures
    return [
        _least("numbers-valid", f.valid, f.niks, VALID),
        _least("serials-low", f.low, f.valid, LOW),
        _least("sex-agrees", f.sexes_agree, f.sexes, SEX),
        _least("date-agrees", f.dates_agree, f.dates, DATE),
        _least("cards-valid", f.kks_valid, f.kks, VALID),
        _repeated(f),
        _members(f),
        _least("families-shaped", f.shaped, f.large, SHAPED),
        _heaped(f),
        _homes(f, claim),
        _vintage(f, claim),
        _generated(f),
    ]


def of_two(first: int, second: int, both: int, claim: Claim) -> Check:
    """Two samples drawn at random from one whole bound its size: it is near `first * second / both` (Chapman).

    `observed` is the bound that the claim was held against, the upper one of 95 % where the claim lies above it.
    """
    low, high = total_between(first, second, both)
    if claim.total > high:
        return Check(code="two-samples", observed=high, reference=claim.total, finding=CONTRADICTS)
    if claim.total < low:
        return Check(code="two-samples", observed=low, reference=claim.total, finding=CONTRADICTS)
    near = (first + 1) * (second + 1) / (both + 1) - 1
    finding = SUPPORTS if both >= 5 else CANNOT_TELL
    return Check(code="two-samples", observed=round(near), reference=claim.total, finding=finding)


def total_between(first: int, second: int, both: int) -> tuple[float, float]:
    """The sizes of the whole that fit with 95 %: so many or so few in both would be no rarer than one in forty.

    >>> [round(bound, -2) for bound in total_between(1000, 1000, 5)]
    [85700.0, 616000.0]
    """
    return first * second / _mean_for(both, upper=True), first * second / max(_mean_for(both, upper=False), 1e-12)


def likeness(figures: Figures) -> float:
    """How much more a register than a generator gives such counts: the sum of logarithms of what each would give.

    Each property counts up to SURE and not further, so that no single one makes a register; one that speaks against it
    as strongly decides alone, for a clever generator gets all others right.
    """
    f = figures
    told = (
        (f.valid, f.niks, 0.99, 0.3), (f.low, f.valid, 0.5, 0.02), (f.sexes_agree, f.sexes, 0.995, 0.6),
        (f.dates_agree, f.dates, 0.97, 0.6), (f.kks_valid, f.kks, 0.98, 0.3), (f.shaped, f.large, 0.7, 0.2),
    )  # fmt: skip
    weights = [max(-SURE, min(SURE, _evidence(*one))) for one in told if one[1]]
    return -SURE if min(weights, default=0.0) <= -SURE else sum(weights)


def _evidence(seen: int, of: int, register: float, generator: float) -> float:
    return seen * log(register / generator) + (of - seen) * log((1 - register) / (1 - generator))


def _least(code: str, seen: int, of: int, bounds: tuple[float, float]) -> Check:
    share = seen / of if of else 0.0
    finding = SUPPORTS if share >= bounds[0] else CONTRADICTS if share < bounds[1] else CANNOT_TELL
    return Check(code=code, observed=share, reference=bounds[0], finding=finding if of >= LEAST else CANNOT_TELL)


def _repeated(f: Figures) -> Check:
    share = (f.rows - f.people) / f.rows if f.rows else 0.0
    finding = SUPPORTS if share <= REPEATED[0] else CONTRADICTS if share > REPEATED[1] else CANNOT_TELL
    return Check(
        code="repeated", observed=share, reference=REPEATED[0], finding=finding if f.rows >= LEAST else CANNOT_TELL
    )


def _members(f: Figures) -> Check:
    members = f.kks / f.families if f.families else 0.0
    if f.kks < LEAST or members < MEMBERS[0]:  # rows drawn one by one have no families
        return Check(code="members", observed=members, reference=3.5, finding=CANNOT_TELL)
    finding = SUPPORTS if members <= MEMBERS[1] else CONTRADICTS
    return Check(code="members", observed=members, reference=3.5, finding=finding)


def _heaped(f: Figures) -> Check:
    """Old people's births are written as 1 January and the like more often than chance; its absence shows little."""
    share, chance = (f.heaped / f.births if f.births else 0.0), len(HEAPED) / 365.25
    finding = SUPPORTS if f.births >= HEAPED_OF and share > 1.5 * chance else CANNOT_TELL
    return Check(code="heaped", observed=share, reference=chance, finding=finding)


def _homes(f: Figures, claim: Claim) -> Check:
    """In every register some numbers come from elsewhere; none at all is a generator's, most are another region's."""
    known = [of_region(name, of="penduduk", brought=claim.figures) for name, _ in claim.regions]
    codes = {figure.code for figure in known if figure and figure.code}
    if f.niks < LEAST or not codes or len(codes) < len(claim.regions):
        return Check(code="home-region", observed=0.0, reference=HOME[0], finding=CANNOT_TELL)
    share = sum(count for code, count in f.regencies.items() if code in codes) / f.niks
    finding = CONTRADICTS if share < HOME[0] else CANNOT_TELL if share > HOME[1] else SUPPORTS
    return Check(code="home-region", observed=share, reference=HOME[0], finding=finding)


def _vintage(f: Figures, claim: Claim) -> Check:
    if not f.vintage or not claim.year:
        return Check(code="vintage", observed=0, reference=claim.year, finding=CANNOT_TELL)
    first, last = int(f.vintage["first"][:4]), int(f.vintage["last"][:4])
    finding = SUPPORTS if first <= claim.year <= last else CONTRADICTS
    return Check(code="vintage", observed=first, reference=claim.year, finding=finding)


def _generated(f: Figures) -> Check:
    like = likeness(f)
    finding = SUPPORTS if like > SURE else CONTRADICTS if like <= -SURE else CANNOT_TELL
    enough = f.people >= LEAST
    return Check(code="generated", observed=round(like, 1), reference=SURE, finding=finding if enough else CANNOT_TELL)


def _mean_for(seen: int, *, upper: bool) -> float:
    """The Poisson mean under which `seen` or fewer (upper) or `seen` or more has one chance in forty."""
    if seen > 1000:
        return seen + (2 if upper else -2) * sqrt(seen)
    if not upper and not seen:
        return 0.0
    low, high = 0.0, 10.0 + 3 * seen + 10
    for _ in range(100):
        middle = (low + high) / 2
        below = _at_most(range(seen + 1 if upper else seen), middle)
        rare = below < 1 / 40 if upper else 1 - below > 1 / 40
        low, high = (low, middle) if rare else (middle, high)
    return high


def _at_most(counts: Sequence[int], mean: float) -> float:
    return sum(exp(count * log(mean) - mean - lgamma(count + 1)) for count in counts) if mean else 1.0
