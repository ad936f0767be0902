"""Registers that somebody has spoiled: each a change of the rows that OpenSID exports, and what has to come of it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from lumbung.invent import LAYOUTS, Household
from lumbung.invent.workbooks import write

Rows = list[list[object]]
Change = Callable[[Rows, dict[str, int]], Rows]


def everywhere(column: str, value: object, *, every: int = 1) -> Change:
    """The same value in each `every`-th row of a column."""

    def change(rows: Rows, place: dict[str, int]) -> Rows:
        for number, row in enumerate(rows[1:]):
            if number % every == 0:
                row[place[column]] = value
        return rows

    return change


def one_nik_for_two(rows: Rows, place: dict[str, int]) -> Rows:
    """The sixth person bears the first one's number."""
    rows[6][place["nik"]] = rows[1][place["nik"]]
    return rows


def a_hundred_times(rows: Rows, place: dict[str, int]) -> Rows:
    """Every row a hundred times over."""
    return [rows[0], *(row for _ in range(100) for row in rows[1:])]


SPOILED: dict[str, tuple[Change, str, str]] = {
    # what was done: the change, the code of the refusal ("" where statistics come of it), a note that must be there
    "wrong codes": (everywhere("agama_id", 77, every=9), "", "unknown-code"),
    "missing ages": (everywhere("tanggallahir", "", every=20), "", "age-from-nik"),
    "two people with one NIK": (one_nik_for_two, "", "two-people-one-nik"),
    "every tenth dead": (everywhere("status_dasar", 2, every=10), "", "dead"),
    "everybody moved": (everywhere("status_dasar", 3), "nobody", "moved"),
    "no hamlet": (everywhere("dusun", ""), "", ""),
    "one of a faith": (everywhere("agama_id", 1), "", ""),
    "a hundred times the rows": (a_hundred_times, "", "same-person-twice"),
}


def spoiled(what: str, households: Sequence[Household], folder: Path) -> Path:
    """The register as XLSX."""
    layout = next(layout for layout in LAYOUTS if layout.name == "opensid-ekspor")
    (page,) = layout.build(tuple(households))
    place = {str(head): number for number, head in enumerate(page.rows[0])}
    change, _, _ = SPOILED[what]
    rows = change([list(row) for row in page.rows], place)
    path = folder / "spoiled.xlsx"
    write((page.but(rows=tuple(map(tuple, rows))),), to=path, format="xlsx")
    return path
