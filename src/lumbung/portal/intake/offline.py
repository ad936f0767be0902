"""What runs in a confined child on a package that was made on a village's own computer: is it one, is it sound, anew.

Only tables, proof and memory are taken out of the archive, and each is read into plain values of a closed vocabulary
and written again; everything else in a package follows from the tables and is made here. Imports the engine alone.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from lumbung.aggregate import check_proof
from lumbung.aggregate import outlets as engine
from lumbung.aggregate.atoms import UNKNOWN
from lumbung.aggregate.filled import Filled
from lumbung.aggregate.ledger import Ledger, Past, is_unchanged, months
from lumbung.aggregate.monograph import form
from lumbung.aggregate.package import as_json, from_json
from lumbung.aggregate.plan import Plan
from lumbung.aggregate.policy import Policy, load

TABLE = re.compile(r"tabel-([a-z_]{1,40})\.csv")
PIECE = re.compile(r"[\d.]{13}\|[a-z_]+\|[A-Za-z0-9 '’-]{0,44}\|[LPT]\|[a-z0-9_:+-]+")
HAMLET = re.compile(r"[A-Z][A-Za-z '’-]{1,38}( [IVX]{1,4}| \d{1,2})?", re.IGNORECASE)
MOST_FILES, LARGEST = 64, 32 << 20  # of an archive: entries, and bytes when unpacked
LEVELS = ("desa", "dusun")
Numbers = Mapping[str, int | None]
Written = Mapping[str, Mapping[str, Any]]


class Unfit(Exception):
    """Not a package, or one that may not be taken. `code` is kebab-case; carries no text."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def take(*, file: BinaryIO, folder: str, village: str, memory: list[Any], written: Written) -> dict[str, Any]:
    """Write the package anew into the new `folder`, where it is one that might have been made here.

    `written` has what the village's published blanks say for its monograph, by year; what an archive says of that is
    not taken.

    Gives `code` ("" for a package) and `period` (ISO). Codes: not-a-package, other-village, other-policy,
    small-number, memory-behind, too-soon, same-as-last, audit-failed. Does not check the proof:
    `outlets.check_and_write` does, in a child that never saw the archive.
    """
    package = Path(folder)
    package.mkdir()
    try:
        remembered = _unpacked(file, package, village)
        period = _checked(package, remembered, village, memory, load(), written)
    except Unfit as unfit:
        return {"code": unfit.code, "period": ""}
    return {"code": "", "period": period}


def _unpacked(file: BinaryIO, package: Path, village: str) -> Ledger:
    """The three kinds of files, read and written again. Raise Unfit."""
    try:
        found = dict(_members(file))
        remembered = from_json(json.loads(found["ingatan.json"]))
        proof = _proof(json.loads(found["bukti.json"]))
        plans = engine.titled(load())
        for name, content in found.items():
            if table := TABLE.fullmatch(name):
                rows = _rows(content, plans[table.group(1)], village)
                engine.write_csv(package / name, [engine.COLUMNS, *rows])
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, zipfile.BadZipFile, RuntimeError, EOFError):
        raise Unfit("not-a-package") from None
    if not remembered.releases or remembered.areas() != [village]:
        raise Unfit("other-village")
    engine.write_json(package / "bukti.json", proof)
    engine.write_json(package / "ingatan.json", as_json(remembered))
    return remembered


def _members(file: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """Tables, proof and memory, wherever one folder inside the archive holds them; each name once."""
    with zipfile.ZipFile(file) as archive:
        listed = archive.infolist()
        if len(listed) > MOST_FILES or sum(entry.file_size for entry in listed) > LARGEST:
            raise ValueError
        names: set[str] = set()
        for entry in listed:
            name = PurePosixPath(entry.filename).name
            if entry.is_dir() or not (TABLE.fullmatch(name) or name in ("bukti.json", "ingatan.json")):
                continue
            if name in names or entry.flag_bits & 1:
                raise ValueError
            names.add(name)
            with archive.open(entry) as content:
                yield name, content.read(LARGEST)


def _rows(content: bytes, plan: Plan, village: str) -> Iterator[list[str | int | None]]:
    """The rows of one table, every cell of a closed vocabulary but for the names of hamlets. Raise ValueError."""
    categories = {name for way in plan.ways for name, _ in way.groups} | {UNKNOWN}
    lines = csv.DictReader(io.StringIO(content.decode("utf-8")))
    if tuple(lines.fieldnames or ()) != engine.COLUMNS:
        raise ValueError
    for line in lines:
        hamlet = line["dusun"]
        fits = (
            line["kode_wilayah"] == village
            and line["tingkat"] == LEVELS[bool(hamlet)]
            and (not hamlet or HAMLET.fullmatch(hamlet) is not None)
            and line["jenis_kelamin"] in ("L", "P", "T")
            and line["kategori"] in categories
            and line["satuan"] == plan.unit
        )
        if not fits:
            raise ValueError
        day, number = date.fromisoformat(line["periode"]).isoformat(), line["nilai"]
        value = int(number) if number.isascii() and number.isdigit() else None
        if number != ("" if value is None else str(value)) or line["tanda"] != ("*" if value is None else ""):
            raise ValueError
        kept = [village, line["tingkat"], hamlet, day, line["jenis_kelamin"], line["kategori"]]
        yield [*kept, value, plan.unit, line["tanda"]]


def _proof(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The proof with nothing in it but what a proof has. Raise ValueError, KeyError or TypeError."""
    if any(PIECE.fullmatch(piece) is None for piece in raw["pieces"]) or raw["format"] != 1:
        raise ValueError
    return {
        "format": 1,
        "pieces": list(raw["pieces"]),
        "sums": [
            {"cells": [_key(name) for name in one["cells"]], "terms": _whole(one["terms"]), "value": int(one["value"])}
            for one in raw["sums"]
        ],
        "additions": [[_key(name), [_key(part) for part in parts]] for name, parts in raw["additions"]],
        "components": [
            {"pieces": [int(piece) for piece in one["pieces"]], "tables": _whole(one["tables"])}
            for one in raw["components"]
        ],
        "claims": [
            {
                "name": one["name"] if PIECE.fullmatch(one["name"]) else _key(one["name"]),
                "pieces": [int(piece) for piece in one["pieces"]],
                **{key: int(one[key]) for key in ("k", "component", "low", "high")},
            }
            for one in raw["claims"]
        ],
    }


def _key(name: str) -> str:
    """The name of a number: area, table, sex, category."""
    area, table, sex, category = name.split("/")
    _, _, hamlet = area.partition("#")
    words = re.fullmatch(r"[a-z_]+\|[LPT]\|[a-z0-9_+-]+", f"{table}|{sex}|{category}")
    if words is None or (hamlet and HAMLET.fullmatch(hamlet) is None):
        raise ValueError
    return name


def _whole(rows: Iterable[Iterable[int]]) -> list[list[int]]:
    return [[int(number) for number in row] for row in rows]


def _checked(
    package: Path, remembered: Ledger, village: str, memory: list[Any], policy: Policy, written: Written
) -> str:
    """The period, where the package is what this house would have made. Raise Unfit."""
    numbers, newest = check_proof.published(package), remembered.releases[-1]
    before = Ledger(releases=remembered.releases[:-1])
    if any(past.policy != policy.digest for past in remembered.releases):
        raise Unfit("other-policy")
    if newest.cells != numbers or newest.period > date.today():
        raise Unfit("audit-failed")
    if not _knows(remembered, from_json(memory)):
        raise Unfit("memory-behind")
    if any(_tells(name, number, policy, before, newest) for name, number in numbers.items()):
        raise Unfit("small-number")
    last = before.last(village)
    if last and last != newest.period and months(last, newest.period) < policy.limits.months_between:
        raise Unfit("too-soon")
    if is_unchanged(before, numbers, period=newest.period):
        raise Unfit("same-as-last")
    _complete(package, numbers, village, newest, policy, written)
    return newest.period.isoformat()


def _knows(remembered: Ledger, handed_out: Ledger) -> bool:
    """Whether the package was protected against everything that was handed out here."""
    return list(remembered.releases[: len(handed_out.releases)]) == list(handed_out.releases)


def _tells(name: str, number: int | None, policy: Policy, before: Ledger, newest: Past) -> bool:
    """Whether a printed number is one that may not be: small, nobody where that tells, or changed by a few."""
    if number is None:
        return False
    plan = engine.titled(policy)[name.split("/")[1]]
    earlier = before.before(newest.period).get(name)
    few = earlier is not None and 0 < abs(number - earlier) < max(plan.k, policy.k)
    limits = policy.limits
    if plan.name == "penduduk":
        return few or number < (limits.smallest_village if "/T/" in name else limits.smallest_sex)
    telling_zero = number == 0 and plan.zeros and not name.endswith(UNKNOWN)
    level = "hamlet" if "#" in name else "village"
    return few or 0 < number < plan.k or telling_zero or level not in plan.levels


def _complete(package: Path, numbers: Numbers, village: str, newest: Past, policy: Policy, written: Written) -> None:
    """Whatever a package has beside tables, proof and memory, from the printed numbers alone."""
    plans = engine.titled(policy)
    tables: dict[str, Sequence[Sequence[str | int | None]]] = {}
    for path in sorted(package.glob("tabel-*.csv"), key=lambda path: list(plans).index(path.stem[6:])):
        with path.open(encoding="utf-8", newline="") as file:
            heads, *rows = csv.reader(file)
        tables[path.stem[6:]] = [heads, *([*row[:6], int(row[6]) if row[6] else None, *row[7:]] for row in rows)]
    coarse = [
        f"- {place.replace('/', ': ')}, digabung (tingkat {step})" for place, step in newest.steps.items() if step
    ]
    guide = engine.guide(policy, newest.period, tables, coarse=coarse)
    years = [year for year in written if int(year) <= newest.period.year]
    own = Filled(**written[max(years)]) if years else None
    forms = [form(numbers, village, period=newest.period, k=policy.k, written=own)]
    engine.write(package, tables, guide=guide, forms=forms, titles={name: plan.title for name, plan in plans.items()})
