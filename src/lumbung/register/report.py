"""What was noticed while a register was read: how many, in which rows, never what stands there. Ready for JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

SHOWN = 12  # ranges of rows in one note


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing noticed: `code` (see `sentences`), how many people, rows as on the sheet ("5-9, 14"), which field.

    `left_out` says whether these people are not counted. `sheet` is a word from the file: whoever shows it scrubs it.
    """

    code: str
    count: int
    rows: str = ""
    sheet: str = ""
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


def ranges(rows: Iterable[int]) -> str:
    """Row numbers in few words.

    >>> ranges([5, 6, 7, 12])
    '5-7, 12'
    """
    listed = sorted(set(rows))
    runs = []
    for _, pairs in groupby(enumerate(listed), key=lambda pair: pair[1] - pair[0]):
        run = [row for _, row in pairs]
        runs.append(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}")
    return ", ".join(runs[:SHOWN]) + (", …" if len(runs) > SHOWN else "")
