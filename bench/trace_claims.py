"""A register's families against what a generator writes: how well a hundred rows tell them apart.

Serials are counted from 9000, because no others may be invented; the register's are low, as an office gives them.
"""

from collections.abc import Callable, Iterator
from datetime import date
from random import Random

import numpy as np
import polars as pl

from lumbung.detect import regions
from lumbung.invent import invent_households
from lumbung.invent import people as of_households
from lumbung.trace import checks, figures, subjects

ROWS = 100
LATEST = date(2026, 11, 22)


def measure(*, trials: int) -> Iterator[tuple[str, str, str]]:
    """For each generator the area under the curve, and the verdicts on it; then the verdicts on registers."""
    trials = max(trials, 4) * 4
    true = [likeness(as_issued(village(seed), seed)) for seed in range(trials)]
    for what, forge in FORGERS.items():
        false = [likeness(forge(village(1000 + seed), seed)) for seed in range(trials)]
        caught = sum(one <= -checks.SURE for one in false) / trials
        passed = sum(one > checks.SURE for one in false) / trials
        yield (
            what,
            f"AUC {area(true, false):.3f}; called generated {caught:.0%}, called a register {passed:.0%}",
            "0.99",
        )
    right = sum(one > checks.SURE for one in true) / trials
    wrong = sum(one <= -checks.SURE for one in true) / trials
    yield "registers, whole families", f"called a register {right:.0%}, called generated {wrong:.0%}", ""


def village(seed: int) -> pl.DataFrame:
    """A hundred rows of a register, family after family."""
    rows = [
        {"nik": one.nik, "kk": family.kk, "name": one.name, "birth": one.birth, "phone": one.phone,
         "sex": "P" if one.female else "L", "age": str(one.age), "hamlet": family.hamlet}
        for family, one in of_households(invent_households(seed=seed, count=45))
    ]  # fmt: skip
    return subjects.normalised(pl.DataFrame(rows).head(ROWS))


def as_issued(frame: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Serials as an office gives them: the first of a day, mostly."""
    random = Random(seed)
    serials = [f"{9000 + min(99, int(random.expovariate(0.3))):04d}" for _ in range(frame.height)]
    return frame.with_columns(nik=pl.col("nik").str.slice(0, 12) + pl.Series(serials))


def likeness(frame: pl.DataFrame) -> float:
    """As checks weighs it."""
    return checks.likeness(figures.count(frame, levels=regions.levels(), latest=LATEST, counted_from=8999))


def area(true: list[float], false: list[float]) -> float:
    """The chance that a register is more like one than a forgery is; ties count half."""
    above = np.array(true)[:, None] - np.array(false)[None, :]
    return float((above > 0).mean() + (above == 0).mean() / 2)


def naive(frame: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Sixteen digits at random, sex and dates beside them at random too."""
    random = Random(seed)

    def number() -> str:
        return f"{random.randrange(10**11, 10**12)}{random.randrange(9000, 10000)}"

    cards = [number() for _ in range(ROWS // 3)]
    return frame.with_columns(
        nik=pl.Series([number() for _ in range(frame.height)]),
        kk=pl.Series(random.choices(cards, k=frame.height)),
        sex=pl.Series(random.choices("LP", k=frame.height)),
    )


def careful(frame: pl.DataFrame, seed: int) -> pl.DataFrame:
    """The right region, dates and sexes; serials at random, families thrown together."""
    return frame.with_columns(kk=pl.col("kk").shuffle(seed=seed))


def clever(frame: pl.DataFrame, seed: int) -> pl.DataFrame:
    """The same with serials as an office gives them: only the families are wrong."""
    return careful(as_issued(frame, seed), seed)


FORGERS: dict[str, Callable[[pl.DataFrame, int], pl.DataFrame]] = {
    "random digits": naive,
    "right region, date and sex": careful,
    "right serials too, families thrown together": clever,
}
