"""`lumbung counter`: the counter alone, beside the portal or on a machine of its own. `lumbung serve` starts it too.

It needs neither Django nor a database server, and about as much memory as one browser tab: gunicorn, one process with
threads, and a folder.
"""

import os
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from lumbung.cli.processes import Kept, supervise

THREADS = 32
BESIDE = 2  # the counter's port, counted from the portal's; the one between belongs to the training house


def add_to(app: typer.Typer) -> None:
    """Bring the command."""
    app.command("counter", help="Jalankan loket saja: penerima permohonan tersegel, tanpa portal.")(counter)


def counter(
    port: Annotated[int, typer.Option(help="Pintu tempat loket mendengar.", min=1, max=65535)] = 8002,
) -> None:
    """Take envelopes into LUMBUNG_HOME/counter until Ctrl-C; begin anew whenever the process dies."""
    home = Path(os.environ.setdefault("LUMBUNG_HOME", "var"))
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        door = opened(port)
    except OSError:
        typer.echo(f"Folder data {home} tidak dapat ditulisi, atau pintu {port} sudah dipakai.", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"Loket siap di {address(door)}\nTekan Ctrl-C untuk berhenti.")
    supervise([process(door)])
    typer.echo("Loket berhenti. Semua yang sudah diterima tetap tersimpan.")


def opened(port: int) -> socket.socket:
    """The port, ours until we end: whoever sends while the process is begun anew waits there. Raise OSError."""
    door = socket.socket()
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(("127.0.0.1", port))
        door.listen(2_048)
    except (OSError, OverflowError):
        door.close()
        raise
    return door


def address(door: socket.socket) -> str:
    """Where people reach it: LUMBUNG_COUNTER_URL, or the port on this machine."""
    return os.environ.get("LUMBUNG_COUNTER_URL") or f"http://127.0.0.1:{door.getsockname()[1]}"


def process(door: socket.socket) -> Kept:
    """How the counter is started: one process, its threads patient with slow lines and not for ever."""
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "lumbung.counter.serving:counter()",
        "--bind",
        f"fd://{door.fileno()}",
    ]
    command += ["--worker-class", "lumbung.config.patience.PatientWorker", "--threads", str(THREADS)]
    command += ["--worker-connections", "2000", "--log-level", "error", "--no-control-socket"]
    return Kept(command, os.environ, handed=[door.fileno()])


def beside(portal_port: int) -> list[Kept]:
    """The counter beside a portal at that port; none, and a sentence, where its own port is taken."""
    try:
        door = opened(portal_port + BESIDE)
    except (OSError, OverflowError):
        typer.echo(f"Loket tidak punya pintu sendiri: pintu {portal_port + BESIDE} sudah dipakai.", err=True)
        return []
    kept = process(door)
    door.detach()  # the port stays ours until we end, though nobody holds this object any longer
    return [kept]
