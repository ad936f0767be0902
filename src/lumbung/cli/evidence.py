"""`lumbung evidence`: a key for whoever receives evidence, and the opening of a bundle. Needs no portal of its own."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import Annotated
from zipfile import BadZipFile, ZipFile

import typer

from lumbung.portal.incidents import age
from lumbung.portal.incidents.age import SEALED

Key = Annotated[Path, typer.Option("--key", exists=True, dir_okay=False, help="Berkas kunci rahasia penerima.")]


def add_to(app: typer.Typer) -> None:
    """Bring the commands of this module."""
    evidence = typer.Typer(help="Bundel bukti: kunci penerima, dan pembukanya.", no_args_is_help=True)
    evidence.command("key", help="Buat kunci penerima. Yang dicetak ialah kunci publiknya.")(key)
    evidence.command("open", help="Buka bundel bukti. Keluar 0 bila utuh, 1 bila tidak dapat dibuka.")(open_bundle)
    app.add_typer(evidence, name="evidence")


def key(path: Annotated[Path, typer.Argument(help="Berkas kunci rahasia yang akan dibuat.")]) -> None:
    """Write a secret key that nobody else may read; print the public one."""
    secret, public = age.new_key()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        typer.echo(f"{path} sudah ada atau tidak dapat ditulis. Pilih nama lain.", err=True)
        raise typer.Exit(2) from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"# kunci publik: {public}\n{secret}\n")
    typer.echo(public)


def open_bundle(
    bundle: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Berkas ZIP dari Lumbung.")],
    key: Key,
    out: Annotated[Path, typer.Option("--out", help="Folder yang akan dibuat.")],
) -> None:
    """Open it into a new folder and check every digest; nothing is left behind where anything is wrong."""
    if out.exists():
        typer.echo(f"Folder {out} sudah ada. Pilih folder yang belum ada.", err=True)
        raise typer.Exit(2)
    lines = key.read_text(encoding="utf-8", errors="replace").splitlines()
    secret = next((line for line in lines if line.upper().startswith("AGE-SECRET-KEY-1")), "")
    try:
        number = _opened(bundle, secret, out)
    except (age.NotAKey, age.NotOpened):
        _sorry(out, "Bundel ini bukan untuk kunci itu, atau berubah di jalan.")
    except (BadZipFile, KeyError, ValueError):
        _sorry(out, "Ini bukan bundel bukti yang utuh.")
    except OSError:
        _sorry(out, "Isinya tidak dapat ditulis: periksa tempat di disk dan izin foldernya.")
    else:
        typer.echo(f"{number} berkas dibuka ke {out}; semua sidiknya cocok.")


def _opened(bundle: Path, secret: str, out: Path) -> int:
    out.mkdir(mode=0o700, parents=True)
    with ZipFile(bundle) as outer, tempfile.TemporaryFile(dir=out) as plain:
        with outer.open(SEALED) as sealed:
            for piece in age.opened(sealed, secret=secret):  # type: ignore[arg-type]  # a member of a ZIP reads alike
                plain.write(piece)
        with ZipFile(plain) as inside:
            inside.extractall(out)
            return _checked(inside, out)


def _checked(inside: ZipFile, out: Path) -> int:
    """How many files agree with their digests. Raise ValueError where one does not, or where one has none."""
    lines = [line.partition("  ") for line in inside.read("SHA256SUMS").decode().splitlines()]
    listed = {name: digest for digest, _blanks, name in lines}
    if set(listed) != {name for name in inside.namelist() if name != "SHA256SUMS"}:
        raise ValueError
    for name, digest in listed.items():
        with (out / name).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                raise ValueError
    return len(listed)


def _sorry(out: Path, sentence: str) -> None:
    shutil.rmtree(out, ignore_errors=True)
    typer.echo(sentence, err=True)
    raise typer.Exit(1)
