"""`lumbung trace claim`: can what a seller says be true, by its own figures, by published ones, and by a sample?"""

import io
import json
import tomllib
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from lumbung.cli.language import Language
from lumbung.cli.trace import Lang, called, figure, needs_numpy, usage
from lumbung.cli.trace_words import said

if TYPE_CHECKING:
    from lumbung.trace.claim import Check, Claim

LARGEST = 1 << 20  # bytes of a claim
COUNTS = ("breakdown-sum", "population", "two-samples")


def claim(
    path: Annotated[Path, typer.Argument(metavar="CLAIM", help="Klaim penjual, TOML atau JSON.")],
    samples: Annotated[
        list[Path] | None, typer.Argument(metavar="[SAMPLE]...", help="Contoh data, satu atau dua berkas.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Jawaban sebagai satu objek JSON.")] = False,
    lang: Lang = Language.INDONESIAN,
) -> None:
    """Uji klaim penjual data: dari angkanya sendiri, dari angka yang diterbitkan, dan dari contohnya.

    Jawabannya tabel pemeriksaan, bukan satu kata benar atau salah. Kode keluar: 0 tidak ada yang membantah, 1 ada yang
    membantah atau contohnya tidak terbaca, 2 salah pakai.
    """
    from lumbung.trace.claim import CONTRADICTS, of_figures

    needs_numpy(lang)
    told = _read(path, lang)
    checks = [*of_figures(told), *_of_samples(told, samples or [], lang)]
    against = sum(check.finding == CONTRADICTS for check in checks)
    if as_json:
        typer.echo(json.dumps({"contradicted": against, "checks": [asdict(check) for check in checks]}))
    else:
        _show(checks, against, lang)
    raise typer.Exit(1 if against else 0)


def _read(path: Path, lang: Language) -> "Claim":
    from lumbung.trace.claim import NotAClaim, parse

    try:
        with path.open("rb") as file:
            text = file.read(LARGEST).decode()
        raw = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
        return parse(raw)
    except NotAClaim as wrong:
        usage("claim-entry", wrong.entry, lang=lang)
    except (OSError, ValueError, RecursionError):
        usage("no-claim", lang=lang)


def _of_samples(told: "Claim", samples: list[Path], lang: Language) -> "list[Check]":
    """The checks of each sample, and of two of them together."""
    from lumbung.trace import checks
    from lumbung.trace.figures import Figures

    if not samples:
        return []
    if len(samples) > 2:
        usage("two-at-most", lang=lang)
    for sample in samples:
        if not sample.is_file():
            usage("no-file", sample, lang=lang)
    try:
        contents = [sample.read_bytes() for sample in samples]
    except OSError:
        usage("no-file", samples[0], lang=lang)
    answer = called("figures", io.BytesIO(b"".join(contents)), {"sizes": [*map(len, contents)]}, None, lang=lang)
    counted = [Figures(**one) for one in answer["samples"]]
    found = [
        replace(check, about=str(number))
        for number, one in enumerate(counted, 1)
        for check in checks.of_sample(one, told)
    ]
    if len(counted) == 2:
        found.append(checks.of_two(counted[0].people, counted[1].people, answer["both"], told))
    return found


def _show(checks: "list[Check]", against: int, lang: Language) -> None:
    table = Table()
    for heading, side in (("check", "left"), ("observed", "right"), ("reference", "right"), ("finding", "left")):
        table.add_column(said(heading, lang), justify=side)  # type: ignore[arg-type]
    for check in checks:
        what = said(check.code, lang)
        if check.code == "population":
            what += f": {check.about or said('all-regions', lang)}"
        elif check.about:
            what += f" ({said('sample', lang, check.about)})"
        reference = _number(check.reference, check.code, lang) + ("*" if check.unchecked else "")
        if check.source:
            reference += f" ({check.source})"
        ending = "cannot-tell-check" if check.finding == "cannot-tell" else check.finding
        table.add_row(what, _number(check.observed, check.code, lang), reference, said(ending, lang))
    Console().print(table)
    if any(check.unchecked for check in checks):
        typer.echo(said("unchecked", lang))
    typer.echo(said("contradicted", lang, against) if against else said("not-contradicted", lang))


def _number(number: float, code: str, lang: Language) -> str:
    """Counts grouped, years and likeness as they are, shares in percent."""
    if code == "vintage" and not number:
        return "–"
    if code in COUNTS:
        return figure(round(number), lang)
    if code in ("vintage", "members", "generated"):
        text = f"{number:g}" if code == "vintage" else f"{number:.1f}"
        return text.replace(".", ",") if lang == Language.INDONESIAN else text
    text = f"{100 * number:.1f} %"
    return text.replace(".", ",") if lang == Language.INDONESIAN else text
