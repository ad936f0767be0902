"""Features being gathered into one table with a geometry beside every row, for every reader of maps.

Positions are kept as numbers. What stands where a position belongs and is none (a text, a number that no place on
earth has, sixteen digits in a row) is said as loose text besides, since a number can hide there as well.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lumbung.document import Geometry, Layer, Passage, Place, Table
from lumbung.read.reference_system import Located
from lumbung.read.sweep import swept
from lumbung.read.unreadable import Unreadable

MOST_POSITIONS = 4_000_000  # each takes about 150 bytes as Python keeps them
FARTHEST = 1e8  # metres or degrees: no reference system reaches further
NO_DATA = 1e38
LONG_RUN = re.compile(r"\d{16}")
DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


class NoPosition(Exception):
    """What stands there is no position."""


@dataclass(slots=True)
class Surveyor:
    """Counts positions, and keeps what was odd about them."""

    positions: int = 0
    odd: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def position(self, written: Sequence[str]) -> tuple[float, ...]:
        """Two or three numbers as they are written. Raise NoPosition, or Unreadable("too-large") past the ceiling."""
        self.positions += 1
        if self.positions > MOST_POSITIONS:
            raise Unreadable("too-large")
        self.odd += [text for text in written if len(text) > 15 and LONG_RUN.search(text)]
        try:
            numbers = tuple(float(text) for text in written[:3])
        except ValueError:
            raise NoPosition from None
        if len(numbers) < 2 or not all(math.isfinite(one) and abs(one) < FARTHEST for one in numbers):
            self.wrong.append(" ".join(written))
            raise NoPosition
        if len(written) > 3:
            self.wrong.append(" ".join(written[3:]))
        return numbers

    def look(self, numbers: Iterable[float]) -> None:
        """Keep those of bounds and measures that neither has; what is below -1e38 says "no data" in many formats."""
        self.wrong += [repr(number) for number in numbers if FARTHEST <= abs(number) < NO_DATA]

    def passages(self, place: Place) -> Iterable[Passage]:
        """What was odd: numbers that are no coordinates as text, very long decimals as raw text."""
        yield from swept(place, "\n".join(self.odd))
        if self.wrong:
            yield Passage(place=place, text="\n".join(self.wrong))


def with_layer(table: Table, geometries: Sequence[Geometry | None], located: Located | None) -> Table:
    """The table, whose first row is its header, with one geometry for each row below. All None: no layer at all.

    `located` turns positions into degrees; where it is None, or leads off the globe, the layer is not located.
    """
    if not any(geometries):
        return table
    turned = [located and one and _turned(one, located) for one in geometries]
    known = located is not None and all(map(_is_on_globe, filter(None, turned)))
    kept = turned if known else geometries
    return replace(table, layer=Layer(geometries=(None, *(one or None for one in kept)), located=known))


def _turned(geometry: Geometry, located: Located) -> Geometry:
    if geometry.parts:
        return replace(geometry, parts=tuple(_turned(part, located) for part in geometry.parts))
    return replace(geometry, coordinates=_turned_positions(geometry.coordinates, located))


def _turned_positions(nested: tuple[Any, ...], located: Located) -> tuple[Any, ...]:
    if nested and isinstance(nested[0], float):
        try:
            return (*located(nested[0], nested[1]), *nested[2:])
        except (ValueError, OverflowError, ZeroDivisionError):  # so far off that the formulas end
            return (math.inf, math.inf)
    return tuple(_turned_positions(one, located) for one in nested)


def _is_on_globe(geometry: Geometry) -> bool:
    return all(abs(one[0]) <= 180 and abs(one[1]) <= 90 for one in positions(geometry))


def positions(geometry: Geometry) -> Iterable[tuple[float, ...]]:
    """Every position of a geometry, in order."""
    for part in geometry.parts:
        yield from positions(part)
    yield from _positions(geometry.coordinates)


def _positions(nested: tuple[Any, ...]) -> Iterable[tuple[float, ...]]:
    if nested and isinstance(nested[0], float):
        yield nested
    else:
        for one in nested:
            yield from _positions(one)
