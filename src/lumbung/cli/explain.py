"""`lumbung explain`: what a rule of the gate means, the law behind it, and how to mend a file."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lumbung.cli.language import Language
from lumbung.cli.words import WORDS

if TYPE_CHECKING:
    from lumbung.gate import Rule


def add_to(app: typer.Typer) -> None:
    """Bring `explain`."""
    app.command()(explain)


def explain(
    code: Annotated[str, typer.Argument(help="Kode aturan, misalnya nik. Tanpa kode: daftar semua aturan.")] = "",
    lang: Annotated[Language, typer.Option(help="Bahasa jawaban.")] = Language.INDONESIAN,
) -> None:
    """Jelaskan satu aturan: artinya, dasar hukumnya, dan cara memperbaiki berkas.

    Kode keluar: 0 dijelaskan, 2 tidak ada aturan bernama itu.
    """
    from lumbung.gate import rules

    known = {rule.code: rule for rule in rules()}
    wanted = code.strip().lower()
    if wanted and wanted not in known:
        _refuse(wanted, known.values(), lang=lang.value)
    console = Console(highlight=False)
    if wanted:
        _print_rule(console, known[wanted], lang=lang.value)
    else:
        console.print(_list(known.values(), lang=lang.value))


def _refuse(wanted: str, known: "Iterable[Rule]", *, lang: str) -> None:
    named = [rule.code for rule in known if wanted in rule.title[lang].lower().split()]
    close = named or get_close_matches(wanted, [rule.code for rule in known], n=3)
    words = WORDS[lang]
    hint = words["did-you-mean"].format(", ".join(close)) if close else words["all-rules"]
    typer.echo(f"{words['no-rule']} {hint}", err=True)
    raise typer.Exit(2)


def _list(known: "Iterable[Rule]", *, lang: str) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    for rule in known:
        table.add_row(Text(rule.code, style="bold"), Text(rule.title[lang]))
    return table


def _print_rule(console: Console, rule: "Rule", *, lang: str) -> None:
    from lumbung.gate import mending

    words = WORDS[lang]
    console.print(Text.assemble((rule.title[lang], "bold"), (f"  {rule.code}", "dim")))
    for heading, paragraphs in (
        ("meaning", [rule.messages[lang].format(where=words["a-place"], hits=words["some"], of=words["all"])]),
        ("law", [f"{rule.citation}. {words['since'].format(rule.since.isoformat())}"]),
        ("who-else", [words[f"appeal-{rule.appeal}"]]),
        ("next", [rule.next_steps[lang]]),
        ("mend", [f"{number}. {step}" for number, step in enumerate(mending(rule.code, lang), start=1)]),
    ):
        console.print(Text(f"\n{words[heading]}", style="bold"))
        for paragraph in paragraphs:
            console.print(Padding(Text(paragraph), (0, 2)))
