"""`python -m bench.others [--quick]`: the gate beside other tools for personal data, on the same invented tables.

Registers of residents in every layout, lookalikes of every family, and one register of 5,000 rows for the clock. Each
tool lives in an environment of its own under LUMBUNG_HOME (`var`), made at the first run from requirements-others.txt.
All get the same CSV files, with one header row and nothing above it, which is what the others expect.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from rich.console import Console
from rich.table import Table

from bench import data
from lumbung import confine
from lumbung.gate import Verdict, inspect
from lumbung.invent import LAYOUTS, invent_households
from lumbung.invent.lookalikes import FAMILIES
from lumbung.invent.origins import HOMES
from lumbung.invent.sheet import Sheet, letter
from lumbung.invent.workbooks import csv_bytes

TOOLS = ("presidio", "dataprofiler", "piiscope")
HERE = Path(__file__).parent
LAWFUL = ("officials", "polling-stations")
"""Families that name people and may be lawful: a person has to look at them."""
CLOCK = "clock.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Families in each register, rows of the table for the clock, and seconds that a tool is given."""

    households: int
    rows: int
    seconds: int


FULL = Size(households=12, rows=5_000, seconds=900)
QUICK = Size(households=3, rows=50, seconds=120)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A table with the columns (from 0) that hold a NIK or a nomor KK; none where it is a lookalike."""

    file: str
    identifiers: tuple[int, ...] = ()
    residents: bool = False
    cells: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a tool said: by file, the columns told to be personal, and seconds."""

    said: str
    columns: dict[str, list[int]]
    seconds: dict[str, float]


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small tables")
    show(*measure(QUICK if parser.parse_args().quick else FULL, tools=TOOLS))


def measure(size: Size, *, tools: tuple[str, ...]) -> tuple[list[Asked], list[Answers]]:
    """The gate's answers, then those of each tool; a tool that cannot be installed or run says so in `said`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asked = list(write(folder, size))
        answers = [of_gate(folder, asked), *(of_tool(tool, folder, size) for tool in tools)]
    return asked, answers


def write(folder: Path, size: Size) -> Iterator[Asked]:
    """The files, each with one header row. The clock's is the first by name, so that every tool gets to it."""
    for number, layout in enumerate(LAYOUTS):
        homes = invent_households(seed=3000 + number, count=size.households, home=HOMES[number % len(HOMES)])
        sheet = next(part for part in layout.build(homes) if part.name == layout.sheet)
        letters = [letter(at) for at in range(max(map(len, sheet.rows)))]
        at = tuple(letters.index(column) for column in (layout.nik, layout.kk) if column)
        yield _written(folder, f"register-{layout.name}.csv", sheet, at, residents=True)
    for family, maker in FAMILIES.items():
        if family not in LAWFUL:
            yield _written(folder, f"lookalike-{family}.csv", maker(Random(f"{family} beside others")), ())
    table = data.register(size.rows)
    table.write_csv(folder / CLOCK)
    yield Asked(file=CLOCK, identifiers=(0, 1), residents=True, cells=table.height * table.width)


def _written(folder: Path, name: str, sheet: Sheet, at: tuple[int, ...], *, residents: bool = False) -> Asked:
    """The sheet from its last header row on."""
    below = sheet.but(rows=sheet.rows[max(0, sheet.head - 1) :])
    (folder / name).write_bytes(csv_bytes((below,)))
    return Asked(file=name, identifiers=at, residents=residents, cells=sum(map(len, below.rows)))


def of_gate(folder: Path, asked: list[Asked]) -> Answers:
    """Held at the gate, and which columns were given as a reason."""
    columns: dict[str, list[int]] = {}
    seconds: dict[str, float] = {}
    inspect(folder / asked[0].file)  # the child is warm, as it is for every file but the first
    for one in asked:
        began = time.perf_counter()
        inspection = inspect(folder / one.file, name="unggahan.csv")
        seconds[one.file] = time.perf_counter() - began
        named = {reason.place.column for reason in inspection.reasons if reason.severity is Verdict.HOLD}
        if inspection.verdict is Verdict.HOLD:
            columns[one.file] = [at for at in range(200) if letter(at) in named] or [-1]
    confine.close()
    return Answers(said="Lumbung", columns=columns, seconds=seconds)


def of_tool(tool: str, folder: Path, size: Size) -> Answers:
    """Run the tool's script in its own environment."""
    python = _environment(tool)
    if python is None:
        return Answers(said=f"{tool}: could not be installed here", columns={}, seconds={})
    command = [str(python), str(HERE / "foreign" / f"with_{tool}.py"), str(folder)]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=size.seconds)
        said, ended = run.stdout, f", ended by an error ({run.returncode})" if run.returncode else ""
    except subprocess.TimeoutExpired as late:
        said, ended = (late.stdout or b"").decode(), f", not finished in {size.seconds} s"
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    files = [line for line in lines if "file" in line]
    return Answers(
        said=next((line["said"] for line in lines if "said" in line), tool) + ended,
        columns={line["file"]: line["columns"] for line in files if line["columns"]},
        seconds={line["file"]: line["seconds"] for line in files},
    )


def _environment(tool: str) -> Path | None:
    """The interpreter of the tool's environment, made where it is not there yet; None where that fails."""
    home = Path(os.environ.get("LUMBUNG_HOME", "var")).resolve() / "bench" / tool
    python, complete = home / "bin" / "python", home / "complete"
    if complete.exists():
        return python
    install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *wanted(tool)]
    for command in ([sys.executable, "-m", "venv", str(home)], install):
        if subprocess.run(command, capture_output=True).returncode:
            return None
    complete.touch()
    return python


def wanted(tool: str) -> list[str]:
    """The lines below the tool's name in requirements-others.txt."""
    sections = (HERE / "requirements-others.txt").read_text(encoding="utf-8").split("# ")
    return next(section.split()[1:] for section in sections if section.startswith(f"{tool}\n"))


def show(asked: list[Asked], answers: list[Answers]) -> None:
    """Recall over files and over columns of NIK and nomor KK, false alarms, cells per second; of what was answered."""
    title = "On the same invented CSV files; a file is found where any column is told to be personal"
    table = Table(title=title)
    for heading in ("tool", "registers found", "NIK/KK columns found", "false alarms", "cells/s", "the gate is"):
        table.add_column(heading, justify="left" if heading == "tool" else "right")
    best = _speed(asked, answers[0])
    for one in answers:
        speed = _speed(asked, one)
        times = f"{best / speed:,.0f} x" if speed and best and one is not answers[0] else ""
        table.add_row(one.said, *_counts(asked, one), f"{speed:,.0f}" if speed else "", times)
    Console(width=140).print(table)


def _counts(asked: list[Asked], one: Answers) -> tuple[str, str, str]:
    known = [table for table in asked if table.file in one.seconds]
    registers = [table for table in known if table.residents]
    others = [table for table in known if not table.residents]
    wanted_columns = [(table.file, at) for table in registers for at in table.identifiers]
    found = sum(at in one.columns.get(file, ()) for file, at in wanted_columns)
    return (
        f"{sum(table.file in one.columns for table in registers)} of {len(registers)}",
        f"{found} of {len(wanted_columns)}",
        f"{sum(table.file in one.columns for table in others)} of {len(others)}",
    )


def _speed(asked: list[Asked], one: Answers) -> float:
    """Cells of the clock's table by the second; 0.0 where it was not answered."""
    cells = next(table.cells for table in asked if table.file == CLOCK)
    return cells / one.seconds[CLOCK] if CLOCK in one.seconds else 0.0


if __name__ == "__main__":
    main()
