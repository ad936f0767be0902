"""`lumbung trace`: fingerprints of registers, the source of a leaked sample, the truth of a claim, marked copies.

Everything happens at this desk, without a network; no answer carries a value of anybody.
"""

import os
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta, timezone
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, BinaryIO, NoReturn

import typer

from lumbung import confine
from lumbung.cli.language import Language
from lumbung.cli.trace_words import said
from lumbung.cli.workspace import folder_beside

LIMITS = confine.Limits(memory_bytes=3 << 30, cpu_seconds=1800, wall_seconds=3600, written_bytes=2 << 30)
KEPT_DAYS = 730  # where nobody names the day on which an index has to be gone
_WIB = timezone(timedelta(hours=7))

Key = Annotated[
    Path | None,
    typer.Option("--key", help="Berkas kunci sidik; bawaan: $LUMBUNG_KEY_FILE.", metavar="FILE"),
]
Lang = Annotated[Language, typer.Option(help="Bahasa jawaban.")]


def add_to(app: typer.Typer) -> None:
    """Bring `trace` and its commands."""
    trace = typer.Typer(
        help="Milik kita atau bukan: sidik data, asal sebuah contoh, uji klaim, salinan bertanda.",
        no_args_is_help=True,
    )
    trace.command("key")(make_key)
    trace.command("index")(index)
    trace.command("expire")(expire)
    trace.command("claim")(import_module("lumbung.cli.trace_claim").claim)
    copies = import_module("lumbung.cli.trace_copies")
    trace.command("mark")(copies.mark)
    trace.command("accuse")(copies.accuse)
    trace.command("match")(import_module("lumbung.cli.trace_match").match)
    app.add_typer(trace, name="trace")


def make_key(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="Berkas kunci yang akan dibuat.")],
    lang: Lang = Language.INDONESIAN,
) -> None:
    """Buat kunci sidik yang baru, terpisah dari kunci lain. Tanpa kunci ini, sidik tidak dapat dibaca siapa pun.

    Kode keluar: 0 dibuat, 2 salah pakai.
    """
    from lumbung.trace import keyfile

    try:
        keyfile.make(path)
    except FileExistsError:
        usage("key-there", path, lang=lang)
    except OSError:
        usage("cannot-write", path, lang=lang)
    typer.echo(said("key-made", lang, path, keyfile.key_id(keyfile.read(path))))


def index(
    register: Annotated[Path, typer.Argument(metavar="REGISTER", help="Register atau daftar (format apa pun).")],
    out: Annotated[Path, typer.Option("--out", help="Berkas sidik yang akan dibuat.", metavar="FILE")],
    source: Annotated[str, typer.Option(help="Asal data, misalnya: siak-desa-argaloka.")] = "",
    version: Annotated[str, typer.Option(help="Versinya, misalnya: 2026-06; bawaan: hari ini.")] = "",
    until: Annotated[str, typer.Option(help="Sidik harus musnah setelah tanggal ini; bawaan: 2 tahun.")] = "",
    key: Key = None,
    lang: Lang = Language.INDONESIAN,
) -> None:
    """Buat sidik sebuah register di komputer ini. Berkas sidik aman dibawa: tanpa kunci, isinya tidak dapat dibaca.

    Kode keluar: 0 jadi, 1 tidak dibuat (beserta alasannya), 2 salah pakai.
    """
    from lumbung import gate
    from lumbung.trace import fingerprint
    from lumbung.trace.index import SUFFIX, About, write

    secret = key_of(key, lang=lang)
    if out.suffix != SUFFIX or out.exists():
        usage("out", out, SUFFIX, lang=lang)
    gone = day(until, lang=lang) if until else today() + timedelta(days=KEPT_DAYS)
    if gone <= today():
        usage("until", lang=lang)
    with workspace(out, lang=lang) as work:
        answer = asked("fingerprints", register, work, {"key": secret.hex(), "guess": False}, lang=lang)
        numbers = {kind: read_numbers(work, kind) for kind in fingerprint.KINDS}
        about = About(
            source=gate.scrub(source or out.stem),
            version=gate.scrub(version or today().isoformat()),
            made=today().isoformat(),
            until=gone.isoformat(),
            rows=answer["rows"],
        )
        try:
            counts = write(out, numbers, about=about, key=secret)
        except (ValueError, OSError):
            usage("cannot-write", out, lang=lang)
    typer.echo(said("indexed", lang, out, about.rows, gone.isoformat()))
    for kind, count in counts.items():
        typer.echo(f"  {said(f'kind-{kind}', lang)}: {figure(count, lang)}")


def expire(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder berisi berkas sidik.")],
    key: Key = None,
    lang: Lang = Language.INDONESIAN,
) -> None:
    """Musnahkan berkas sidik yang sudah lewat tanggal musnahnya. Yang bukan dari kunci ini tidak disentuh.

    Kode keluar: 0 selesai, 2 salah pakai.
    """
    from lumbung.trace.index import Unusable, is_expired, listed

    secret = key_of(key, lang=lang)
    if not folder.is_dir():
        usage("no-folder", folder, lang=lang)
    for path in listed(folder):
        try:
            if is_expired(path, key=secret, today=today()):
                path.unlink()
                typer.echo(said("destroyed", lang, path.name))
        except Unusable as unusable:
            typer.echo(f"{path.name}: {said(unusable.code, lang)}", err=True)


def asked(verb: str, file: Path, work: Path, arguments: dict[str, Any], *, lang: Language) -> dict[str, Any]:
    """What a verb of `tracing` says of a file. Exits with 1 where nothing came of it, 2 without a file."""
    if not file.is_file():
        usage("no-file", file, lang=lang)
    try:
        with confine.open_file(file) as opened:
            return called(verb, opened, {**arguments, "folder": str(work.resolve())}, work, lang=lang)
    except OSError:
        typer.echo(said("not-wholly-read", lang), err=True)
        raise typer.Exit(1) from None


def called(
    verb: str, file: BinaryIO, arguments: dict[str, Any], work: Path | None, *, lang: Language
) -> dict[str, Any]:
    """The same of a file that is open; the child may write into `work`, where there is one."""
    given = {**arguments, "at": today().isoformat()}
    try:
        answer = dict(confine.call(f"lumbung.tracing:{verb}", file=file, arguments=given, limits=LIMITS, folder=work))
    except confine.Ended as ended:
        answer = {"code": ended.why}
    except confine.Unconfined as unconfined:
        typer.echo(str(unconfined), err=True)
        raise typer.Exit(2) from None
    if answer["code"]:
        typer.echo(said(answer["code"], lang), err=True)
        raise typer.Exit(1)
    return answer


def key_of(path: Path | None, *, lang: Language) -> bytes:
    """The key of the fingerprints. Exits with 2 where there is none, or numpy is not installed."""
    from lumbung.trace import keyfile

    needs_numpy(lang)
    file = path or Path(os.environ.get("LUMBUNG_KEY_FILE", ""))
    try:
        return keyfile.read(file)
    except keyfile.NoKey:
        usage("no-key", lang=lang)


def needs_numpy(lang: Language) -> None:
    """Exits with 2 where the extra is not installed."""
    if find_spec("numpy") is None:
        usage("extra", lang=lang)


def read_numbers(work: Path, kind: str) -> Any:
    """The fingerprints that the child wrote."""
    import numpy as np

    return np.frombuffer((work / f"{kind}.numbers").read_bytes(), dtype="<u8")


def today() -> date:
    """In western Indonesian time, as everything here is dated."""
    return datetime.now(tz=UTC).astimezone(_WIB).date()


def day(written: str, *, lang: Language) -> date:
    """A date that was typed. Exits with 2 for what is none."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        usage("date", lang=lang)


def figure(number: int, lang: Language) -> str:
    """Grouped as the language groups."""
    return f"{number:,}".replace(",", "." if lang == Language.INDONESIAN else ",")


def usage(what: str, *about: object, lang: Language) -> NoReturn:
    """Say what was wrong with what was typed, and exit with 2."""
    typer.echo(said(what, lang, *about), err=True)
    raise typer.Exit(2)


def workspace(out: Path, *, lang: Language) -> AbstractContextManager[Path]:
    """A folder for the child beside `out`; exits with 2 where nothing can be written there."""
    return folder_beside(out, refuse=lambda: usage("cannot-write", out, lang=lang))
