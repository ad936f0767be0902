"""`lumbung trace mark` and `accuse`: copies that tell whose they are, and whose copy a leaked file was."""

import hashlib
import json
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from lumbung.cli import trace_log
from lumbung.cli.language import Language
from lumbung.cli.trace import Lang, asked, needs_numpy, today, usage, workspace
from lumbung.cli.trace_words import said

if TYPE_CHECKING:
    from lumbung.tracing import whose

MOST = 1000  # recipients
HANDOVER = "serah-terima.json"


def mark(
    register: Annotated[Path, typer.Argument(metavar="LIST", help="Daftar yang harus diserahkan.")],
    recipients: Annotated[Path, typer.Option("--recipients", metavar="FILE", help="Satu nama penerima setiap baris.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder baru untuk salinannya.")],
    secret: Annotated[Path, typer.Option("--secret", metavar="FILE", help="Berkas rahasia tanda yang akan dibuat.")],
    lang: Lang = Language.INDONESIAN,
) -> None:
    """Buat satu salinan bertanda untuk setiap penerima, tanpa mengubah satu nilai pun.

    Tandanya: urutan baris di setiap dusun, dan satu digit tanggal lahir di NIK yang ikut disamarkan. Empat digit
    terakhir NIK disamarkan di semua salinan. Kode keluar: 0 jadi, 1 tidak dibuat (beserta alasannya), 2 salah pakai.
    """
    needs_numpy(lang)
    names = _names(recipients, lang)
    for path in (out, secret):
        if path.exists():
            usage("there", path, lang=lang)
    key = secrets.token_bytes(32)
    with workspace(out, lang=lang) as work:
        answer = asked("mark", register, work, {"secret": key.hex(), "copies": len(names)}, lang=lang)
        try:
            commitment = _commit(work, names, key, secret)
            _hand_over(work, names, commitment, answer, out)
        except OSError:
            usage("cannot-write", out, lang=lang)
    typer.echo(said("marked", lang, len(names), out, answer["marked"], answer["rows"], commitment))
    typer.echo(said("hand-over", lang, secret))
    typer.echo(said("fifth-digit", lang))


def accuse(
    sample: Annotated[Path, typer.Argument(metavar="SAMPLE", help="Data yang beredar (format apa pun).")],
    secret: Annotated[Path, typer.Option("--secret", metavar="FILE", help="Berkas rahasia tanda.")],
    handover: Annotated[Path, typer.Option("--handover", metavar="FILE", help="serah-terima.json yang diserahkan.")],
    as_json: Annotated[bool, typer.Option("--json", help="Jawaban sebagai satu objek JSON.")] = False,
    lang: Lang = Language.INDONESIAN,
) -> None:
    """Cari salinan siapa yang beredar. Nilai semua penerima ditampilkan, supaya yang tidak terkait terlihat bersih.

    Kode keluar: 0 ada salinan yang tertunjuk, 1 tidak ada atau tidak terbaca, 2 salah pakai.
    """
    needs_numpy(lang)
    from lumbung.tracing import whose

    kept = _kept(secret, handover, lang)
    try:
        trace_log.prepared()
    except OSError:
        usage("cannot-write", trace_log.path(), lang=lang)
    with workspace(trace_log.path(), lang=lang) as work:
        given = {"secret": kept.secret.hex(), "copies": len(kept.recipients)}
        answer = asked("leaked", sample, work, given, lang=lang)
        found = whose.scores(work, kept, codes=answer["codes"])
    named = [score["recipient"] for score in found if score["accused"]]
    try:
        trace_log.record("accuse", copies=len(found), named=len(named))
    except OSError:
        usage("cannot-write", trace_log.path(), lang=lang)
    if as_json:
        typer.echo(json.dumps({"named": named, "scores": found}, ensure_ascii=False))
    else:
        _show(found, lang)
    raise typer.Exit(0 if named else 1)


def _names(path: Path, lang: Language) -> list[str]:
    try:
        names = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError):
        usage("no-file", path, lang=lang)
    if not 2 <= len(names) <= MOST or len(set(names)) < len(names):
        usage("recipients", MOST, lang=lang)
    return names


def _commit(work: Path, names: list[str], key: bytes, secret: Path) -> str:
    """Keep the secret and write its digest into the list of questions, before any copy can be seen."""
    import numpy as np

    from lumbung.tracing import whose

    known = np.frombuffer((work / "keys").read_bytes(), dtype="<u8")
    units = np.frombuffer((work / "units").read_bytes(), dtype="<i8")
    content = whose.written(whose.Handed(secret=key, recipients=tuple(names), known=known, units=units))
    commitment = whose.commitment(content)
    trace_log.record("mark", commitment=commitment, copies=len(names))
    descriptor = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return commitment


def _hand_over(work: Path, names: list[str], commitment: str, answer: dict[str, Any], out: Path) -> None:
    """The copies and the record that goes with them, all at once."""
    ready = work / "siap"
    ready.mkdir()
    copies = []
    for number, name in enumerate(names):
        content = (work / f"{number}.csv").read_bytes()
        file = f"salinan-{number + 1:03d}.csv"
        (ready / file).write_bytes(content)
        copies.append({"recipient": name, "file": file, "sha256": hashlib.sha256(content).hexdigest()})
    record = {"made": today().isoformat(), "commitment": commitment, "rows": answer["rows"], "copies": copies,
              "rule": {lang.value: said("rule", lang) for lang in Language}}  # fmt: skip
    (ready / HANDOVER).write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    ready.rename(out)


def _kept(secret: Path, handover: Path, lang: Language) -> "whose.Handed":
    """The secret of the marks. Exits with 2 where it is not the one that was committed to."""
    from lumbung.tracing import whose

    try:
        content = secret.read_bytes()
        committed = json.loads(handover.read_text(encoding="utf-8"))["commitment"]
        kept = whose.read(content)
    except (OSError, ValueError, KeyError, TypeError):
        usage("no-secret", lang=lang)
    if whose.commitment(content) != committed:
        usage("not-committed", lang=lang)
    return kept


def _chance(probability: float) -> str:
    return f"{probability:.1e}" if probability > 1e-99 else "< 1e-99"


def _show(found: list[dict[str, Any]], lang: Language) -> None:
    table = Table()
    for heading in ("recipient", "by-order", "by-place", "by-line", "by-code", "finding"):
        table.add_column(said(heading, lang))
    for score in found:
        table.add_row(
            score["recipient"],
            said("pairs-out", lang, score["inversions"], score["pairs"], _chance(score["by_order"])),
            said("places-agree", lang, score["agree"], score["places"], _chance(score["by_place"])),
            said("lines-agree", lang, score["same_lines"], score["lines"], _chance(score["by_line"])),
            said("code-there" if score["code"] else "code-absent", lang),
            said("accused" if score["accused"] else "cleared", lang),
        )
    Console().print(table)
    if not any(score["accused"] for score in found):
        typer.echo(said("nobody-named", lang))
    typer.echo(said("rule", lang))
