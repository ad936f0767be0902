"""What `lumbung statistics` shows: the step under way, what was noticed, what came of it. Never a value."""

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from lumbung import register
from lumbung.aggregate import check_proof
from lumbung.cli.statistics_words import LEFT_OUT, NOTED, REFUSED, STEPS, WORDS
from lumbung.gate import scrub
from lumbung.register import Report

_LOOK = 0.2  # seconds between two looks at the step
_ROWS = re.compile(r"[^\d, …#:;-]")  # a list of row numbers has nothing else in it


@contextmanager
def progress(sign: Path, *, lang: str) -> Iterator[Callable[[str], None]]:
    """Follow the step that the child writes into `sign`; gives a way to say another. Silent where nobody watches."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda step: None
        return
    ended = threading.Event()
    with console.status(getattr(STEPS["reading"], lang)) as status:

        def look() -> None:
            while not ended.wait(_LOOK):
                step = sign.read_text() if sign.exists() else ""
                if step in STEPS:
                    status.update(getattr(STEPS[step], lang))

        def say(step: str) -> None:
            ended.set()
            status.update(getattr(STEPS[step], lang))

        watcher = threading.Thread(target=look, daemon=True)
        watcher.start()
        try:
            yield say
        finally:
            ended.set()
            watcher.join()


def show(answer: Mapping[str, Any], out: Path, kept: Path | None, *, lang: str) -> None:
    """The package is there: what was counted, what to look at again, where it lies and how to check it."""
    console = Console(highlight=False)
    _counted(console, answer, lang=lang)
    console.print(Text(_say("done", lang).format(out), style="bold green"))
    if "reports" in answer:
        _places(console, answer, out, lang=lang)
    else:
        numbers = check_proof.published(out)
        hidden = sum(number is None for number in numbers.values())
        console.print(Text(_say("hidden", lang).format(len(numbers) - hidden, hidden)))
    console.print(Text(_say("stayed", lang)))
    console.print(Text(_say("proof", lang).format(out)))
    if kept:
        console.print(Text(_say("memory", lang).format(kept)))


def _places(console: Console, answer: Mapping[str, Any], out: Path, *, lang: str) -> None:
    """One line for each village and each sum, and what was noticed in each register."""
    numbers = check_proof.published(out / "gabungan")
    codes = dict.fromkeys(name.split("/")[0].split("#")[0] for name in numbers)
    for code, raw in sorted(answer["reports"].items()):
        report = Report.from_dict(raw)
        shown, hidden = _shares(numbers, code)
        said = (code, report.read, report.counted, report.households, shown, hidden)
        console.print(Text(_say("village", lang).format(*said)))
        if report.notes:
            console.print(_notes(report, lang=lang))
    for code in codes:
        if code not in answer["reports"]:
            inside = sum(village.startswith(f"{code}.") for village in codes if village in answer["reports"])
            console.print(Text(_say("sum", lang).format(code, inside, *_shares(numbers, code))))
    for code, why in sorted(answer.get("left_out", {}).items()):
        if why in LEFT_OUT:
            console.print(Text(_say("left-out", lang).format(_plain(code), getattr(LEFT_OUT[why], lang))))


def _shares(numbers: Mapping[str, int | None], code: str) -> tuple[int, int]:
    """How many numbers of an area are shown, and how many hidden."""
    mine = [number for name, number in numbers.items() if name.split("/")[0].split("#")[0] == code]
    hidden = sum(number is None for number in mine)
    return len(mine) - hidden, hidden


def refused(code: str, answer: Mapping[str, Any], *, lang: str) -> None:
    """Why nothing was made, and what helps."""
    console = Console(highlight=False)
    _counted(console, answer, lang=lang)
    why, step = REFUSED.get(code, REFUSED["crash"])
    typer.echo(f"{_say('refused', lang)} {getattr(why, lang)}", err=True)
    typer.echo(f"→ {getattr(step, lang)}", err=True)
    if areas := answer.get("areas", ()):
        typer.echo(_say("about", lang).format(", ".join(map(_plain, areas))), err=True)
    columns = answer.get("proposal", {}).get("columns", ())
    if columns:
        names = [(_plain(column["heading"]) or column["letter"], column["field"] or "abaikan") for column in columns]
        named = [f"--map '{name}={field}'" for name, field in names]
        typer.echo(_say("name-columns", lang).format(" ".join(named)), err=True)
        typer.echo(_say("fields", lang).format(", ".join(register.fields())), err=True)


def _counted(console: Console, answer: Mapping[str, Any], *, lang: str) -> None:
    try:
        report = Report.from_dict(answer["report"])
    except (KeyError, TypeError):
        return
    if report.layout:
        console.print(Text(_say("layout", lang).format(_plain(report.layout))))
    if unmapped := answer.get("unmapped", ()):
        console.print(Text(_say("unmapped", lang).format(", ".join(map(_plain, unmapped)))))
    if report.read:
        console.print(Text(_say("counted", lang).format(report.read, report.counted, report.households)))
    if report.notes:
        console.print(_notes(report, lang=lang))


def _notes(report: Report, *, lang: str) -> Table:
    table = Table(box=SIMPLE, pad_edge=False, header_style="dim")
    for heading in ("noticed", "how-many", "rows"):
        table.add_column(_say(heading, lang))
    for note in report.notes:
        sentence = getattr(NOTED[note.code], lang) if note.code in NOTED else ""
        about = f" ({note.field})" if note.field in register.fields() else ""
        left_out = f", {_say('not-counted', lang)}" if note.left_out else ""
        table.add_row(Text(f"{sentence}{about}{left_out}"), str(int(note.count)), Text(_ROWS.sub("", note.rows)))
    return table


def _say(what: str, lang: str) -> str:
    return str(getattr(WORDS[what], lang))


def _plain(text: object) -> str:
    """A heading may hold signs that steer a terminal, or a number of a person."""
    return scrub("".join(letter if letter.isprintable() else " " for letter in str(text)))
