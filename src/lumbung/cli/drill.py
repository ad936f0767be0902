"""`lumbung drill`: the leak of 2019 replayed in a throw-away home, beside the same case under Lumbung."""

import json
import os
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

NOT_OURS = ("DATABASE_URL", "LUMBUNG_STORAGE", "LUMBUNG_KEY_FILE")  # the portal's: a drill has its own


def add_to(app: typer.Typer) -> None:
    """Bring the command."""
    app.command("drill", help="Putar ulang kebocoran 2019 di rumah sekali pakai, dan bandingkan.")(drill)


def drill(as_json: Annotated[bool, typer.Option("--json", help="Angkanya sebagai JSON.")] = False) -> None:
    """Play it, and print what the record says. Exit 1 where the record does not hold."""
    with tempfile.TemporaryDirectory(prefix="lumbung-") as folder:
        for name in NOT_OURS:
            os.environ.pop(name, None)
        os.environ["LUMBUNG_HOME"] = folder
        said = _played(Path(folder))
    if as_json:
        typer.echo(json.dumps(said, ensure_ascii=False, indent=1))
    else:
        _show(said)
    raise typer.Exit(1 if said["record"]["faults"] else 0)


def _played(home: Path) -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lumbung.config.settings")
    import django
    from django.core.management import call_command

    from lumbung.cli.site import ensure_home

    ensure_home(home)
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    from lumbung.portal.incidents.drill import replay

    return replay()


def _held(now: dict[str, Any]) -> str:
    return f"{now['times_published']} hari: {'ditahan di gerbang' if now['verdict'] == 'held' else now['verdict']}"


def _show(said: dict[str, Any]) -> None:
    then, now = said["then"], said["now"]
    who = then["who"]
    rows = (
        ("Register warga terbuka untuk umum", f"{then['exposed_days']} hari", _held(now)),
        ("Dari unggah sampai ditahan", "tidak pernah", f"{now['seconds_to_hold']} detik"),
        (
            "Dari laporan sampai tertutup",
            f"{then['minutes_to_close']} menit, seluruh server",
            f"{now['seconds_by_itself']} detik dengan sendirinya, {now['seconds_to_close']} detik dengan tombol",
        ),
        ("Siapa, kapan, dari mana", "berhari-hari tidak diketahui", f"satu pertanyaan, {now['seconds_to_ask']} detik"),
        ("", "", f"{who['name']}, {who['organisation']}, {who['at']}, {who['address']}, {who['device']}"),
        ("Setelah pelatihan", f"{then['days_after_training']} hari", "dari catatan yang sama"),
        (
            "Orang yang datanya termuat",
            "tidak pernah disebut",
            f"{then['people']}, di antaranya {then['children']} anak",
        ),
        ("Batas 3 × 24 jam", then["deadline"], "dihitung sejak laporan pertama"),
    )
    table = Table(title=f"Semua angka dari catatan ({said['record']['lines']} baris, tidak ada yang berubah)")
    for heading in ("", "Waktu itu", "Dengan Lumbung"):
        table.add_column(heading)
    for row in rows:
        table.add_row(*row)
    Console().print(table)
