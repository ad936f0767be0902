"""The definitions of the blanks: one TOML file each beside this one. Read once, never changed.

What a definition says is Indonesian, and so are the tables and workbooks made of it. The screen shows it in the
reader's language (`in_language`); front/messages.py reads the TOML files for the sentences to translate.
"""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from django.utils.translation import gettext

Kind = Literal["whole", "number", "money", "choice", "text"]
FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: what may stand in it. No kind can hold a person but "text", which is short and inspected.

    `said` is what readers of the table are told about it, where the label does not say enough.
    `most` is the largest number, `at_most` a column of the same line that this one may not exceed. `fresh`: last
    year's value says nothing about this year's. `people`: it counts persons, and a number between nought and this one
    is neither taken nor a difference between two years.
    """

    name: str
    label: str
    kind: Kind
    unit: str = ""
    section: str = ""
    help: str = ""
    said: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    fresh: bool = False
    people: int = 0
    most: int = 10**14
    at_most: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line that every village fills in. `sign` is what it counts for in a balance."""

    code: str
    label: str = ""
    section: str = ""
    sign: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """One blank. With `lines`, each is filled in; with `free`, so many lines may be; else there is a single one.

    `balanced` is the column whose signed sum over all lines ought to be nought. The rest describes the dataset.
    """

    code: str
    title: str
    about: str
    theme: str
    unit: str
    frequency: str
    source: str
    legal_basis: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...] = ()
    free: int = 0
    balanced: str = ""

    def rows(self) -> tuple[Line, ...]:
        """The lines of the form: given ones, numbered empty ones, or one without a name."""
        if self.free:
            return tuple(Line(code=str(number)) for number in range(1, self.free + 1))
        return self.lines or (Line(code="1"),)

    @property
    def single(self) -> bool:
        """Whether there is but one line, to be filled in from top to bottom."""
        return not (self.lines or self.free)


Part = TypeVar("Part", Blank, Column, Line)


@cache
def blanks() -> dict[str, Blank]:
    """Every blank by its code, in the order of their titles."""
    read = [_read(tomllib.loads(path.read_text(encoding="utf-8"))) for path in FOLDER.glob("*.toml")]
    return {blank.code: blank for blank in sorted(read, key=lambda blank: blank.title)}


def in_language(blank: Blank) -> Blank:
    """The blank as the screen shows it to whoever asks now. Codes, names and choices stay, for they are kept and
    compared; what a choice is called is said by `worded`."""
    columns = tuple(_worded(one, "label", "unit", "section", "help") for one in blank.columns)
    lines = tuple(_worded(one, "label", "section") for one in blank.lines)
    return _worded(replace(blank, columns=columns, lines=lines), "title", "about")


def worded(text: str) -> str:
    """A text of a definition in the reader's language."""
    return gettext(text) if text else ""  # an empty one would give the catalogue's own heading


def _worded(part: Part, *names: str) -> Part:
    said: dict[str, Any] = {name: worded(getattr(part, name)) for name in names}
    return replace(part, **said)


def _read(plain: dict[str, Any]) -> Blank:
    columns = tuple(Column(**{**one, "choices": tuple(one.get("choices", ()))}) for one in plain.pop("columns"))
    lines = tuple(Line(**one) for one in plain.pop("lines", ()))
    return Blank(**plain, columns=columns, lines=lines)
