"""`lumbung serve --training`: the training house, emptied every night by the only one who outlives it."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import typer

from lumbung.cli.processes import Kept, supervise
from lumbung.portal.training import house

NOT_OURS = ("DATABASE_URL", "LUMBUNG_STORAGE", "LUMBUNG_KEY_FILE")  # the portal's; a training house has its own


def keep(base: Path, *, door: socket.socket, processes: Callable[[socket.socket], Sequence[Kept]]) -> None:
    """Run the house in `base` until SIGINT or SIGTERM; stop, empty and begin anew whenever somebody asks.

    `base` is made where it is not there. Raise house.NotATrainingHouse where its `house` is something else.
    """
    place = base / "house"
    for name in NOT_OURS:
        os.environ.pop(name, None)
    os.environ["LUMBUNG_HOME"] = str(place)
    if house.is_training(place) and house.is_due(place):
        house.ask(place, because="schedule")
    while True:
        _begin(place)
        if supervise(processes(door), until=lambda: bool(house.asked(place))):
            return


def _begin(place: Path) -> None:
    """Empty it where that was asked, and make it ready in a process of its own: keys and settings are new."""
    because = house.asked(place)
    if because:
        house.empty(place, because=because)
        typer.echo("Rumah latihan dikosongkan.")
    house.begin(place)
    password = house.trainer_password(place)
    subprocess.run([sys.executable, "-m", "lumbung.cli", "manage", "begin_training"], check=True)
    typer.echo(f"Rumah latihan siap di {os.environ['LUMBUNG_URL']}")
    typer.echo(f"  {house.TRAINER:<38} {password:<28} Pelatih (rumah latihan)")


def beside(*, port: int) -> list[Kept]:
    """The same as a process beside the demo, at a port and an address of its own; none where the port is taken."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            typer.echo(f"Rumah latihan tidak dibuka: pintu {port} sudah dipakai.")
            return []
    environment = {**os.environ, "LUMBUNG_URL": f"http://127.0.0.1:{port}"}
    return [Kept([sys.executable, "-m", "lumbung.cli", "serve", "--training", "--port", str(port)], environment)]
