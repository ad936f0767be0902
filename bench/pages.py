"""`python -m bench.pages [--quick]`: what it costs to look: searching, pages of places, a table of a million rows.

The portal answers in a process and a home of its own (`bench.visited`), Datasette in an environment of its own on the
same rows, both asked in process, without a network. Processor time is told besides, for a machine where others work.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench import others

Figures = dict[str, dict[str, float]]
SEARCH_P50, SEARCH_P99, LARGE_P50, FIRST_PAGE = 20.0, 100.0, 1000.0, 150.0  # milliseconds; kilobytes of the first page
DATASETTE = {"first": "", "sorted": "_sort_desc=nilai 3", "narrowed": "desa__contains=nomor 17"}
"""The same questions as in `bench.dataset_page`, in its words."""


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few datasets")
    quick = parser.parse_args().quick
    show(*measure(datasets=100 if quick else 10_000, rows=10_000 if quick else 1_000_000))


def measure(*, datasets: int, rows: int) -> tuple[Figures, dict[str, Any]]:
    """Ours, and what Datasette needs for the same rows; nothing of it where it cannot be installed."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.visited", str(datasets), str(rows), folder]
        ours = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        return ours, _datasette(Path(folder) / "baris.db")


def _datasette(file: Path) -> dict[str, Any]:
    python = others.environment("datasette")
    if python is None:
        return {"said": "Datasette could not be installed here"}
    questions = [f"{name}={query}" for name, query in DATASETTE.items()]
    script = str(others.HERE / "foreign" / "with_datasette.py")
    run = subprocess.run([str(python), script, str(file), "baris", "10", *questions], capture_output=True, text=True)
    return dict(json.loads(run.stdout)) if run.returncode == 0 else {"said": "Datasette ended by an error"}


def show(ours: Figures, datasette: dict[str, Any]) -> None:
    """Milliseconds of whole answers, kilobytes of the page as it travels, and the budget where there is one."""
    table = Table(title="Pages: milliseconds of the whole answer in process; kB as they travel (gzip), without assets")
    for heading in ("page", "p50", "p99", "CPU p50", "kB", datasette["said"], "budget", ""):
        table.add_column(heading, justify="left" if heading in ("page", "budget", "") else "right")
    for name, one in ours.items():
        figures = [f"{one[key]:.1f}" for key in ("p50", "p99", "processor p50", "kB")]
        table.add_row(name, *figures, _beside(datasette.get(name.rpartition(", ")[2])), *_judged(name, one))
    Console(width=140).print(table)


def _beside(said: list[float] | None) -> str:
    return f"{said[0]:.1f} / {said[1]:.1f}" if said else ""


def _judged(name: str, one: dict[str, float]) -> tuple[str, str]:
    if name.startswith("search"):
        kept = one["p50"] <= SEARCH_P50 and one["p99"] <= SEARCH_P99
        return f"{SEARCH_P50:.0f} / {SEARCH_P99:.0f} ms", "kept" if kept else "over"
    if name.startswith("rows"):
        return f"{LARGE_P50:.0f} ms", "kept" if one["p50"] <= LARGE_P50 else "over"
    return f"{FIRST_PAGE:.0f} kB", "kept" if one["kB"] <= FIRST_PAGE else "over"


if __name__ == "__main__":
    main()
