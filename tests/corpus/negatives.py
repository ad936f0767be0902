"""The negative cases: several tables of each family of lookalikes, in formats that take turns."""

from collections.abc import Iterator
from random import Random

from lumbung.invent.lookalikes import FAMILIES
from lumbung.invent.sheet import Sheet
from lumbung.invent.workbooks import write
from tests.corpus.case import Case

FORMATS = ("xlsx", "csv", "xls", "ods", "html")
TABLES = 6
LAWFUL = frozenset(("officials", "polling-stations"))
"""Families that name people and may be lawful: a person has to look at them. All others are about nobody."""


def lookalikes(*, tables: int = TABLES) -> Iterator[Case]:
    """`tables` of every family."""
    for row, family in enumerate(FAMILIES):
        for number in range(tables):
            format = FORMATS[(row + number) % len(FORMATS)]
            yield _case(family, number, format, FAMILIES[family](Random(f"{family}{number}")))


def _case(family: str, number: int, format: str, part: Sheet) -> Case:
    return Case(
        subject=family,
        damage=f"{number + 1}",
        format=format,
        write=lambda path: write((part,), to=path, format=format),
    )
