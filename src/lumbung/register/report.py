"""What was noticed while a register was read: how many, in which rows, never what stands there. Ready for JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

SHOWN = 12  # ranges of rows in one note


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing noticed: `code` in kebab-case, how many people, rows as on the sheet, which field.

    Rows are "5-9, 14", or "#2: 5-9; #3: 14" for the second and third of several sheets. `left_out` says whether these
    people are not counted.
    """

    code: str
    count: int
    rows: str = ""
    field: str = ""
    left_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How many people were read, how many are counted, what was noticed.

    `refusal` is kebab-case where no statistics may be made of this register: what Recognised refuses, and
    needs-confirmation, nobody, too-many-unusable, future-births, other-village, no-children, old-register.
    """

    layout: str
    read: int
    counted: int
    households: int
    notes: tuple[Note, ...]
    refusal: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON; the inverse of `from_dict`."""
        return asdict(self)

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> "Report":
        """Raise TypeError or KeyError where the shape is not that of `as_dict`."""
        return cls(**{**plain, "notes": tuple(Note(**note) for note in plain["notes"])})


def ranges(rows: Iterable[int]) -> list[str]:
    """Row numbers in few words.

    >>> ranges([5, 6, 7, 12])
    ['5-7', '12']
    """
    runs = []
    for _, pairs in groupby(enumerate(sorted(set(rows))), key=lambda pair: pair[1] - pair[0]):
        run = [row for _, row in pairs]
        runs.append(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}")
    return runs


def where(places: Iterable[tuple[int, int]], *, sheets: int) -> str:
    """Rows (table from 0, row) as a clerk looks for them; with the number of the sheet where there are several.

    >>> where([(0, 5), (0, 6), (1, 9)], sheets=2)
    '#1: 5-6; #2: 9'
    """
    parts: list[str] = []
    shown = 0
    for table, pairs in groupby(sorted(set(places)), key=lambda place: place[0]):
        runs = ranges(row for _, row in pairs)
        if shown >= SHOWN:
            return "; ".join([*parts, "…"])
        kept = runs[: SHOWN - shown]
        shown += len(kept)
        text = ", ".join(kept) + (", …" if len(runs) > len(kept) else "")
        parts.append(f"#{table + 1}: {text}" if sheets > 1 else text)
    return "; ".join(parts)
