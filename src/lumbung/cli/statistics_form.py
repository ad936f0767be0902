"""The fields of a monograph that a village fills in, from a workbook on this computer: inspected, then read apart.

The same blank as in the portal, or the monograph of last time with its column "Isi" filled in.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lumbung import confine, gate
from lumbung.aggregate import filled
from lumbung.aggregate.monograph import day
from lumbung.aggregate.policy import load

READER = "lumbung.portal.intake.blanks.reading:read"  # needs nothing of the portal but its name


class Unfit(Exception):
    """Nothing is taken from the file. `code` is one of USAGE, `fields` are those whose values do not fit."""

    def __init__(self, code: str, *fields: str) -> None:
        super().__init__(code)
        self.code, self.fields = code, fields


def written(path: Path, *, earlier: Sequence[Mapping[str, int]]) -> dict[str, Any]:
    """`values` by field, and their `source`: the day on which the file was last changed. Raise Unfit.

    `earlier` has the numbers of persons that were printed before: a new one may not differ from them by a few.

    Keeps nothing of the file, and takes nothing out of it that is not a field of the form.
    """
    inspection = gate.inspect(path, name=path.name)
    if inspection.verdict is gate.Verdict.HOLD:
        raise Unfit("monograph-held")
    try:
        with confine.open_file(path) as file:
            arguments = {"inspection": inspection.as_dict()}
            said = confine.call(READER, file=file, arguments=arguments, limits=gate.limits())
            changed = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).astimezone().date()
    except (OSError, confine.Ended):
        raise Unfit("monograph-unread") from None
    cells = filled.from_rows(said["rows"])
    values, wrong = filled.understood(cells)
    if wrong:
        raise Unfit("monograph-wrong", *wrong)
    if not values:
        raise Unfit("monograph-unread")
    k = load().k
    if few := sorted({name for past in earlier for name in past if _few(values.get(name), past[name], k)}):
        raise Unfit("monograph-changed", *few)
    return {"values": values, "source": f"diisi pemerintah desa, berkas per {day(changed)}"}


def earlier(remembered: Path) -> list[dict[str, int]]:
    """The numbers of persons of earlier monographs, where the memory of releases lies. Empty where there are none."""
    try:
        if remembered.name == "ingatan.json":
            return [_people(remembered.with_name("monografi.json"))]
        return [dict(past) for past in json.loads(_beside(remembered).read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError, KeyError):
        return []


def keep(package: Path, remembered: Path) -> None:
    """Remember the numbers of persons of a new package beside its memory of releases."""
    if people := _people(package / "monografi.json"):
        _beside(remembered).parent.mkdir(parents=True, exist_ok=True)
        _beside(remembered).write_text(json.dumps([*earlier(remembered), people]) + "\n", encoding="utf-8")


def _people(monograph: Path) -> dict[str, int]:
    (form,) = json.loads(monograph.read_text(encoding="utf-8"))
    known = {field.name for field in filled.fields() if field.people}
    return {line["bidang"]: line["nilai"] for line in form["isi"] if line["bidang"] in known and line["nilai"]}


def _beside(remembered: Path) -> Path:
    return remembered.with_suffix(".monografi.json")


def _few(now: object, then: int, k: int) -> bool:
    return isinstance(now, int) and 0 < abs(now - then) < k
