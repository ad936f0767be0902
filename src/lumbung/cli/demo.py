"""`lumbung demo`: fill a portal with an invented regency, through the portal's own verbs and past no check."""

import logging
import os
from pathlib import Path

import typer
from django.core.management import call_command

from lumbung.cli.demo_files import GUIDE, KEY
from lumbung.invent import invent_regency, invent_statistics
from lumbung.invent.enclosures import invent_enclosures
from lumbung.invent.offices import LEADING, Appointee


def add_to(app: typer.Typer) -> None:
    """Bring the command."""
    app.command("demo", help="Isi portal dengan kabupaten contoh; semua warganya rekaan.")(demo)


def demo() -> None:
    """Fill the portal in LUMBUNG_HOME, its villages last; what is there already stays."""
    for line in sign_ins(load(Path(os.environ.get("LUMBUNG_HOME", "var")))):
        typer.echo(line)
    call_command("fill_villages", show=True)


def load(home: Path) -> tuple[Appointee, ...]:
    """Fill the migrated portal of `home`, and say whom a visitor may sign in as. Does nothing the second time.

    The register of the incident and the guide to it are left in `home`/demo. Interrupted, it goes on where it was.
    """
    os.environ.setdefault("LUMBUNG_HOME", str(home))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lumbung.config.settings")
    import django

    django.setup()
    from lumbung.cli.demo_calls import fill_calls, fill_roads  # their models exist only after setup
    from lumbung.cli.demo_regency import fill
    from lumbung.cli.demo_requests import open_office

    regency = invent_regency()
    logging.disable(logging.INFO)  # a line for every file would drown the progress
    try:
        fill(home, regency=regency, statistics=(*invent_enclosures(regency), *invent_statistics(regency)))
        open_office(home / "demo")
        fill_calls()
        fill_roads()
    finally:
        logging.disable(logging.NOTSET)
    return LEADING


def sign_ins(people: tuple[Appointee, ...]) -> list[str]:
    """One line for each: e-mail, password, who that is; and where the guide to the incident lies."""
    left = Path(os.environ.get("LUMBUNG_HOME", "var"), "demo")
    lines = [f"  {one.email:<38} {one.password:<28} {one.name} ({one.role})" for one in people]
    key = f"Kunci kantor contoh untuk permohonan dokumen, dibuat di sini: {left / KEY}"
    return [*lines, f"Insiden 2019 siap diulang: {left / GUIDE}", key]
