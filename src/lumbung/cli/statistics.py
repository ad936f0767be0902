"""`lumbung statistics`: from registers on this computer to statistics, monograph and proof, without a network.

The register is read in a confined child and nowhere else; what it writes is inspected file by file before it is shown.
"""

import json
import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, BinaryIO, NoReturn

import typer

from lumbung import confine
from lumbung.cli.language import Language
from lumbung.cli.statistics_words import USAGE
from lumbung.cli.workspace import folder_beside

_VILLAGE = re.compile(r"\d{2}\.\d{2}\.\d{2}\.\d{4}")
_NAME = re.compile(
    r"tabel-[a-z_]+\.csv|(tabel|monografi|bukti|ingatan|sid)\.json|sid\.csv|(tabel|monografi)\.xlsx|monografi\.pdf|panduan\.txt"
)
LIMITS = confine.Limits(memory_bytes=2 << 30, cpu_seconds=900, wall_seconds=1800, written_bytes=64 << 20)
SIGN, PACKAGE, MEMORY = "langkah", "paket", "ingatan.json"
_WIB = timezone(timedelta(hours=7))
_EXTRA = ("highspy", "numpy", "reportlab")


Registers = Annotated[
    list[Path], typer.Argument(help="Register penduduk (XLSX, XLS, ODS, CSV, ZIP).", metavar="REGISTER")
]
Villages = Annotated[
    list[str] | None,
    typer.Option(
        "--village",
        help="Kode desa, misalnya 33.08.20.2002; sekali untuk setiap register, berurutan. Tanpa ini: menurut "
        "kolom kode desa di dalam register.",
        metavar="CODE",
    ),
]
Memory = Annotated[
    Path | None,
    typer.Option(help="Catatan rilis lama, atau paket sebelumnya; bawaan: $LUMBUNG_HOME/statistik.", metavar="DIR"),
]
Columns = Annotated[list[str] | None, typer.Option("--map", help="Isi sebuah kolom.", metavar="KOLOM=BIDANG")]
Monograph = Annotated[
    Path | None,
    typer.Option(
        "--monograph",
        help="Bidang monografi yang diisi desa: blangko, atau monografi.xlsx yang kolom Isi-nya sudah diisi.",
        metavar="FILE",
    ),
]


def add_to(app: typer.Typer) -> None:
    """Bring `statistics`."""
    app.command()(statistics)


def statistics(
    registers: Registers,
    out: Annotated[Path, typer.Option("--out", help="Folder baru untuk hasilnya.", metavar="DIR")],
    villages: Villages = None,
    at: Annotated[str, typer.Option("--at", help="Keadaan per tanggal; bawaan: hari ini.", metavar="DATE")] = "",
    memory: Memory = None,
    columns: Columns = None,
    monograph: Monograph = None,
    lang: Annotated[Language, typer.Option(help="Bahasa jawaban.")] = Language.INDONESIAN,
) -> None:
    """Buat statistik, monografi, dan paket data terbuka dari register penduduk, lengkap dengan buktinya.

    Beberapa desa sekaligus: satu paket untuk setiap desa, dan satu gabungan dengan jumlah kecamatan dan kabupatennya,
    semuanya dilindungi bersama. Register tidak dikirim dan tidak disimpan. Kode keluar: 0 jadi, 1 tidak dibuat
    (beserta alasannya), 2 salah pakai.
    """
    codes = villages or []
    period, mapping = _checked(registers, codes, out, at, columns or [], lang=lang.value)
    if len(registers) > 1 or len(codes) != 1:
        if monograph:
            _usage("monograph-one", lang=lang.value)
        from lumbung.cli import statistics_together as several

        files = several.remembered(memory)
        memories = [_read_memory(file, lang=lang.value) for file in files]
        make = partial(several.made, registers, villages=codes, period=period, mapping=mapping, memories=memories)
        finish(make, partial(several.keep, out=out, folder=several.folder_of(memory)), out, lang=lang.value)
        return
    remembered = _memory_file(memory, codes[0])
    before = _read_memory(remembered, lang=lang.value)
    written = _written(monograph, remembered, lang=lang.value)
    make = partial(_made, registers[0], codes[0], period=period, mapping=mapping, memory=before, written=written)
    finish(make, partial(_keep, out=out, remembered=remembered), out, lang=lang.value)


def finish(
    make: Callable[[Path], dict[str, Any]], keep: Callable[[Path], Path | None], out: Path, *, lang: str
) -> None:
    """Make it beside `out`, look at all of it, and only then show it. Exits with 1 where nothing came of it."""
    from lumbung.cli.statistics_report import progress, refused, show

    try:
        with (
            folder_beside(out, refuse=lambda: _usage("out", out, lang=lang)) as work,
            progress(work / SIGN, lang=lang) as step,
        ):
            answer = make(work)
            if not answer["code"]:
                step("checking")
                answer["code"] = _unfit(work / PACKAGE)
            if not answer["code"]:
                kept = _kept(keep, work / PACKAGE, out, lang=lang)
    except confine.Unconfined as unconfined:
        typer.echo(str(unconfined), err=True)
        raise typer.Exit(2) from None
    if answer["code"]:
        refused(answer["code"], answer, lang=lang)
        raise typer.Exit(1)
    show(answer, out, kept, lang=lang)


def call(target: str, file: BinaryIO, work: Path, arguments: dict[str, Any], *, limits: confine.Limits) -> Any:
    """The child's answer; a code in its place where it gave none. It writes its package into `work`."""
    given = {**arguments, "folder": str(work.resolve() / PACKAGE)}
    try:
        return dict(confine.call(target, file=file, arguments=given, limits=limits, folder=work))
    except confine.Ended as ended:
        return {"code": ended.why}


def _checked(
    registers: list[Path], villages: list[str], out: Path, at: str, columns: list[str], *, lang: str
) -> tuple[date, dict[str, str]]:
    """What was typed, understood. Exits with 2 for the first thing that cannot be."""
    if any(find_spec(name) is None for name in _EXTRA):
        _usage("extra", lang=lang)
    for register in registers:
        if not register.is_file():
            _usage("no-file", register, lang=lang)
    if not all(map(_VILLAGE.fullmatch, villages)) or len(set(villages)) != len(villages):
        _usage("village", lang=lang)
    if len(registers) > 1 and len(villages) not in (0, len(registers)):
        _usage("pairs", lang=lang)
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
    previous = folder / MEMORY
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


def _written(monograph: Path | None, remembered: Path, *, lang: str) -> dict[str, Any] | None:
    """What the village wrote into its form. Exits with 2 for a file that is none, or in which a value does not fit."""
    if monograph is None:
        return None
    from lumbung.cli import statistics_form

    try:
        return statistics_form.written(monograph, earlier=statistics_form.earlier(remembered))
    except statistics_form.Unfit as unfit:
        _usage(unfit.code, ", ".join(unfit.fields), lang=lang)


def _made(
    register: Path,
    village: str,
    work: Path,
    *,
    period: date,
    mapping: dict[str, str],
    memory: list[dict[str, Any]],
    written: dict[str, Any] | None,
) -> dict[str, Any]:
    known: dict[str, Any] = {"mapping": mapping, "memory": memory, "written": written}
    arguments = {"village": village, "period": period.isoformat(), **known}
    try:
        with confine.open_file(register) as file:
            return dict(call("lumbung.statistics:make", file, work, arguments, limits=LIMITS))
    except OSError:
        return {"code": "not-wholly-read"}


def _unfit(package: Path) -> str:
    """Why what the child wrote may not be shown: another file than those of a package, no proof, or not open."""
    from lumbung.aggregate import check_proof

    folders = check_proof.packages(package)
    strange = any(path not in folders for path in package.iterdir()) if folders != [package] else False
    if strange or not folders or any(check_proof.problems(folder) for folder in folders):
        return "audit-failed"
    if any(check_proof.contradictions(folders)):
        return "audit-failed"
    return next((why for folder in folders if (why := _unfit_files(folder))), "")


def _unfit_files(folder: Path) -> str:
    from lumbung import gate

    written = sorted(folder.iterdir())
    if not all(_NAME.fullmatch(path.name) and path.is_file() and not path.is_symlink() for path in written):
        return "audit-failed"
    opened = all(gate.inspect(path).verdict == gate.Verdict.OPEN for path in written)
    return "" if opened else "not-open"


def _kept(keep: Callable[[Path], Path | None], package: Path, out: Path, *, lang: str) -> Path | None:
    """Remember first, show then: a release that was shown and is not remembered could be undone by the next one."""
    try:
        kept = keep(package)
        package.rename(out)
    except OSError:
        _usage("out", out, lang=lang)
    return kept


def _keep(package: Path, *, out: Path, remembered: Path) -> Path | None:
    """Where it was written down; nothing where the previous package holds the memory."""
    if remembered.name == MEMORY:
        return None
    from lumbung.cli import statistics_form

    statistics_form.keep(package, remembered)
    write_memory(remembered, (package / MEMORY).read_bytes())
    return remembered


def write_memory(path: Path, content: bytes) -> None:
    """All of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_bytes(content)
    new.replace(path)
