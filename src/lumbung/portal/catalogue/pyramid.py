"""A population pyramid out of printed numbers, drawn on the server: without JavaScript, and with its table beside it.

Bands of age are taken as they were printed (five years, ten years, or wider); a hidden number is drawn as hidden,
never as nought. Where a village prints both sexes together only, there is no pyramid.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Ladder = Sequence[Sequence[Any]]
"""Bands of age, men, women: three lists of one length; None is hidden."""

ROW, GAP, HALF, MIDDLE = 16, 2, 130, 60  # units of the drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One band of age: numbers (None is hidden) and lengths and places in the drawing."""

    label: str
    men: int | None
    women: int | None
    y: int
    men_width: int
    women_width: int

    @property
    def men_x(self) -> int:
        """Where the men's bar begins: it grows to the left."""
        return HALF - self.men_width

    @property
    def text_y(self) -> int:
        """Where the words stand."""
        return self.y + 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Pyramid:
    """The youngest at the bottom. `hidden` counts the numbers that are not printed; `villages` how many are in it."""

    bars: list[Bar]
    hidden: int
    villages: int

    width = 2 * HALF + MIDDLE
    women_x = HALF + MIDDLE
    middle_x = HALF + MIDDLE // 2
    row = ROW

    @property
    def height(self) -> int:
        """Of the drawing."""
        return len(self.bars) * (ROW + GAP)

    @property
    def upwards(self) -> list[Bar]:
        """The youngest first, as a table is read."""
        return self.bars[::-1]


def rolled_up(ladders: Iterable[Ladder]) -> Pyramid | None:
    """The printed numbers of one or several villages added up, of those with the bands that most of them print.

    A hidden number adds nothing and is counted in `hidden`, so that the page can say what is missing.
    """
    by_bands: dict[tuple[str, ...], list[Ladder]] = {}
    for ladder in ladders:
        if ladder and ladder[0]:
            by_bands.setdefault(tuple(ladder[0]), []).append(ladder)
    if not by_bands:
        return None
    bands, alike = max(by_bands.items(), key=lambda one: (len(one[1]), len(one[0])))
    men, women = ([_sum(values) for values in zip(*(one[sex] for one in alike), strict=True)] for sex in (1, 2))
    hidden = sum(one[sex].count(None) for one in alike for sex in (1, 2))
    return Pyramid(bars=_bars(bands, men, women), hidden=hidden, villages=len(alike))


def _bars(bands: Sequence[str], men: list[int | None], women: list[int | None]) -> list[Bar]:
    longest = max((value or 0 for value in (*men, *women)), default=0) or 1
    return [
        Bar(
            label=band.replace("-", "–"),
            men=left,
            women=right,
            y=row * (ROW + GAP),
            men_width=round(HALF * (left or 0) / longest),
            women_width=round(HALF * (right or 0) / longest),
        )
        for row, (band, left, right) in enumerate(reversed(list(zip(bands, men, women, strict=True))))
    ]


def _sum(values: Iterable[int | None]) -> int | None:
    printed = [value for value in values if value is not None]
    return sum(printed) if printed else None
