"""`python -m bench.statistics [--regency]`: what protecting the tables of villages costs, and what an attacker gets.

One village of 5,000 and twenty villages at once; with --regency 372 villages instead, district by district, in a
process of their own, so that its memory is theirs. Beside it, on the same villages: hiding small numbers and nothing
else, rounding to five, cell-key noise; and, as published for tables of the same shape, GaussSuppression. `value` is
Lumbung with the other weights: fewer people in hidden cells, more cells.
"""

import argparse
import resource
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from rich.console import Console
from rich.table import Table

from bench.villages import villages
from lumbung.aggregate import package
from lumbung.aggregate.attack import Secret, Secrets, intervals, secrets
from lumbung.aggregate.ledger import Ledger
from lumbung.aggregate.policy import load
from lumbung.aggregate.primary import is_small
from lumbung.aggregate.release import Release, make

PERIOD = date(2026, 6, 30)
FULL = ((1, 5_000), (20, 4_000), (20, 700))
QUICK = ((1, 600),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One row of the printed table. Mass is the sum of all hidden numbers; bounds are the linear attacker's, `whole`
    counts the small numbers that the integer attack pins down."""

    what: str
    cells: int
    primary: int
    hidden: int
    mass: int
    exact: int
    below_k: int
    seconds: float
    mebibytes: float
    whole: int = 0


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--regency", action="store_true", help="372 villages, district by district, and nothing else")
    whole = parser.parse_args().regency
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = [regency(folder / "regency")] if whole else measure(FULL, folder)
    show(lines)


def measure(sizes: tuple[tuple[int, int], ...], folder: Path) -> list[Figures]:
    """The lines of each of `sizes`, which are numbers of villages and of residents in one."""
    lines: list[Figures] = []
    for number, (count, size) in enumerate(sizes):
        what = f"{count} village{'s' if count > 1 else ''} of {size:,}"
        lines += side_by_side(what, villages(count=count, size=size, seed=1), folder / str(number))
    return lines


def side_by_side(what: str, residents: pl.DataFrame, folder: Path) -> list[Figures]:
    """Lumbung's protection and naive hiding of the same tables, then what the rounding kinds leave open."""
    start = time.process_time()
    release = make(residents, period=PERIOD, policy=load(), ledger=Ledger())
    package.publish(release, folder / "lumbung")
    seconds = time.process_time() - start
    told = of_hidden(release)
    lines = [
        figures(f"{what}, Lumbung", release, told, folder / "lumbung", seconds),
        by_value(what, residents, folder),
    ]
    small = {release.system.row_of[cell.key] for cell in release.cells if is_small(cell)}
    naive = replace(release, rows=frozenset(small))
    package.write(naive, folder / "naive")
    lines.append(figures(f"{what}, hiding small ones only", naive, told, folder / "naive", 0.0))
    return [*lines, rounded(what, release), noisy(what, release)]


def by_value(what: str, residents: pl.DataFrame, folder: Path) -> Figures:
    """The same with weights that spare people instead of cells."""
    start = time.process_time()
    release = make(residents, period=PERIOD, policy=replace(load(), weights="value"), ledger=Ledger())
    package.publish(release, folder / "value")
    seconds = time.process_time() - start
    return figures(f"{what}, Lumbung, value", release, of_hidden(release), folder / "value", seconds)


def of_hidden(release: Release) -> Secrets:
    """The small numbers of the tables, which every method has to keep."""
    told = secrets(release)
    small = {cell.key for cell in release.cells if 0 < cell.value < cell.k}
    listed: list[Secret] = [secret for secret in told.listed if secret.name in small]
    return replace(told, listed=tuple(listed))


def figures(what: str, release: Release, told: Secrets, folder: Path, seconds: float) -> Figures:
    """Count, and let the attacker find the interval of every small number."""
    hidden = [cell for cell in release.cells if release.printed(cell) is None]
    found = intervals(folder, told, early=False)
    return Figures(
        what=what,
        cells=len(release.cells),
        primary=sum(map(is_small, release.cells)),
        hidden=len(hidden),
        mass=sum(cell.value for cell in hidden),
        exact=sum(most - least < 1 - 1e-5 for least, most in found),
        below_k=sum(most < secret.high - 1e-5 for secret, (_, most) in zip(told.listed, found, strict=True)),
        seconds=seconds,
        mebibytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        whole=fractional(release) if seconds else 0,
    )


def rounded(what: str, release: Release) -> Figures:
    """Every number to the nearest five: small ones stay below five or become five, and nothing adds up."""
    small = [cell for cell in release.cells if 0 < cell.value < cell.k]
    known_below = sum(round(cell.value / 5) == 0 for cell in small)
    return _perturbed(f"{what}, rounding to 5", release, exact=0, below=known_below)


def noisy(what: str, release: Release) -> Figures:
    """Cell-key noise of at most 2, zeros kept: small numbers are known to be below seven, often below five."""
    random = np.random.default_rng(1)
    keys = random.random(len(release.system.pieces))
    small = [cell for cell in release.cells if 0 < cell.value < cell.k]
    shown = [max(0, cell.value + int(5 * (keys[list(cell.atoms)].sum() % 1)) - 2) for cell in small]
    return _perturbed(f"{what}, cell key +-2", release, exact=0, below=sum(value + 2 < 5 for value in shown))


def _perturbed(what: str, release: Release, *, exact: int, below: int) -> Figures:
    return Figures(
        what=what,
        cells=len(release.cells),
        primary=sum(map(is_small, release.cells)),
        hidden=0,
        mass=0,
        exact=exact,
        below_k=below,
        seconds=0.0,
        mebibytes=0.0,
    )


def regency(folder: Path, *, count: int = 372, size: int = 3500, districts: int = 21) -> Figures:
    """Many villages, one district after the other, each with its own sums. Seconds are those of protection, proof and
    audit; the attack whose figures are printed is not among them.
    """
    residents = villages(count=count, size=size, seed=2, districts=districts)
    parts = []
    for number, (_, district) in enumerate(residents.group_by(pl.col("village").str.slice(0, 8), maintain_order=True)):
        start = time.process_time()
        release = make(district, period=PERIOD, policy=load(), ledger=Ledger())
        package.publish(release, folder / str(number))
        seconds = time.process_time() - start
        parts.append(figures("", release, of_hidden(release), folder / str(number), seconds))
        Console(stderr=True).print(f"district {number + 1} of {districts}: {seconds:.1f} CPU s", highlight=False)
    names = ("cells", "primary", "hidden", "mass", "exact", "below_k", "seconds", "whole")
    sums = {name: sum(getattr(part, name) for part in parts) for name in names}
    return Figures(
        what=f"{count} villages, by district", **sums, mebibytes=max((part.mebibytes for part in parts), default=0.0)
    )


def fractional(release: Release) -> int:
    """The integer attack: small numbers for which no two tables in whole numbers reach 0 and k."""
    claims = {claim.question.name: claim for claim in release.witnesses.claims}
    small = [cell for cell in release.cells if 0 < cell.value < cell.k and release.printed(cell) is None]
    return sum(not claims[cell.key].protected for cell in small)


def published_elsewhere() -> Table:
    """GaussSuppression 1.2.3 with its default protection, as the reference on disclosure control gives it."""
    table = Table(title="GaussSuppression 1.2.3, default protection; published, not run here (k = 5)")
    heads = ("what", "cells", "small", "hidden beyond", "exact", "upper bound < k", "seconds")
    for heading in heads:
        table.add_column(heading, justify="left" if heading == "what" else "right")
    table.add_row("4 villages, sex x age and religion", "1,725", "134", "89 (5.2 %)", "0", "85", "9.7")
    table.add_row("20 villages, sex x age and religion", "8,349", "640", "506 (6.1 %)", "8", "370", "142")
    return table


def show(lines: list[Figures]) -> None:
    """Percentages are of all cells; seconds are processor time with audit."""
    table = Table(title="Protecting the tables of villages (k = 5); budget 30 s for one, 300 s for twenty")
    heads = (
        "what",
        "cells",
        "small",
        "hidden",
        "beyond, %",
        "mass",
        "exact",
        "known < k",
        "whole",
        "CPU s",
        "peak MiB",
    )
    for heading in heads:
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for line in lines:
        beyond = 100 * max(0, line.hidden - line.primary) / line.cells
        counts = [f"{number:,}" for number in (line.cells, line.primary, line.hidden)]
        rest = [
            f"{line.mass:,}",
            str(line.exact),
            str(line.below_k),
            str(line.whole),
            f"{line.seconds:.1f}",
            f"{line.mebibytes:.0f}",
        ]
        table.add_row(line.what, *counts, f"{beyond:.1f}", *rest)
    Console(width=150).print(table)
    Console(width=150).print(published_elsewhere())


if __name__ == "__main__":
    main()
