"""`lumbung audit`: check the record of acts, here or in an export; sign it; write it out for an auditor."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from lumbung.cli.language import Language
from lumbung.portal.audit import verify as verifier

WORDS: dict[str, dict[str, str]] = {
    "id": {
        **verifier.SENTENCES,
        "note": "Perlu diketahui", "fault": "Tidak benar", "sum": "{} catatan, {} kepala: {}.",
        "whole": "semuanya masih seperti semula", "broken": "TIDAK seperti semula",
    },
    "en": {
        "missing": "entry {0} is missing",
        "changed": "entry {0} is not what was once written",
        "among": "the first changed entry lies between {0} and {1}",
        "unsigned": "the head over {0} entries does not bear its key's signature",
        "two-histories": "two heads over {0} entries differ: there are two histories",
        "two-keys": "the heads bear more than one key: ask when it was changed, and by whom",
        "clock": "entry {0} is dated before an earlier one: the clock was set back",
        "no-head-yet": "entries {0} to {1} stand under no head yet",
        "no-head": "there is not one signed head: nothing can be proven",
        "no-outside": "no heads from outside were given: the holder of the key could have written all of it anew",
        "note": "Worth knowing", "fault": "Not true", "sum": "{} entries, {} heads: {}.",
        "whole": "all is as it was", "broken": "NOT as it was",
    },
}  # fmt: skip


def add_to(app: typer.Typer) -> None:
    """Bring the commands of this module."""
    audit = typer.Typer(help="Catatan perbuatan yang tidak dapat diubah diam-diam.", no_args_is_help=True)
    audit.command("verify", help="Periksa bahwa tidak ada catatan yang diubah. Keluar 0 bila utuh, 1 bila tidak.")(
        verify
    )
    audit.command("export", help="Tulis seluruh catatan beserta pemeriksanya ke sebuah folder.")(export)
    audit.command("reconcile", help="Bandingkan catatan dengan catatan server web, satu hari. Keluar 1 bila berbeda.")(
        reconcile
    )
    app.add_typer(audit, name="audit")


def verify(
    folder: Annotated[Path | None, typer.Argument(metavar="[EXPORT]", help="Folder; kosong: portal ini.")] = None,
    heads: Annotated[
        list[Path] | None, typer.Option("--heads", exists=True, help="Kepala yang disimpan saksi di luar.")
    ] = None,
    lang: Annotated[Language, typer.Option(help="Bahasa jawaban.")] = Language.INDONESIAN,
) -> None:
    """Say what is wrong, the first bad entry first."""
    outside = [head for path in heads or [] for head in verifier.objects(path)]
    faults, notes, (number, signed) = _of_export(folder, outside) if folder else _of_this_portal(outside)
    if not outside:
        notes.append(("no-outside", 0, 0))
    words = WORDS[lang]
    for said, before in ((notes, "note"), (faults, "fault")):
        for code, first, last in said:
            typer.echo(f"{words[before]}: {words[code].format(first, last)}")
    typer.echo(words["sum"].format(number, signed, words["broken" if faults else "whole"]))
    raise typer.Exit(1 if faults else 0)


def export(
    folder: Annotated[Path, typer.Argument(help="Folder yang akan dibuat.")],
    personal: Annotated[bool, typer.Option("--personal", help="Sertakan nama dan alamat yang dijanjikan.")] = False,
) -> None:
    """Write lines, heads and verifier; the export itself is a line of the record."""
    if folder.exists() and any(folder.iterdir()):
        typer.echo(f"Folder {folder} sudah berisi. Pilih folder yang belum ada.", err=True)
        raise typer.Exit(2)
    _start()
    from lumbung.portal.audit import actions

    typer.echo(f"{actions.export(folder, personal=personal)} catatan ditulis ke {folder}.")


def reconcile(
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Hari (UTC); kosong: kemarin.")] = None,
) -> None:
    """Say how many requests were compared, and name every difference."""
    _start()
    from lumbung.portal.services import access_log
    from lumbung.portal.services.reconciling import MOST_NAMED, reconcile

    chosen = day.date() if day else datetime.now(UTC).date() - timedelta(days=1)
    said = reconcile(chosen, folder=access_log.folder())
    for what, named in (
        ("Tanpa catatan", said.without_line),
        ("Tanpa permintaan", said.without_request),
        ("Selagi ditutup", said.while_closed),
    ):
        for one in named[:MOST_NAMED]:
            typer.echo(f"{what}: {one}")
    typer.echo(
        f"{chosen}: {said.differences} perbedaan pada {said.requests} permintaan, "
        f"{said.downloads} unduhan, {said.sign_ins} masuk."
    )
    raise typer.Exit(1 if said.differences else 0)


def _of_export(folder: Path, outside: list[dict[str, str]]) -> Any:
    if not (folder / "events.jsonl").is_file() or not (folder / "heads.jsonl").is_file():
        typer.echo(f"Di {folder} tidak ada events.jsonl dan heads.jsonl.", err=True)
        raise typer.Exit(2)
    heads = [*verifier.objects(folder / "heads.jsonl"), *outside]
    return verifier.verify(verifier.objects(folder / "events.jsonl"), heads)


def _of_this_portal(outside: list[dict[str, str]]) -> Any:
    _start()
    from lumbung.portal.audit import exports

    return exports.verified(outside)


def _start() -> None:
    """Django, with this site's settings and tables."""
    from lumbung.cli.site import prepare

    prepare(Path(os.environ.setdefault("LUMBUNG_HOME", "var")))
