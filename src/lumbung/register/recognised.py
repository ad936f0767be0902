"""What was recognised in a file: which tables hold people, and what each column is. Plain values, ready for JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table: its letter, its heading, its field, and how that is known.

    `how` is heading, value (what stands in it says so), told (a person said so) or unclear (a person should).
    The heading is a word from the file: whoever shows it, scrubs it.
    """

    letter: str
    heading: str
    field: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """One table with people in it: its number in the document, the rows of its headings (from 0), its columns."""

    table: int
    headings: tuple[int, ...]
    columns: tuple[Column, ...]

    def letters(self, field: str) -> list[str]:
        """The columns that hold a field."""
        return [column.letter for column in self.columns if column.field == field and column.how != "unclear"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """The layout's name ("lain" for one that nobody knows), or the reason why this is no register of residents.

    `refusal` is kebab-case: not-a-register, hidden-sheet, no-headings, voters, aid-list, survey, moves,
    too-few-columns. `unmapped` are headings that nobody knows, `missing` fields that every table of the set needs and
    this file does not have.
    """

    layout: str
    banded: bool
    tables: tuple[People, ...]
    unmapped: tuple[str, ...]
    missing: tuple[str, ...]
    refusal: str = ""

    @property
    def unclear(self) -> tuple[Column, ...]:
        """The columns that a person should name, each once."""
        return tuple({c.letter: c for table in self.tables for c in table.columns if c.how == "unclear"}.values())

    @property
    def needs_confirmation(self) -> bool:
        """Whether a person has to name columns before anything is counted."""
        return not self.refusal and bool(self.unclear)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON; the inverse of `from_dict`."""
        return asdict(self)

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> "Recognised":
        """Raise TypeError or KeyError where the shape is not that of `as_dict`."""
        tables = tuple(
            People(
                table=int(raw["table"]),
                headings=tuple(int(row) for row in raw["headings"]),
                columns=tuple(Column(**column) for column in raw["columns"]),
            )
            for raw in plain["tables"]
        )
        listed = {name: tuple(str(one) for one in plain[name]) for name in ("unmapped", "missing")}
        return cls(
            layout=str(plain["layout"]),
            banded=bool(plain["banded"]),
            tables=tables,
            refusal=str(plain["refusal"]),
            **listed,
        )
