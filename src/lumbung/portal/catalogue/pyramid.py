"""A population pyramid out of printed numbers, drawn on the server: without JavaScript, and with its table beside it.

Bands of age are taken as they were printed (five years, ten years, or wider); a hidden number is drawn as hidden,
never as nought. Where a village prints both sexes together only, there is no pyramid.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from lumbung.portal.catalogue.printed import Numbers

TABLE = "umur"
ROW, GAP, HALF, MIDDLE = 20, 3, 250, 80  # units of the drawing


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
        return self.y + 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Pyramid:
    """The youngest at the bottom. `hidden` counts the numbers that are not printed; `villages` how many are in it."""

    bars: list[Bar]
    hidden: int
    villages: int

    width = 2 * HALF + MIDDLE
    women_x = HALF + MIDDLE
    middle_x = HALF + MIDDLE // 2

    @property
    def height(self) -> int:
        """Of the drawing."""
        return len(self.bars) * (ROW + GAP)

    @property
    def upwards(self) -> list[Bar]:
        """The youngest first, as a table is read."""
        return self.bars[::-1]


def pyramid_of(numbers: Numbers) -> Pyramid | None:
    """The pyramid of one village, or nothing."""
    return rolled_up([numbers])


def rolled_up(all_numbers: Iterable[Numbers]) -> Pyramid | None:
    """The printed numbers of several villages added up, of those with the bands that most of them print.

    A hidden number adds nothing and is counted in `hidden`, so that the page can say what is missing.
    """
    by_bands: dict[tuple[str, ...], list[Numbers]] = {}
    for numbers in all_numbers:
        if bands := _bands(numbers):
            by_bands.setdefault(bands, []).append(numbers)
    if not by_bands:
        return None
    bands, alike = max(by_bands.items(), key=lambda one: (len(one[1]), len(one[0])))
    hidden = sum(numbers[TABLE, sex, band] is None for numbers in alike for sex in "LP" for band in bands)
    return Pyramid(bars=_bars(bands, alike), hidden=hidden, villages=len(alike))


def _bands(numbers: Numbers) -> tuple[str, ...]:
    """The bands of age that are printed for men and women, the youngest first; the unknown age is no band."""
    count = Counter(band for table, sex, band in numbers if table == TABLE and sex in ("L", "P"))
    return tuple(sorted((band for band, sexes in count.items() if sexes == 2 and band[:1].isdigit()), key=_from))


def _from(band: str) -> int:
    return int(band.partition("-")[0].rstrip("+"))


def _bars(bands: tuple[str, ...], alike: list[Numbers]) -> list[Bar]:
    sums = [(band, _sum(alike, "L", band), _sum(alike, "P", band)) for band in bands]
    longest = max((value or 0 for _band, *values in sums for value in values), default=0) or 1
    return [
        Bar(
            label=band.replace("-", "–"),
            men=men,
            women=women,
            y=row * (ROW + GAP),
            men_width=round(HALF * (men or 0) / longest),
            women_width=round(HALF * (women or 0) / longest),
        )
        for row, (band, men, women) in enumerate(reversed(sums))
    ]


def _sum(alike: list[Numbers], sex: str, band: str) -> int | None:
    printed = [value for numbers in alike if (value := numbers[TABLE, sex, band]) is not None]
    return sum(printed) if printed else None
