"""`python -m bench.trace [--quick]`: how fast fingerprints are made and asked, and how often the answer is right.

Everything is invented: registers of bench.data (serials 9000-9999), hands that damage them, months that pass,
recipients who leak, generators who pretend. Shares are shares of trials; seconds are those of this machine.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np
import polars as pl
from rich.console import Console
from rich.table import Table

from bench import data, trace_asking, trace_claims, trace_copies
from lumbung.trace import fingerprint, subjects
from lumbung.trace.fingerprint import KINDS, Prints
from lumbung.trace.index import About, Index, open_index, write
from lumbung.trace.match import Sample, hits, stands_in
from lumbung.trace.weigh import weigh

KEY = bytes(range(32))
PIECE = 5_000_000  # fingerprints written together
TODAY = date(2026, 11, 22)
ABOUT = About(source="bench", version="1", made="2026-11-22", until="2099-01-01", rows=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large a run is."""

    rows: int
    asked: int
    stored: tuple[int, ...]
    trials: int
    innocents: int
    askers: int


FULL = Size(rows=100_000, asked=100_000, stored=(10_000_000, 100_000_000), trials=60, innocents=100_000, askers=10_000)
QUICK = Size(rows=2_000, asked=1_000, stored=(10_000,), trials=4, innocents=500, askers=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a printed table: what, what was seen, and the budget or what was published elsewhere."""

    table: str
    what: str
    seen: str
    beside: str = ""


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small tables, few trials")
    with tempfile.TemporaryDirectory() as folder:
        show(measure(QUICK if parser.parse_args().quick else FULL, Path(folder)))


def measure(size: Size, folder: Path) -> Iterator[Line]:
    """All tables, one after the other."""
    people = register(size.rows)
    yield from speed(people, size, folder)
    yield from through_hands(people)
    yield from versions(people, size.trials)
    copies = trace_copies.measure(trials=size.trials, innocents=size.innocents)
    claims = trace_claims.measure(trials=size.trials)
    asking = trace_asking.measure(askers=size.askers)
    tables = (("Whose copy", copies), ("Register or generated, 100 rows", claims), ("Am I affected", asking))
    for table, lines in tables:
        for what, seen, beside in lines:
            yield Line(table=table, what=what, seen=seen, beside=beside)


def register(rows: int) -> pl.DataFrame:
    """`rows` different invented residents in the shape in which trace compares them."""
    table = data.register(rows * 2).unique("nik", keep="first", maintain_order=True)
    raw = table.select(
        nik="nik",
        kk="no_kk",
        name=pl.col("nama") + " " + pl.col("nama_ibu"),  # twelve names are too few to be told apart
        birth=pl.col("tanggal_lahir").str.to_date("%d-%m-%Y"),
        phone="no_hp",
        sex="jenis_kelamin",
        age=pl.lit(None, pl.String),
        hamlet="alamat",
    )
    return subjects.normalised(raw.head(rows))


def speed(people: pl.DataFrame, size: Size, folder: Path) -> Iterator[Line]:
    """Making fingerprints, and asking a hundred thousand of many millions."""
    began = time.perf_counter()
    made = fingerprint.prints(people, key=KEY)
    seconds = time.perf_counter() - began
    numbers = sum(len(one.numbers) for one in made.values())
    yield Line(
        table="Speed",
        what=f"fingerprints of {people.height:,} rows, six kinds",
        seen=f"{people.height / seconds:,.0f} rows/s, {numbers / seconds:,.0f} fingerprints/s",
        beside="keyed BLAKE2b one by one: 233,000/s",
    )
    asked = people.head(size.asked)
    random = np.random.default_rng(1)
    for count in size.stored:
        path = folder / f"{count}.sidik"
        stored = _stored(folder / "stored", count, made["nik"].numbers[: size.asked // 2], random)
        began = time.perf_counter()
        write(path, {"nik": stored}, about=ABOUT, key=KEY)
        written = time.perf_counter() - began
        del stored
        (folder / "stored").unlink()
        yield from _ask(path, asked, count=count, written=written)
        path.unlink()


def _stored(path: Path, count: int, planted: fingerprint.Numbers, random: np.random.Generator) -> fingerprint.Numbers:
    """About `count` ascending numbers with the planted ones among them, written piece by piece and mapped."""
    pieces = max(1, count // PIECE)
    bounds = np.linspace(0, 2**63, pieces + 1).astype(np.uint64)
    planted = np.sort(planted)
    with path.open("wb") as file:
        for low, high in pairwise(bounds):
            drawn = random.integers(low, high, count // pieces, dtype=np.uint64)
            among = planted[(planted >= low) & (planted < high)]
            file.write(np.unique(np.concatenate([drawn, among])).tobytes())
        file.write(np.unique(planted[planted >= bounds[-1]]).tobytes())
    return np.memmap(path, dtype="<u8", mode="r")


def _ask(path: Path, asked: pl.DataFrame, *, count: int, written: float) -> Iterator[Line]:
    began = time.perf_counter()
    index = open_index(path, key=KEY, today=TODAY)
    opened = time.perf_counter() - began
    began = time.perf_counter()
    numbers = fingerprint.digests(asked["nik"].drop_nulls().to_list(), kind="nik", key=KEY)
    found = int(stands_in(numbers, index.numbers["nik"]).sum())
    seconds = time.perf_counter() - began
    yield Line(
        table="Speed",
        what=f"{asked.height:,} rows against {count:,} ({found:,} found)",
        seen=f"{seconds:.2f} s; check of the whole file {opened:.2f} s; writing it {written:.1f} s",
        beside="2 s" if count == 10_000_000 else "",
    )


Hand = Callable[[pl.DataFrame], pl.DataFrame]


def hands() -> dict[str, Hand]:
    """What befalls a register before it is found again; each keeps the rows in number, but the one that samples."""
    fifteen = pl.col("nik").str.slice(0, 15)
    return {
        "untouched": lambda people: people,
        "sorted by name": lambda people: people.sort("name"),
        "numbers with signs between": lambda people: _respelled(people, r"${1}.${2} '${3}"),
        "1 % of the rows": lambda people: people.sample(max(20, people.height // 100), seed=1, shuffle=True),
        "NIK dropped": lambda people: _without(people, "nik", "phone", "kk"),
        "all but the NIK dropped": lambda people: _without(people, "kk", "name", "birth", "phone"),
        "all but name and birth date dropped": lambda people: _without(people, "nik", "kk", "phone"),
        "retyped: 3 % of digits and names wrong": _retyped,
        "last digit lost to a spreadsheet": lambda people: people.with_columns(
            stem=fifteen, nik=pl.lit(None, pl.String)
        ),
        "3.30813E+15, with names": lambda people: _without(people, "nik", "kk"),
        "last digit lost, numbers alone": lambda people: _without(
            people.with_columns(stem=fifteen), "nik", "kk", "name", "birth", "phone"
        ),
    }


def through_hands(people: pl.DataFrame) -> Iterator[Line]:
    """Recall on half of the register, precision against the other half, which the index does not have."""
    half = people.height // 2
    index = indexed(people.head(half))
    for what, hand in hands().items():
        ours, others = (weigh_all(hand(part), index) for part in (people.head(half), people.slice(half)))
        found, wrong = ours.matched or 0, others.matched or 0  # fewer than five are not told
        right, precision = found / ours.rows, found / max(1, found + wrong)
        verdicts = f"verdict {ours.verdict}, on strangers {others.verdict}"
        seen = f"recall {right:.4f}, precision {precision:.4f}; {verdicts}"
        yield Line(table="Through hands", what=what, seen=seen)


def weigh_all(people: pl.DataFrame, *indexes: Index):  # type: ignore[no-untyped-def]
    """The answer for a sample."""
    sample = Sample(rows=people.height, prints=fingerprint.prints(people, key=KEY, guess=True))
    return weigh(sample, [hits(sample, index) for index in indexes])


def indexed(people: pl.DataFrame) -> Index:
    """An index in memory."""
    made = fingerprint.prints(people, key=KEY)
    return Index(about=ABOUT, numbers={kind: np.unique(one.numbers) for kind, one in made.items()})


def _respelled(people: pl.DataFrame, how: str) -> pl.DataFrame:
    spelled = people["nik"].str.replace(r"^(\d{6})(\d{6})(\d{4})$", how)
    whole, stem = subjects.numbers(spelled)
    return people.with_columns(nik=whole, stem=stem)


def _without(people: pl.DataFrame, *columns: str) -> pl.DataFrame:
    return people.with_columns(pl.lit(None, people.schema[name]).alias(name) for name in columns)


def _retyped(people: pl.DataFrame) -> pl.DataFrame:
    """Every thirtieth number has another last digit, every thirtieth name (others) another letter."""
    row = pl.int_range(pl.len())
    other = pl.col("nik").str.slice(0, 15) + (9 - pl.col("nik").str.slice(15).cast(pl.Int8)).cast(pl.String)
    return people.with_columns(
        nik=pl.when(row % 30 == 0).then(other).otherwise("nik"),
        name=pl.when(row % 30 == 7).then(pl.col("name").str.replace("A", "E")).otherwise("name"),
    )


def versions(people: pl.DataFrame, trials: int) -> Iterator[Line]:
    """Twelve monthly versions; 0.4 % leave and join and 0.6 % move a month; 1 % of numbers, 2 % of families wrong."""
    months, made = monthly(people)
    random = np.random.default_rng(2)
    for rows in (30, 100, 300, 1000):
        right = decided = wrong = 0
        for _ in range(trials):
            truth = int(random.integers(len(months)))
            answer = _one_trial(months, made[truth], rows, random)
            chances = [one.probability for one in answer.versions]
            right += int(np.argmax(chances)) == truth
            decided += answer.version is not None
            wrong += answer.version not in (None, truth)
        yield Line(
            table="Which of twelve versions",
            what=f"{rows:,} rows",
            seen=f"likeliest right {right / trials:.0%}, decided {decided / trials:.0%}, of these wrong {wrong}",
            beside={30: "30 %, 0 %", 100: "67 %, 28 %", 300: "98 %, 75 %", 1000: "100 %, 100 %"}[rows],
        )


def monthly(people: pl.DataFrame) -> tuple[list[Index], list[dict[str, Prints]]]:
    """The indexes of twelve months, and what a sample of each is drawn from."""
    base = fingerprint.prints(people, key=KEY)
    rows, steps = people.height, 12
    change = rows * 4 // 1000
    current = dict(base)
    indexes, made = [], []
    for month in range(steps):
        moved = np.random.default_rng(100 + month).permutation(rows)[: rows * 6 // 1000]
        families = pl.Series([f"33081301012{month:02d}9{row % 1000:03d}"[:16] for row in moved])
        new = fingerprint.prints(people[moved].with_columns(kk=families), key=KEY)["nik-kk"]
        numbers = current["nik-kk"].numbers.copy()
        numbers[moved] = new.numbers
        current["nik-kk"] = Prints(rows=current["nik-kk"].rows, numbers=numbers)
        here = slice(month * change, rows - (steps - 1 - month) * change)
        inside = {kind: Prints(rows=one.rows[here], numbers=one.numbers[here]) for kind, one in current.items()}
        made.append(inside)
        indexes.append(Index(about=ABOUT, numbers={kind: np.unique(one.numbers) for kind, one in inside.items()}))
    return indexes, made


def _one_trial(months: list[Index], truth: dict[str, Prints], rows: int, random: np.random.Generator):  # type: ignore[no-untyped-def]
    """A sample with NIK, name and family, some of it wrong."""
    rows = min(rows, len(truth["nik"].numbers))
    drawn = random.choice(len(truth["nik"].numbers), rows, replace=False)
    lost = random.random(rows) < 0.01
    prints = {}
    for kind in KINDS:
        wrong = lost if kind.startswith("nik") else np.zeros(rows, dtype=bool)
        wrong = wrong | ((random.random(rows) < 0.02) if kind in ("nik-name", "nik-kk") else False)
        numbers = np.where(wrong, random.integers(0, 2**63, rows, dtype=np.uint64), truth[kind].numbers[drawn])
        if kind in ("nik", "nik-name", "nik-kk"):
            prints[kind] = Prints(rows=np.arange(rows, dtype=np.uint32), numbers=numbers)
    none = Prints(rows=np.empty(0, dtype=np.uint32), numbers=np.empty(0, dtype=np.uint64))
    sample = Sample(rows=rows, prints={**dict.fromkeys((*KINDS, *fingerprint.GUESSED), none), **prints})
    return weigh(sample, [hits(sample, index) for index in months])


def show(lines: Iterable[Line]) -> None:
    """A table for each subject, as soon as it is measured."""
    for title, measured in groupby(lines, key=lambda line: line.table):
        table = Table(title=title)
        for heading in ("what", "seen", "budget, or published elsewhere"):
            table.add_column(heading)
        for line in measured:
            table.add_row(line.what, line.seen, line.beside)
        Console(width=150).print(table)


if __name__ == "__main__":
    main()
