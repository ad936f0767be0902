"""`lumbung trace match`: is a leaked sample ours, and which version of which source?"""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from lumbung.cli import trace_log
from lumbung.cli.language import Language
from lumbung.cli.trace import Key, Lang, asked, figure, key_of, today, usage, workspace
from lumbung.cli.trace_words import said

LISTED = 20  # versions in the answer in words; --json has them all


def match(
    sample: Annotated[Path, typer.Argument(metavar="SAMPLE", help="Contoh data yang beredar (format apa pun).")],
    against: Annotated[Path, typer.Option("--against", metavar="FOLDER", help="Folder berisi berkas sidik.")],
    key: Key = None,
    as_json: Annotated[bool, typer.Option("--json", help="Jawaban sebagai satu objek JSON.")] = False,
    lang: Lang = Language.INDONESIAN,
) -> None:
    """Cocokkan contoh data yang beredar dengan sidik sumber-sumber kita. Jawabannya angka, tidak pernah isi data.

    Pertanyaan tentang kurang dari sepuluh orang ditolak, dan setiap pertanyaan dicatat. Kode keluar: 0 terjawab, 1
    tidak terjawab (beserta alasannya), 2 salah pakai.
    """
    secret = key_of(key, lang=lang)
    if not against.is_dir():
        usage("no-folder", against, lang=lang)
    _allowed(lang)
    indexes, unusable = _opened(against, secret)
    with workspace(trace_log.path(), lang=lang) as work:
        read = asked("fingerprints", sample, work, {"key": secret.hex(), "guess": True}, lang=lang)
        answer = _answer(work, read, indexes)
    said_so = {**answer, "vintage": read["vintage"], "read": read["rows"], "unusable": unusable}
    _record(sample, secret, said_so, lang=lang)
    if as_json:
        typer.echo(json.dumps(said_so, ensure_ascii=False))
    else:
        show(said_so, lang)
    raise typer.Exit(1 if answer["verdict"] in ("cannot-tell", "refused") else 0)


def _allowed(lang: Language) -> None:
    try:
        trace_log.prepared()
        trace_log.check()
    except trace_log.TooMany:
        typer.echo(said("too-many", lang, trace_log.MOST), err=True)
        raise typer.Exit(1) from None
    except OSError:
        usage("cannot-write", trace_log.path(), lang=lang)


def _opened(folder: Path, key: bytes) -> tuple[list[Any], dict[str, str]]:
    """The indexes of a folder, and why others cannot be asked."""
    from lumbung.trace.index import Unusable, listed, open_index

    indexes, unusable = [], {}
    for path in listed(folder):
        try:
            indexes.append(open_index(path, key=key, today=today()))
        except Unusable as why:
            unusable[path.name] = why.code
        except OSError:
            unusable[path.name] = "not-an-index"
    return indexes, unusable


def _answer(work: Path, read: dict[str, Any], indexes: list[Any]) -> dict[str, Any]:
    """What trace.weigh says, plain; `refused` for a question about so few that it is one about somebody."""
    import numpy as np

    from lumbung.trace import fingerprint, match, weigh

    if read["people"] < weigh.LEAST:
        return {"verdict": "refused", "why": ["too-few-people"], "rows": read["people"], "versions": []}
    kinds = (*fingerprint.KINDS, *fingerprint.GUESSED)
    prints = {
        kind: fingerprint.Prints(
            rows=np.frombuffer((work / f"{kind}.rows").read_bytes(), dtype="<u4"),
            numbers=np.frombuffer((work / f"{kind}.numbers").read_bytes(), dtype="<u8"),
        )
        for kind in kinds
    }
    sample = match.Sample(rows=read["people"], prints=prints)
    return asdict(weigh.weigh(sample, [match.hits(sample, index) for index in indexes]))


def _record(sample: Path, key: bytes, answer: dict[str, Any], *, lang: Language) -> None:
    """No answer without its line; the file is named by a keyed digest, for a small one could be guessed."""
    with sample.open("rb") as file:
        digest = hashlib.blake2b(hashlib.file_digest(file, "sha256").digest(), key=key, digest_size=16).hexdigest()
    facts = {name: answer[name] for name in ("verdict", "rows")}
    try:
        trace_log.record("match", sample=digest, against=len(answer["versions"]), **facts)
    except OSError:
        usage("cannot-write", trace_log.path(), lang=lang)


def show(answer: dict[str, Any], lang: Language) -> None:
    """The answer in words and one line for each version."""
    from lumbung.trace import weigh

    versions = answer["versions"]
    named = [f"{one['source']}, {one['version']}" for one in versions]
    typer.echo(said(answer["verdict"], lang))
    if versions:
        shown = f"< {weigh.SHOWN}" if answer["matched"] is None else figure(answer["matched"], lang)
        typer.echo(said("tested", lang, answer["rows"], answer["tested"], shown, len(versions)))
    likeliest = sorted(range(len(versions)), key=lambda place: -versions[place]["probability"])
    for place in likeliest[:LISTED]:
        typer.echo(f"  {named[place]}: {_line(versions[place], answer, lang)}")
    if len(versions) > LISTED:
        typer.echo("  " + said("more", lang, len(versions) - LISTED))
    if answer.get("version") is not None:
        typer.echo(said("decided", lang, named[answer["version"]]))
    for place, rows in answer.get("parts", ()):
        typer.echo("  " + said("part-of", lang, named[place], figure(rows, lang)))
    for why in answer["why"]:
        typer.echo(said(why, lang, f"{100 * answer.get('upstream', 0):.1f}"))
    if answer.get("deciding") and answer["verdict"] != "none":
        kinds = ", ".join(f"{said(f'kind-{kind}', lang)} {count:+d}" for kind, count in answer["deciding"].items())
        typer.echo(said("deciding", lang, kinds))
    if answer["verdict"] == "none":
        typer.echo(said("negative", lang, answer["tested"], f"{min(100, 300 / max(1, answer['tested'])):.2g}"))
    if when := answer["vintage"]:
        typer.echo(said("dated", lang, when["first"], when["last"], when["agree"], when["of"]))
    for name, why in answer["unusable"].items():
        typer.echo(said("not-asked", lang, name, said(why, lang)), err=True)


def _line(version: dict[str, Any], answer: dict[str, Any], lang: Language) -> str:
    """Rows, containment and probability of one version; no number that is about a handful of people."""
    from lumbung.trace import weigh

    count = version["matched"]
    if count is None:
        return said("few", lang, weigh.SHOWN)
    share = 100 * count / max(1, answer["tested"])
    chance = 100 * version["probability"] if answer["verdict"] in ("ours", "part") else 0.0
    return said("row", lang, figure(count, lang), f"{share:.1f}", f"{chance:.1f}")
