"""`python -m bench.others [--quick]`: the gate beside other tools for personal data, on the same invented tables.

Registers of residents in every layout, lookalikes of every family, and one large register for the clock, of which
the others get the first fiftieth, for the time they take. All get the same CSV files, with one header row and nothing
above it, which is what the others expect. Processor time counts, for a machine where others work too. Each tool lives
in an environment of its own under LUMBUNG_HOME (`var`), made at the first run from requirements-others.txt.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from rich.console import Console
from rich.table import Table

from bench import data
from bench.one import cpu_seconds
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
    """Families in each register, rows of the others' table for the clock, and seconds that a tool is given."""

    households: int
    rows: int
    seconds: int


FULL = Size(households=6, rows=2_000, seconds=900)
QUICK = Size(households=3, rows=50, seconds=120)
TIMES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A table with the columns (from 0) that hold a NIK or a nomor KK; none where it is a lookalike."""

    file: str
    identifiers: tuple[int, ...] = ()
    residents: bool = False
    cells: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a tool said: the files it answered, by file the columns told to be personal, cells by CPU second."""

    said: str
    files: frozenset[str] = frozenset()
    columns: dict[str, list[int]] = field(default_factory=dict)
    speed: float = 0.0


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
        answers = [of_gate(folder, asked), *(of_tool(tool, folder, size, asked) for tool in tools)]
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
    table = data.register(size.rows * TIMES)
    (folder / "whole").mkdir()
    table.write_csv(folder / "whole" / CLOCK)
    table.head(size.rows).write_csv(folder / CLOCK)
    yield Asked(file=CLOCK, identifiers=(0, 1), residents=True, cells=size.rows * table.width)


def _written(folder: Path, name: str, sheet: Sheet, at: tuple[int, ...], *, residents: bool = False) -> Asked:
    """The sheet from its last header row on."""
    below = sheet.but(rows=sheet.rows[max(0, sheet.head - 1) :])
    (folder / name).write_bytes(csv_bytes((below,)))
    return Asked(file=name, identifiers=at, residents=residents, cells=sum(map(len, below.rows)))


def of_gate(folder: Path, asked: list[Asked]) -> Answers:
    """Held at the gate, and which columns were given as a reason."""
    columns: dict[str, list[int]] = {}
    for one in asked:
        inspection = inspect(folder / one.file, name="unggahan.csv")
        named = {reason.place.column for reason in inspection.reasons if reason.severity is Verdict.HOLD}
        if inspection.verdict is Verdict.HOLD:
            columns[one.file] = [at for at in range(200) if letter(at) in named] or [-1]
    began = cpu_seconds()
    inspect(folder / "whole" / CLOCK)
    used = cpu_seconds() - began
    cells = _clock(asked).cells * TIMES
    return Answers(
        said="Lumbung", files=frozenset(one.file for one in asked), columns=columns, speed=cells / max(used, 0.01)
    )


def of_tool(tool: str, folder: Path, size: Size, asked: list[Asked]) -> Answers:
    """Run the tool's script in its own environment."""
    python = environment(tool)
    if python is None:
        return Answers(said=f"{tool}: could not be installed here")
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
        files=frozenset(line["file"] for line in files),
        columns={line["file"]: line["columns"] for line in files if line["columns"]},
        speed=next((_clock(asked).cells / line["seconds"] for line in files if line["file"] == CLOCK), 0.0),
    )


def environment(tool: str) -> Path | None:
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
    for heading in ("tool", "registers found", "NIK/KK columns found", "false alarms", "cells/CPU s", "the gate is"):
        table.add_column(heading, justify="left" if heading == "tool" else "right")
    for one in answers:
        times = f"{answers[0].speed / one.speed:,.0f} x" if one.speed and one is not answers[0] else ""
        table.add_row(one.said, *_counts(asked, one), f"{one.speed:,.0f}" if one.speed else "", times)
    Console(width=140).print(table)


def _counts(asked: list[Asked], one: Answers) -> tuple[str, str, str]:
    known = [table for table in asked if table.file in one.files]
    registers = [table for table in known if table.residents]
    others = [table for table in known if not table.residents]
    wanted_columns = [(table.file, at) for table in registers for at in table.identifiers]
    found = sum(at in one.columns.get(file, ()) for file, at in wanted_columns)
    return (
        f"{sum(table.file in one.columns for table in registers)} of {len(registers)}",
        f"{found} of {len(wanted_columns)}",
        f"{sum(table.file in one.columns for table in others)} of {len(others)}",
    )


def _clock(asked: list[Asked]) -> Asked:
    return next(table for table in asked if table.file == CLOCK)


if __name__ == "__main__":
    main()
