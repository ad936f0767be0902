"""`lumbung statistics`: from a register on this computer to statistics, monograph and proof, without a network.

The register is read in a confined child and nowhere else; what it writes is inspected file by file before it is shown.
"""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from lumbung import confine
from lumbung.cli.language import Language
from lumbung.cli.statistics_words import USAGE

_VILLAGE = re.compile(r"\d{2}\.\d{2}\.\d{2}\.\d{4}")
_NAME = re.compile(
    r"tabel-[a-z_]+\.csv|(tabel|monografi|bukti|ingatan|sid)\.json|sid\.csv|(tabel|monografi)\.xlsx|monografi\.pdf|panduan\.txt"
)
_LIMITS = confine.Limits(memory_bytes=2 << 30, cpu_seconds=900, wall_seconds=1800, written_bytes=64 << 20)
_WIB = timezone(timedelta(hours=7))
_EXTRA = ("highspy", "numpy", "reportlab")


def add_to(app: typer.Typer) -> None:
    """Bring `statistics`."""
    app.command()(statistics)


def statistics(
    register: Annotated[
        Path, typer.Argument(help="Register penduduk (XLSX, XLS, ODS, CSV, ZIP).", metavar="REGISTER")
    ],
    village: Annotated[str, typer.Option("--village", help="Kode desa, misalnya 33.08.20.2002.", metavar="CODE")],
    out: Annotated[Path, typer.Option("--out", help="Folder baru untuk hasilnya.", metavar="DIR")],
    at: Annotated[str, typer.Option("--at", help="Keadaan per tanggal; bawaan: hari ini.", metavar="DATE")] = "",
    memory: Annotated[
        Path | None,
        typer.Option(
            help="Catatan rilis lama, atau paket sebelumnya; bawaan: $LUMBUNG_HOME/statistik.", metavar="DIR"
        ),
    ] = None,
    columns: Annotated[
        list[str] | None, typer.Option("--map", help="Isi sebuah kolom.", metavar="KOLOM=BIDANG")
    ] = None,
    lang: Annotated[Language, typer.Option(help="Bahasa jawaban.")] = Language.INDONESIAN,
) -> None:
    """Buat statistik, monografi, dan paket data terbuka dari register penduduk, lengkap dengan buktinya.

    Register tidak dikirim dan tidak disimpan. Kode keluar: 0 jadi, 1 tidak dibuat (beserta alasannya), 2 salah pakai.
    """
    period, mapping = _checked(register, village, out, at, columns or [], lang=lang.value)
    remembered = _memory_file(memory, village)
    before = _read_memory(remembered, lang=lang.value)
    make = partial(_made, register, village=village, period=period, mapping=mapping, memory=before)
    _finish(make, out, remembered, lang=lang.value)


def _finish(make: Callable[[Path], dict[str, Any]], out: Path, remembered: Path, *, lang: str) -> None:
    """Make it beside `out`, look at all of it, and only then show it. Exits with 1 where nothing came of it."""
    from lumbung.cli.statistics_report import progress, refused, show

    try:
        with _workspace(out, lang=lang) as work, progress(work / "langkah", lang=lang) as step:
            answer = make(work)
            if not answer["code"]:
                step("checking")
                answer["code"] = _unfit(work / "paket")
            if not answer["code"]:
                kept = _keep(work / "paket", out, remembered, lang=lang)
    except confine.Unconfined as unconfined:
        typer.echo(str(unconfined), err=True)
        raise typer.Exit(2) from None
    if answer["code"]:
        refused(answer["code"], answer, lang=lang)
        raise typer.Exit(1)
    show(answer, out, kept, lang=lang)


def _checked(
    register: Path, village: str, out: Path, at: str, columns: list[str], *, lang: str
) -> tuple[date, dict[str, str]]:
    """What was typed, understood. Exits with 2 for the first thing that cannot be."""
    if any(find_spec(name) is None for name in _EXTRA):
        _usage("extra", lang=lang)
    if not register.is_file():
        _usage("no-file", register, lang=lang)
    if not _VILLAGE.fullmatch(village):
        _usage("village", lang=lang)
    if out.exists() or not os.access(out.absolute().parent, os.W_OK):
        _usage("out", out, lang=lang)
    return _day(at, lang=lang), dict(_pair(written, lang=lang) for written in columns)


def _day(at: str, *, lang: str) -> date:
    today = datetime.now(tz=UTC).astimezone(_WIB).date()
    try:
        day = date.fromisoformat(at) if at else today
    except ValueError:
        _usage("date", lang=lang)
    if day > today:
        _usage("date", lang=lang)
    return day


def _pair(written: str, *, lang: str) -> tuple[str, str]:
    column, sign, field = written.rpartition("=")
    if not (column and sign and field):
        _usage("map", lang=lang)
    return column, field


def _usage(what: str, *about: object, lang: str) -> NoReturn:
    typer.echo(getattr(USAGE[what], lang).format(*about), err=True)
    raise typer.Exit(2)


def _memory_file(memory: Path | None, village: str) -> Path:
    """The file that remembers what was published of a village: in a previous package, else in the folder for it."""
    folder = memory or Path(os.environ.get("LUMBUNG_HOME", "var")) / "statistik"
    previous = folder / "ingatan.json"
    return previous if previous.is_file() else folder / f"{village}.json"


def _read_memory(path: Path, *, lang: str) -> list[dict[str, Any]]:
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
        if not all({"period", "policy", "cells", "steps"} <= set(release) for release in listed):
            raise ValueError
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError):
        _usage("memory", path, lang=lang)
    return list(listed)


@contextmanager
def _workspace(out: Path, *, lang: str) -> Iterator[Path]:
    """A folder beside the results, gone in the end whatever happens; nothing half made is ever seen in `out`."""
    try:
        work = Path(tempfile.mkdtemp(prefix=".lumbung-", dir=out.absolute().parent))
    except OSError:
        _usage("out", out, lang=lang)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _made(
    register: Path, work: Path, *, village: str, period: date, mapping: dict[str, str], memory: list[dict[str, Any]]
) -> dict[str, Any]:
    """The child's answer; a code in its place where it gave none."""
    arguments = {
        "village": village,
        "period": period.isoformat(),
        "mapping": mapping,
        "memory": memory,
        "folder": str(work.resolve() / "paket"),
    }
    try:
        with confine.open_file(register) as file:
            answer = confine.call(
                "lumbung.statistics:make", file=file, arguments=arguments, limits=_LIMITS, folder=work
            )
    except OSError:
        return {"code": "not-wholly-read"}
    except confine.Ended as ended:
        return {"code": ended.why}
    return dict(answer)


def _unfit(package: Path) -> str:
    """Why what the child wrote may not be shown: another file than those of a package, no proof, or not open."""
    from lumbung import gate
    from lumbung.aggregate import check_proof

    written = sorted(package.iterdir())
    if not all(_NAME.fullmatch(path.name) and path.is_file() and not path.is_symlink() for path in written):
        return "audit-failed"
    if check_proof.problems(package):
        return "audit-failed"
    opened = all(gate.inspect(path).verdict == gate.Verdict.OPEN for path in written)
    return "" if opened else "not-open"


def _keep(package: Path, out: Path, remembered: Path, *, lang: str) -> Path | None:
    """Remember first, show then: a release that was shown and is not remembered could be undone by the next one."""
    kept = remembered if remembered.name != "ingatan.json" else None
    try:
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            new = kept.with_suffix(".new")
            shutil.copyfile(package / "ingatan.json", new)
            new.replace(kept)
        package.rename(out)
    except OSError:
        _usage("out", out, lang=lang)
    return kept
