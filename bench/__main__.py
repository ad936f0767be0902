"""`python -m bench [--quick]`: a table of ratios, each pair measured in turn in the same run; then what protecting
statistics costs, damaged files of every format, and the gate beside other tools for personal data.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from bench import others, pages, statistics, trace
from bench.one import UNREAD

MIB = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large a run is."""

    csv_rows: int
    workbook_rows: int
    shown_rows: int
    pages: int
    pixels_across: int
    rounds: int
    datasets: int


FULL = Size(
    csv_rows=1_000_000,
    workbook_rows=200_000,
    shown_rows=1_000_000,
    pages=100,
    pixels_across=4_000,
    rounds=3,
    datasets=10_000,
)
QUICK = Size(
    csv_rows=20_000, workbook_rows=2_000, shown_rows=20_000, pages=5, pixels_across=1_200, rounds=1, datasets=100
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the printed table."""

    what: str
    seconds: float
    beside: str
    ratio: float | None
    cpu_ratio: float | None
    mebibytes: float | None
    budget: str
    within: bool


def main() -> None:
    """Print the tables. Exit 0 also where a budget is not kept: the table says so."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small tables, one round")
    quick = parser.parse_args().quick
    size = QUICK if quick else FULL
    with tempfile.TemporaryDirectory() as folder:
        show(measure(size, Path(folder)), size)
        statistics.show(statistics.measure(statistics.QUICK if quick else statistics.FULL, Path(folder)))
        trace.show(trace.measure(trace.QUICK if quick else trace.FULL, Path(folder)))
    pages.show(*pages.measure(datasets=size.datasets, rows=size.csv_rows))
    subprocess.run([sys.executable, "-m", "bench.api", *(["--quick"] if quick else [])], check=True)
    subprocess.run([sys.executable, "-m", "bench.record", *(["--quick"] if quick else [])], check=True)
    subprocess.run([sys.executable, "-m", "bench.closing", str(size.datasets)], check=True)
    subprocess.run([sys.executable, "-m", "bench.switching", "40" if quick else "300"], check=True)
    subprocess.run([sys.executable, "-m", "bench.kills", "20" if quick else "1000"], check=True)
    subprocess.run([sys.executable, "-m", "bench.counter_kills", "20" if quick else "500"], check=True)
    subprocess.run([sys.executable, "-m", "bench.counter", *(["60", "--minutes", "0.1"] if quick else [])], check=True)
    damaged = "60" if quick else "20000"
    subprocess.run([sys.executable, "-m", "tests.fuzz", "--files", damaged], check=False)  # it says what it broke
    others.show(*others.measure(others.QUICK if quick else others.FULL, tools=others.TOOLS))


def measure(size: Size, folder: Path) -> list[Line]:
    """Write the tables, then measure each against its neighbour."""
    csv, workbook, small = folder / "register.csv", folder / "register.xlsx", folder / "small.csv"
    for rows, path in ((size.csv_rows, csv), (size.workbook_rows, workbook), (6_000, small)):
        write_apart(rows, path)
    return [
        compare(
            f"gate, CSV {size.csv_rows:,} x 16", csv, beside="polars", rounds=size.rounds, most=2.0, mebibytes=1024
        ),
        compare(f"gate, XLSX {size.workbook_rows:,} x 16", workbook, beside="fastexcel", rounds=size.rounds, most=1.3),
        alone("gate, CSV of 1 MB, warm", "gate", small, rounds=size.rounds, most=2.0),
        alone("gate, CSV of 1 MB, first file", "cold", small, rounds=size.rounds, most=2.0),
        *documents(folder, size),
        *portal(small, size),
    ]


def documents(folder: Path, size: Size) -> list[Line]:
    """A long PDF and a photograph, written in a process of its own as the tables are."""
    command = [sys.executable, "-m", "bench.documents", str(folder), str(size.pages), str(size.pixels_across)]
    written = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return [alone(what, "gate", Path(path), rounds=size.rounds, most=most) for what, path, most in written]


def portal(small: Path, size: Size) -> list[Line]:
    """The portal's own promises, in a process and a home of their own."""
    command = [sys.executable, "-m", "bench.site", str(small), str(size.datasets), str(size.shown_rows)]
    said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return [
        _figure("portal, CSV of 1 MB from upload to verdict", said["verdict"], most=2.0),
        _figure("portal, page of a dataset, p50", said["page p50"] / 1000, most=0.1),
        _figure("portal, page of a dataset, p99", said["page p99"] / 1000, most=0.3),
        *(
            _figure(f"portal, {size.shown_rows:,} rows, {asked} page", said[f"many {asked}"] / 1000, most=1.0)
            for asked in ("first", "sorted", "narrowed")
        ),
        _figure("portal, click to 410 on every route", said["all routes"] / 1000, most=1.0),
        _figure(f"portal, page of a search among {size.datasets:,}, p50", said["p50"] / 1000, most=0.020),
        _figure(f"portal, page of a search among {size.datasets:,}, p99", said["p99"] / 1000, most=0.100),
    ]


def _figure(what: str, seconds: float, *, most: float) -> Line:
    return Line(
        what=what,
        seconds=seconds,
        beside="",
        ratio=None,
        cpu_ratio=None,
        mebibytes=None,
        budget=f"{most} s",
        within=seconds <= most,
    )


def compare(what: str, path: Path, *, beside: str, rounds: int, most: float, mebibytes: float | None = None) -> Line:
    """The gate and its neighbour in turn; medians."""
    pairs = [(once("gate", path), once(beside, path)) for _ in range(rounds)]
    gate, other = (_middle([pair[side] for pair in pairs]) for side in (0, 1))
    ratio, peak = gate["seconds"] / other["seconds"], gate["bytes"] / MIB
    return Line(
        what=what,
        seconds=gate["seconds"],
        beside=f"{beside} {other['seconds']:.2f} s, {other['bytes'] / MIB:.0f} MiB",
        ratio=ratio,
        cpu_ratio=gate["cpu"] / other["cpu"],
        mebibytes=peak,
        budget=f"{most} x" + (f", {mebibytes:.0f} MiB" if mebibytes else ""),
        within=ratio <= most and (mebibytes is None or peak <= mebibytes),
    )


def _middle(runs: list[dict[str, float]]) -> dict[str, float]:
    """Median seconds and CPU, highest memory."""
    middle = {key: median(run[key] for run in runs) for key in ("seconds", "cpu")}
    return {**middle, "bytes": max(run["bytes"] for run in runs)}


def alone(what: str, kind: str, path: Path, *, rounds: int, most: float) -> Line:
    """Seconds for one file."""
    run = _middle([once(kind, path) for _ in range(rounds)])
    return Line(
        what=what,
        seconds=run["seconds"],
        beside="",
        ratio=None,
        cpu_ratio=None,
        mebibytes=run["bytes"] / MIB,
        budget=f"{most} s",
        within=run["seconds"] <= most,
    )


def once(kind: str, path: Path) -> dict[str, float]:
    """One measurement, in a process of its own so that its peak memory is its own. Exit where the gate gave up."""
    command = [sys.executable, "-m", "bench.one", kind, str(path)]
    said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    if said["result"] == UNREAD:
        sys.exit(f"{path.name} was not wholly read: there is nothing to measure")
    return said


def write_apart(rows: int, path: Path) -> None:
    """In a process of its own: a process that is started counts its parent's memory as its own peak."""
    subprocess.run([sys.executable, "-m", "bench.data", str(rows), str(path)], check=True)


def show(lines: list[Line], size: Size) -> None:
    """The table, with what it is measured against."""
    table = Table(title=f"Median of {size.rounds}; the gate in a warm confined child, every row looked at")
    for heading in ("what", "seconds", "beside", "ratio", "in CPU", "peak MiB", "budget", ""):
        table.add_column(heading, justify="left" if heading in ("what", "beside", "budget", "") else "right")
    for line in lines:
        ratios = ["" if ratio is None else f"{ratio:.2f} x" for ratio in (line.ratio, line.cpu_ratio)]
        kept, peak = "kept" if line.within else "over", f"{line.mebibytes:.0f}" if line.mebibytes else ""
        table.add_row(line.what, f"{line.seconds:.3f}", line.beside, *ratios, peak, line.budget, kept)
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
