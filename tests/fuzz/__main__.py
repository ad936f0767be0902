"""`python -m tests.fuzz [--files N] [--seconds N] [--keep DIR]`; `python -m tests.fuzz guided FORMAT --seconds N`.

Exit 1 where a promise was broken or a reader crashed. Seeds are the hiding places and the hostile corpora.
"""

import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from time import monotonic

from rich.console import Console
from rich.table import Table

from tests.fuzz.campaign import ACCIDENTS, Book, campaign, peak_megabytes
from tests.fuzz.seeds import hostile_seeds, planted_seeds

EVERY = 500


def main() -> int:
    """Run what the arguments say."""
    parser = ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", default="", help="one format alone")
    parser.add_argument("--seconds", type=int, default=0, help="stop after so long, however many are left")
    parser.add_argument("--keep", type=Path, help="a folder for files that broke a promise")
    if sys.argv[1:2] == ["guided"]:
        return subprocess.call([sys.executable, "-m", "tests.fuzz.guided", *sys.argv[2:]])
    return _campaign(parser.parse_args(), Console(width=120))


def _campaign(wanted: Namespace, console: Console) -> int:
    seeds = [seed for seed in (*planted_seeds(), *hostile_seeds()) if wanted.only in ("", seed.format)]
    began, book = monotonic(), Book()
    for outcome, book in campaign(seeds, files=wanted.files, start=wanted.start, workers=wanted.workers):
        if wanted.keep and (outcome.broken or outcome.why & ACCIDENTS):
            wanted.keep.mkdir(parents=True, exist_ok=True)
            (wanted.keep / f"{outcome.attempt.number}.{outcome.attempt.seed.format}").write_bytes(outcome.attempt.data)
        if wanted.seconds and monotonic() - began > wanted.seconds:
            break
        if book.files % EVERY == 0:
            pace = book.files / (monotonic() - began)
            console.print(f"{book.files} files, {pace:.0f} a second, {len(book.broken)} broken promises", style="dim")
    _print(book, console, seconds=monotonic() - began)
    return int(bool(book.broken or book.accidents))


def _print(book: Book, console: Console, *, seconds: float) -> None:
    table = Table(
        "format", "files", "open", "review", "hold", title=f"{book.files} damaged files", title_justify="left"
    )
    for format, count in sorted(book.formats.items()):
        table.add_row(format, str(count), *(str(book.verdicts[format, v]) for v in ("open", "review", "hold")))
    console.print(table)
    console.print("reasons:", ", ".join(f"{code} {count}" for code, count in book.codes.most_common()))
    console.print(f"{seconds:.0f} seconds, most memory of a child {peak_megabytes()} MB")
    for title, outcomes in (("slowest", book.slowest), ("crashed, held", book.accidents), ("BROKEN", book.broken)):
        console.print(f"{title}: {len(outcomes)}")
        for one in outcomes:
            what = one.broken or ", ".join(sorted(one.why & ACCIDENTS))
            console.print(f"  {one.attempt.number} {one.attempt.seed.format}: {one.attempt.seed.name}: "
                          f"{one.verdict} {one.seconds:.1f} s {what}")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
