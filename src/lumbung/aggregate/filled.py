"""What a village writes into its monograph itself: values of the form's own kinds, which cannot hold a person.

Numbers of persons are asked for in few fields, and are printed under the same rule as counted ones; specific data is
not taken at all. Nothing that is typed here is in a sum with what is counted, so it cannot give a hidden number back.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lumbung.aggregate import typed
from lumbung.aggregate.typed import Value

PATH = Path(__file__).with_name("monograph.toml")
MOST = {"whole": 10**6, "money": 20_000_000, "number": 10**14}
HEADS = ("isi", "nilai")  # over the values, in a blank and in a monograph that was printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the form. `counted` ones come from a register; the others have a `kind` and perhaps `choices`."""

    number: str
    name: str
    label: str
    unit: str
    counted: bool
    kind: str = ""
    choices: tuple[str, ...] = ()
    people: bool = False
    specific: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a village wrote, by the names of fields (see `understood`), and whose word it is and of when."""

    values: Mapping[str, Value]
    source: str


@cache
def form() -> dict[str, Any]:
    """The form as it is written down: `fields` and `notes`."""
    return tomllib.loads(PATH.read_text(encoding="utf-8"))


@cache
def fields() -> tuple[Field, ...]:
    """All fields in the order of the form."""
    return tuple(
        Field(
            number=raw["number"],
            name=raw["name"],
            label=raw["label"],
            unit=raw["unit"],
            counted=raw["from"] == "register",
            kind=raw.get("kind", ""),
            choices=tuple(raw.get("choices", ())),
            people=raw.get("people", False),
            specific=raw.get("specific", False),
        )
        for raw in form()["fields"]
    )


def understood(raw: Mapping[str, object]) -> tuple[dict[str, Value], list[str]]:
    """The values that fit their fields, and the names of the fields whose values do not. Empty ones are neither.

    What is asked of no village (counted, specific, unknown) is left out without a word.
    """
    values: dict[str, Value] = {}
    wrong: list[str] = []
    for field in fields():
        given = raw.get(field.name)
        if field.counted or field.specific or given is None or str(given).strip() in ("", "-", "–", "*"):
            continue
        value = _value(field, given)
        if value is None:
            wrong.append(field.name)
        else:
            values[field.name] = value
    return values, wrong


def from_rows(rows: Iterable[Sequence[str]]) -> dict[str, str]:
    """What stands beside the name or the label of each field, under a heading of HEADS, in the cells of a table."""
    column = -1
    found: dict[str, str] = {}
    for row in rows:
        heads = [number for number, cell in enumerate(row) if cell.strip().casefold() in HEADS]
        column = heads[0] if heads else column
        name = next(_named(row), "")
        if name and not heads and -1 < column < len(row):
            found.setdefault(name, row[column].strip())
    return found


def _named(row: Sequence[str]) -> Iterator[str]:
    known = {field.name: field.name for field in fields()} | {field.label.casefold(): field.name for field in fields()}
    return (known[cell.strip().casefold()] for cell in row if cell.strip().casefold() in known)


def _value(field: Field, given: object) -> Value | None:
    """The value; None where it is none of this field."""
    text = " ".join(str(given).split())
    if field.kind == "choice":
        return next((choice for choice in field.choices if choice.casefold() == text.casefold()), None)
    if field.kind == "text":
        return text if _names_a_place(text) else None
    plain = text.replace(".", ",") if isinstance(given, float) else text
    number = typed.decimal(plain) if field.kind == "number" else typed.whole(text, money=field.kind == "money")
    return None if number is None or number > MOST[field.kind] else number


def _names_a_place(text: str) -> bool:
    long = len(text) > typed.LONGEST_TEXT or typed.DIGITS.search(text) or typed.COUNTED.search(text)
    return not long and typed.TEXT.fullmatch(text) is not None
