"""What runs in a second confined child, which never saw the register: is the package sound, and its further outlets.

Imports the engine alone, for the child has no business with a database.
"""

import csv
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lumbung.aggregate import check_proof, sid

TABLE, ARCHIVE = "statistik.csv", "paket.zip"
FIRST = 1980, 1, 1, 0, 0, 0  # no clock in the archive: the same package is the same bytes


class Unsound(Exception):
    """The package does not hold: its proof, or its memory beside its tables. Carries no text."""


def check_and_write(*, folder: str, village: str, period: str, memory: list[Any]) -> dict[str, Any]:
    """Check the package in `folder` and write the one table, the SID shapes and the archive beside it.

    Raise Unsound where the proof does not hold, or `ingatan.json` is not `memory` with exactly the printed numbers of
    this package added. Gives how many numbers are printed and how many hidden.
    """
    package = Path(folder)
    numbers = _sound(package, period=period, memory=memory)
    tables = sorted(package.glob("tabel-*.csv"))
    _write_table(package / TABLE, tables)
    sid.write(package, village=village, period=period)
    _write_archive(package)
    hidden = sum(number is None for number in numbers.values())
    return {"printed": len(numbers) - hidden, "hidden": hidden, "tables": len(tables)}


def _sound(package: Path, *, period: str, memory: list[Any]) -> dict[str, int | None]:
    """The printed numbers, if they are proven, and if what is remembered is what was printed, no more and no less."""
    try:
        numbers = check_proof.published(package)
        now = json.loads((package / "ingatan.json").read_text(encoding="utf-8"))
        remembered = now[:-1] == memory and now[-1]["period"] == period and now[-1]["cells"] == numbers
        if not remembered or check_proof.problems(package):
            raise Unsound
    except (OSError, ValueError, KeyError, IndexError, TypeError):  # the package is not even one
        raise Unsound from None
    return numbers


def _write_table(path: Path, tables: list[Path]) -> None:
    """All tables as one tidy table: its first column says which of them a number belongs to."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for number, table in enumerate(tables):
            header, *rows = _rows(table)
            if number == 0:
                writer.writerow(["tabel", *header])
            writer.writerows([table.stem.removeprefix("tabel-"), *row] for row in rows)


def _rows(table: Path) -> Iterator[list[str]]:
    with table.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


def _write_archive(package: Path) -> None:
    """The package as it is, so that anybody can check the proof with the tables that it speaks of."""
    names = sorted(path for path in package.iterdir() if path.name not in (TABLE, ARCHIVE))
    with zipfile.ZipFile(package / ARCHIVE, "w") as archive:
        for path in names:
            entry = zipfile.ZipInfo(path.name, date_time=FIRST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
