"""`lumbung serve` brings the whole portal up; `lumbung manage` passes to Django."""

import os
import socket
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import django
import typer
from django.core.management import call_command, execute_from_command_line

from lumbung.cli import counter, processes
from lumbung.cli.training import beside, keep
from lumbung.portal.audit import keys

WORKERS = 2


def add_to(app: typer.Typer) -> None:
    """Bring both commands."""
    app.command("serve", help="Jalankan portal beserta pekerjanya di komputer ini.")(serve)
    passes = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
    app.command("manage", help="Perintah Django untuk pengelola.", context_settings=passes)(manage)


def serve(
    demo: Annotated[bool, typer.Option("--demo", help="Isi dengan kabupaten contoh.")] = False,
    port: Annotated[int, typer.Option(help="Pintu tempat portal mendengar.", min=1, max=65535)] = 8000,
    training: Annotated[
        bool, typer.Option("--training", help="Jalankan rumah latihan: warga rekaan, tidak ada yang terbit.")
    ] = False,
) -> None:
    """Prepare the home, then run web server, workers and housekeeping until Ctrl-C."""
    home = Path(os.environ.setdefault("LUMBUNG_HOME", "var"))
    address = os.environ.setdefault("LUMBUNG_URL", f"http://127.0.0.1:{port}")
    door = listen(port)
    if training:
        return keep(home / "training", door=door, processes=_processes)
    prepare(home)
    sign_ins = _demo(home) if demo else []
    typer.echo(f"\nLumbung siap di {address}")
    for line in sign_ins:
        typer.echo(line)
    typer.echo("Tekan Ctrl-C untuk berhenti.\n")
    demonstrated = [_villages(), *beside(port=port + 1)] if demo else []
    processes.supervise([*_processes(door), *counter.beside(port), *demonstrated])
    typer.echo("Lumbung berhenti. Semua yang sudah diterima tetap tersimpan.")
    return None


def manage(context: typer.Context) -> None:
    """Any Django command, with this site's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lumbung.config.settings")
    ensure_home(Path(os.environ.setdefault("LUMBUNG_HOME", "var")))
    execute_from_command_line(["lumbung manage", *context.args])


def listen(port: int) -> socket.socket:
    """The port, ours from now on until we end: a web server that is started anew finds it, and visitors wait there.

    End with a sentence where somebody else listens on it.
    """
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind(("127.0.0.1", port))
        door.listen()
    except OSError:
        _sorry(f"Pintu {port} sudah dipakai. Hentikan yang memakainya, atau pilih lain: lumbung serve --port 8001")
    return door


def ensure_home(home: Path) -> None:
    """The data folder with its key file. End with a sentence where it cannot be written or the keys are gone."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=home, prefix=".tulis-"):
            pass
        keys.ensure(Path(os.environ.get("LUMBUNG_KEY_FILE", home / "keys.json")), home=_storage(home))
    except OSError:
        _sorry(f"Folder data {home} tidak dapat ditulisi. Periksa izinnya, atau pilih lain lewat LUMBUNG_HOME.")
    except keys.KeyFileMissing:
        _sorry(
            "Berkas kunci tidak ditemukan, padahal sudah ada berkas yang tersimpan terkunci. "
            "Kembalikan keys.json dari cadangan; kunci baru tidak dapat membukanya."
        )


def prepare(home: Path) -> None:
    """Everything a start needs: home, keys, tables, static files. Does nothing that is done already."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lumbung.config.settings")
    ensure_home(home)
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    if static_is_stale():
        call_command("collectstatic", interactive=False, verbosity=0)


def static_is_stale() -> bool:
    """Whether a source is newer than what was collected last."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return True
    sources = (storage.path(path) for finder in get_finders() for path, storage in finder.list([]))
    return any(Path(source).stat().st_mtime > manifest.stat().st_mtime for source in sources)


def _storage(home: Path) -> Path:
    """Where files are stored: a folder. Other kinds of storage end with a sentence, for they are not there yet."""
    place = os.environ.get("LUMBUNG_STORAGE", f"file:{home}")
    if not place.startswith("file:"):
        _sorry("LUMBUNG_STORAGE baru mengenal folder, misalnya file:/srv/lumbung.")
    return Path(place.removeprefix("file:"))


def _demo(home: Path) -> list[str]:
    from lumbung.cli.demo import load, sign_ins

    typer.echo("Menyiapkan kabupaten contoh ...")
    return ["Masuk sebagai:", *sign_ins(load(home))]


def _villages() -> processes.Kept:
    """Who fills the rest of the demo while the portal answers already; ends by itself."""
    return processes.Kept([sys.executable, "-m", "lumbung.cli", "manage", "fill_villages"], os.environ, once=True)


def _processes(door: socket.socket) -> list[processes.Kept]:
    """The web server, the workers, and the one who keeps house."""
    manage_command = [sys.executable, "-m", "lumbung.cli", "manage"]
    web = [sys.executable, "-m", "gunicorn", "lumbung.config.wsgi:application", "--bind", f"fd://{door.fileno()}"]
    web += ["--worker-class", "lumbung.config.patience.PatientWorker", "--workers", "2", "--threads", "24"]
    web += ["--log-level", "warning", "--no-control-socket"]
    web += ["--logger-class", "lumbung.config.access_log.AccessLog"]
    others = [*[[*manage_command, "work"]] * WORKERS, [*manage_command, "keep_house"]]
    served = processes.Kept(web, os.environ, handed=[door.fileno()])
    return [served, *(processes.Kept(command, os.environ) for command in others)]


def _sorry(sentence: str) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)
