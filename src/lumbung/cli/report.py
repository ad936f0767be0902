"""What `lumbung check` shows: a calm table for people, a line of JSON for programs. No value from a file in either.

A file may itself be called after somebody's number. On a terminal, which is photographed and pasted into chats, that
is masked. In JSON "path" stays letter for letter: it is the address by which the program that asked finds the file
again, it came from there and not out of a file, and it goes to nobody else.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.box import SIMPLE
from rich.console import Console, Group
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from lumbung.cli.naming import shown
from lumbung.cli.words import WORDS, read_in_words
from lumbung.gate import Inspection, Reason, Verdict, covered, rule_for, sentence, where

_SIGNS = {Verdict.OPEN: ("●", "green"), Verdict.REVIEW: ("▲", "yellow"), Verdict.HOLD: ("■", "red")}
_SHOWN = 12  # reasons of one file; JSON has them all

Show = Callable[[Path, Inspection], None]


@contextmanager
def report(*, total: int, as_json: bool, lang: str) -> Iterator[Show]:
    """Gives the function that shows one file; a bar of progress on stderr goes along where somebody watches."""
    stderr, stdout = Console(stderr=True), Console(highlight=False)
    watched = stderr.is_terminal and total > 1
    columns = (TextColumn(WORDS[lang]["inspecting"]), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=stderr, disable=not watched, transient=True) as progress:
        task = progress.add_task("", total=total)

        def show(path: Path, inspection: Inspection) -> None:
            if as_json:
                typer.echo(json.dumps(as_line(path, inspection, lang=lang)))
            else:
                stdout.print(as_table(path, inspection, lang=lang))
            progress.advance(task)

        yield show


def sum_up(verdicts: Counter[Verdict], *, lang: str) -> None:
    """At the end: how many files, how many of each verdict, and what to do with those that are not open."""
    words = WORDS[lang]
    counts = [f"{words[verdict.value]} {verdicts[verdict]}" for verdict in Verdict if verdicts[verdict]]
    stdout = Console(highlight=False)
    if not counts:
        stdout.print(words["no-files"])
        return
    stdout.print(Text(f"{words['files']}: {verdicts.total()}. {'; '.join(counts)}", style="bold"))
    for verdict in Verdict:
        if verdicts[verdict] and verdict is not Verdict.OPEN:
            stdout.print(Text(words[f"then-{verdict.value}"]))


def as_line(path: Path, inspection: Inspection, *, lang: str) -> dict[str, object]:
    """One file as the command line contract wants it; sha256 is null where the bytes were not read."""
    return {
        "path": str(path),
        "sha256": inspection.sha256 or None,
        "verdict": inspection.verdict.value,
        "reasons": [_as_object(reason, lang) for reason in inspection.reasons],
        "unread": list(inspection.unread),
        "seconds": inspection.seconds,
        "coverage": covered(inspection.coverage),
    }


def as_table(path: Path, inspection: Inspection, *, lang: str) -> Group:
    """One file for people: verdict by word, sign and colour; how much was read; reasons with place; what to do."""
    sign, colour = _SIGNS[inspection.verdict]
    head = Text.assemble((f"{sign} {WORDS[lang][inspection.verdict.value]}", f"bold {colour}"), "  ", shown(str(path)))
    read = [Padding(Text(line, style="dim"), (0, 2))] if (line := _read(inspection, lang)) else []
    if not inspection.reasons:
        return Group(head, *read)
    first = inspection.reasons[:_SHOWN]
    return Group(
        head, *read, _reasons(first, lang), *_more(len(inspection.reasons) - len(first), lang), _next(first, lang)
    )


def _read(inspection: Inspection, lang: str) -> str:
    return read_in_words(covered(inspection.coverage), lang=lang)


def _as_object(reason: Reason, lang: str) -> dict[str, object]:
    return {
        "code": reason.code,
        "severity": reason.severity.value,
        "message": sentence(reason, lang).message,
        "citation": reason.citation,
        "place": reason.place.as_dict(),
        "hits": reason.hits,
        "of": reason.of,
    }


def _reasons(reasons: tuple[Reason, ...], lang: str) -> Table:
    words = WORDS[lang]
    table = Table(box=SIMPLE, pad_edge=False, header_style="dim")
    for heading in ("", words["found"], words["where"], words["how-many"]):
        table.add_column(heading)
    for reason in reasons:
        sign, colour = _SIGNS[reason.severity]
        many = words["hits-of"].format(reason.hits, reason.of) if reason.of else ""
        samples = Text("\n".join(["", *reason.masked]) if reason.masked else "", style="dim")
        place = Text(where(reason.place, lang=lang)) + samples
        table.add_row(Text(sign, style=colour), Text(rule_for(reason.code).title[lang]), place, Text(many))
    return table


def _more(hidden: int, lang: str) -> list[Padding]:
    return [Padding(Text(WORDS[lang]["more"].format(hidden), style="dim"), (0, 2))] if hidden else []


def _next(reasons: tuple[Reason, ...], lang: str) -> Padding:
    """The ways on, nothing said twice, and the law behind them."""
    sentences = [sentence(reason, lang) for reason in reasons]
    steps = [Text(f"→ {step}") for step in _once([said.next_step for said in sentences], ". ")]
    laws = Text("; ".join(_once([said.citation for said in sentences], "; ")), style="dim")
    return Padding(Group(*steps, laws), (0, 2, 1, 2))


def _once(texts: list[str], between: str) -> list[str]:
    """The texts without those pieces of each that an earlier one had; a text with no new piece is left out.

    >>> _once(["Hapus. Kirim lagi.", "Hapus. Tanya PPDP."], ". ")
    ['Hapus. Kirim lagi.', 'Tanya PPDP.']
    """
    said: dict[str, None] = {}
    kept = []
    for text in texts:
        fresh = [piece for piece in text.split(between) if piece.rstrip(".") not in said]
        said |= dict.fromkeys(piece.rstrip(".") for piece in fresh)
        kept += [between.join(fresh)] if fresh else []
    return kept
