"""A PostgreSQL server of the suite's own: made in a temporary folder, on loopback, gone afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BINARIES = Path("/usr/lib/postgresql")


class NotInstalled(Exception):
    """There is no PostgreSQL server on this machine."""


def newest() -> Path:
    """The folder of the newest server's programs."""
    found = sorted(BINARIES.glob("*/bin/initdb"), key=lambda program: int(program.parts[-3]))
    if not found:
        raise NotInstalled
    return found[-1].parent


def free_port() -> int:
    """A port on loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cluster() -> Iterator[str]:
    """Start a server and yield its DATABASE_URL. PostgreSQL refuses to run as root, so root lends it to `postgres`."""
    programs, port = newest(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="lumbung-postgresql-"))
    lend = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if lend:
        shutil.chown(folder, "postgres")

    def run(*command: str) -> None:
        subprocess.run([*lend, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off -c max_connections=200"
    try:
        run(str(programs / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8")
        run(
            str(programs / "pg_ctl"),
            "-D",
            str(folder / "data"),
            "-w",
            "-l",
            str(folder / "log"),
            "-o",
            options,
            "start",
        )
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(
            [*lend, str(programs / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "stop"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
        )
        shutil.rmtree(folder, ignore_errors=True)
