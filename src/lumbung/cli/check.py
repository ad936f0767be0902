"""`lumbung check`: the verdict on files and folders, for people or for programs."""

import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from lumbung import confine
from lumbung.cli import piped, walk
from lumbung.cli.language import Language
from lumbung.cli.naming import shown
from lumbung.cli.words import WORDS

if TYPE_CHECKING:
    from lumbung.gate import Inspection

_AT_ONCE = 2  # as many as the gate has children


def add_to(app: typer.Typer) -> None:
    """Bring `check`."""
    app.command()(check)


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Berkas atau folder; tanda - untuk isi yang dialirkan dari perintah lain.", metavar="PATH..."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Satu objek JSON untuk tiap berkas.")] = False,
    evidence: Annotated[bool, typer.Option("--evidence", help="Tampilkan contoh yang disamarkan.")] = False,
    name: Annotated[str, typer.Option(metavar="NAMA", help="Nama berkas yang dialirkan, untuk tanda -.")] = "",
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Simpan laporan tanpa isi berkas.")] = None,
    lang: Annotated[Language, typer.Option(help="Bahasa jawaban.")] = Language.INDONESIAN,
) -> None:
    """Periksa berkas: boleh terbuka, perlu ditinjau, atau ditahan, beserta alasannya.

    Isi berkas tidak dikirim ke mana pun. Kode keluar: 0 semua boleh terbuka, 1 ada yang tidak, 2 salah pakai.
    """
    roots = list(dict.fromkeys(paths or []))
    _refuse_what_is_not_there([path for path in roots if path != piped.SIGN], nothing=not roots)
    _refuse_no_pipe(is_named=bool(name), is_wanted=piped.SIGN in roots)
    if html:
        _refuse_where_no_report_can_be(html, lang=lang.value)
    confine.warm("lumbung.gate")  # before the gate is loaded here: both take a moment, and there are two cores
    from lumbung.cli.report import report, sum_up
    from lumbung.gate import Verdict

    entries = list(chain.from_iterable(_entries(root, name) for root in roots))
    done: list[tuple[Path, Inspection]] = []
    with report(total=len(entries), as_json=as_json, lang=lang.value) as show:
        for entry, inspection in _inspected(entries, evidence=evidence and not as_json):
            show(entry.path, inspection)
            done.append((entry.path, inspection))
    verdicts = Counter(inspection.verdict for _, inspection in done)
    if not as_json:
        sum_up(verdicts, lang=lang.value)
    if html:
        _write_report(html, done, lang=lang.value)
    raise typer.Exit(0 if verdicts.total() == verdicts[Verdict.OPEN] else 1)


def _entries(root: Path, name: str) -> Iterator[walk.Entry]:
    if root == piped.SIGN:
        yield walk.Entry(Path(name or "stdin"), may_open=True, piped=True)
    else:
        yield from walk.entries([root])


def _refuse_no_pipe(*, is_named: bool, is_wanted: bool) -> None:
    """A name for nothing; or a terminal, which would wait for somebody who types a file."""
    if is_named and not is_wanted:
        typer.echo("--name hanya untuk isi yang dialirkan, misalnya: lumbung check - --name data.csv", err=True)
    elif is_wanted and piped.is_nothing():
        typer.echo("Tidak ada yang dialirkan. Misalnya: lumbung check - --name data.csv < data.csv", err=True)
    else:
        return
    raise typer.Exit(2)


def _refuse_what_is_not_there(paths: list[Path], *, nothing: bool) -> None:
    missing = [path for path in paths if not os.path.lexists(path)]  # no error where a name is too long for any file
    if nothing:
        typer.echo("Sebutkan berkas atau folder yang akan diperiksa, misalnya: lumbung check data.xlsx", err=True)
    for path in missing:
        typer.echo(f"Tidak ada berkas atau folder bernama: {shown(str(path))}", err=True)
    if missing or nothing:
        raise typer.Exit(2)


def _refuse_where_no_report_can_be(target: Path, *, lang: str) -> None:
    """Before the work, not after it."""
    if (
        target.is_dir()
        or not os.access(target.parent, os.W_OK)
        or (target.exists() and not os.access(target, os.W_OK))
    ):
        _cannot_write(target, lang=lang)


def _write_report(target: Path, done: "list[tuple[Path, Inspection]]", *, lang: str) -> None:
    from lumbung.cli.report_page import report_page

    try:
        target.write_text(report_page(done, lang=lang, at=datetime.now(tz=UTC)), encoding="utf-8")
    except OSError:
        _cannot_write(target, lang=lang)
    typer.echo(WORDS[lang]["report-at"].format(target), err=True)


def _cannot_write(target: Path, *, lang: str) -> NoReturn:
    typer.echo(WORDS[lang]["cannot-write"].format(target), err=True)
    raise typer.Exit(2)


def _of_pipe(entry: walk.Entry, *, evidence: bool) -> "Inspection":
    from lumbung import gate

    try:
        sent = piped.content(longest=gate.largest_bytes())
    except OSError:
        return gate.not_opened()
    return gate.inspect(sent, name=str(entry.path), evidence=evidence)


def _inspected(entries: list[walk.Entry], *, evidence: bool) -> "Iterator[tuple[walk.Entry, Inspection]]":
    """Each entry with its inspection, as it is done: two at a time, in no order."""
    from lumbung import gate

    def inspect(entry: walk.Entry) -> "Inspection":
        if entry.piped:
            return _of_pipe(entry, evidence=evidence)
        return gate.inspect(entry.path, evidence=evidence) if entry.may_open else gate.not_opened()

    waiting = iter(entries)
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        try:
            running = {threads.submit(inspect, entry): entry for entry in islice(waiting, _AT_ONCE)}
            while running:
                for done in wait(running, return_when=FIRST_COMPLETED).done:
                    yield running.pop(done), done.result()
                    running |= {threads.submit(inspect, entry): entry for entry in islice(waiting, 1)}
        except confine.Unconfined as unconfined:
            typer.echo(str(unconfined), err=True)
            raise typer.Exit(2) from None
        except KeyboardInterrupt:  # the children would go on with what nobody awaits
            confine.close()
            raise
