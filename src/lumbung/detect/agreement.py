"""Does a column of numbers agree with another column: its dates with dates of birth, its sex with a column of sexes?

Plain agreement lies: a constant "L" agrees with most numbers of family cards. So sex is weighed for women and men
apart, only where both occur, and everything is set against what unrelated rows of the same columns would give.
Agreement can only strengthen: a corrected birth date leaves the NIK as it was.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import polars as pl

from lumbung.detect.chance import at_least
from lumbung.detect.structure import parts
from lumbung.document import Table

SAMPLE = 1_000
"""Rows that are compared at most: so few that Python's own lists are quicker than a column's machinery."""
LEAST = 5
CERTAIN = 0.001
SPELLINGS = 50
"""More values than this, blanks around them included, are no column of sexes."""
_DATED = re.compile(r"\d[-/. |]\d{1,2}[-/. |]\d")
_DAY_FIRST = re.compile(r"(?:^|[ ,/])(\d{1,2})[-/. |](\d{1,2})[-/. |](?:\d{2}|\d{4})(?:$|[ T])")
_YEAR_FIRST = re.compile(r"(?:^|[ ,/])\d{4}[-/.](\d{1,2})[-/.](\d{1,2})(?:$|[ T])")

Cells = Sequence[str | None]


def with_others(table: Table, column: str, hits: pl.DataFrame) -> dict[str, float]:
    """The best agreement of each kind, as evidence; empty where chance explains it. `hits` has row and number."""
    whole = hits.drop_nulls("number")
    some = whole.gather_every(max(1, whole.height // SAMPLE))
    if some.height < LEAST:
        return {}
    seen = parts(some["number"])
    days, women = (seen["day_month"] % 4000).to_list(), seen["woman"].to_list()
    best = {"agrees-birth-date": 0.0, "agrees-sex": 0.0}
    for series in table.texts.drop(column)[some["row"]].get_columns():
        cells = series.to_list()
        different = set(cells)
        if any(_DATED.search(cell) for cell in different if cell):
            best["agrees-birth-date"] = max(best["agrees-birth-date"], _dates(days, cells))
        if len(set(women)) == 2 and len(different) <= SPELLINGS and _are_sexes(different):
            best["agrees-sex"] = max(best["agrees-sex"], _sexes(women, cells))
    return {name: round(share, 4) for name, share in best.items() if share}


def _dates(days: Sequence[int], cells: Cells) -> float:
    """The share of rows in which day and month agree, 0.0 where chance explains it. Years may have been shifted."""
    both = [
        (own, other) for own, cell in zip(days, cells, strict=True) if (other := _day_month(cell or "")) is not None
    ]
    if len(both) < LEAST:
        return 0.0
    agreed = sum(own == other for own, other in both)
    chance = at_least(agreed, of=len(both), probability=max(*_shifted(both), 1 / 366))
    return agreed / len(both) if chance < CERTAIN else 0.0


def _day_month(cell: str) -> int | None:
    """DDMM of a cell that holds a date."""
    if found := _DAY_FIRST.search(cell):
        return int(found[1]) * 100 + int(found[2])
    found = _YEAR_FIRST.search(cell)
    return int(found[2]) * 100 + int(found[1]) if found else None


def _shifted(both: Sequence[tuple[int, int]]) -> Iterator[float]:
    """Agreement with rows that have nothing to do with each other."""
    others = [other for _, other in both]
    for step in {1, 3, len(both) // 2}:
        turned = others[step:] + others[:step]
        yield sum(own == other for (own, _), other in zip(both, turned, strict=True)) / len(both)


def _are_sexes(different: Collection[str | None]) -> bool:
    """Whether there are two to four values, blanks left out."""
    return 2 <= len({cell.strip() for cell in different if cell} - {""}) <= 4


def _sexes(women: Sequence[bool], cells: Cells) -> float:
    """The balanced agreement with a column of two to four values, 0.0 where one sex is rare or chance explains it."""
    both = [(woman, value) for woman, cell in zip(women, cells, strict=True) if cell and (value := cell.strip())]
    of_women = sum(woman for woman, _ in both)
    share = of_women / len(both) if both else 0.0
    if len(both) < LEAST or not 0.1 <= share <= 0.9:
        return 0.0
    counts = Counter(both)
    values = {value for _, value in both}
    female = {value for value in values if counts[True, value] > counts[False, value]}
    women_right = sum(counts[True, value] for value in female)
    men_right = sum(counts[False, value] for value in values - female)
    chance = 2 ** len(values) * at_least(women_right + men_right, of=len(both), probability=max(share, 1 - share))
    balanced = (women_right / of_women + men_right / (len(both) - of_women)) / 2
    return balanced if chance < CERTAIN and balanced > 0.5 else 0.0
