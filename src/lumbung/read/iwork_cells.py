"""The cells of a table in Apple's Numbers: tiles of rows, and in each row cells of one storage format.

Source: the project numbers-parser (cell storage version 5); Apple publishes no description.
"""

import struct
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from lumbung.read.cells import number_text
from lumbung.read.iwork_archive import Damaged, fields, number_of, values

VERSION = 5
EMPTY, SPANNED, NUMBER, TEXT, FORMULA, DATE, TRUTH, DURATION, ERROR, RICH, CURRENCY = range(11)
HAS_DECIMAL, HAS_DOUBLE, HAS_SECONDS, HAS_STRING, HAS_RICH = 1, 2, 4, 8, 16
EPOCH = datetime(2001, 1, 1)
BIAS = 0x1820  # of the exponent of a decimal of 128 bits
MOST_DIGITS = 40

Cell = tuple[int, int, str, float | None]  # row in the tile and column from 0; text; the number where it is one


class Lists:
    """What cells point at: strings by key, and texts with formatting by key; None where nobody knows the lists."""

    def __init__(self, strings: dict[int, str] | None, rich: dict[int, str] | None) -> None:
        self._strings, self._rich = strings, rich

    def string(self, key: int) -> str:
        """Raise Damaged where there is none."""
        return _of(self._strings, key)

    def rich(self, key: int) -> str:
        """Raise Damaged where there is none."""
        return _of(self._rich, key)


def _of(texts: dict[int, str] | None, key: int) -> str:
    if texts is None:
        return ""
    if key not in texts:
        raise Damaged
    return texts[key]


def cells_of(tile: bytes, lists: Lists) -> Iterator[Cell]:
    """The cells of a tile (message TST.Tile). Raise Damaged, for rows of older programs too."""
    for row in values(tile, 5):
        index = number_of(row, 1)
        storage, offsets = b"".join(values(row, 6)[:1]), b"".join(values(row, 7)[:1])
        if not storage:
            if number_of(row, 2):
                raise Damaged
            continue
        scale = 4 if number_of(row, 8) else 1
        starts = struct.unpack(f"<{len(offsets) // 2}h", offsets[: len(offsets) // 2 * 2])
        for column, start in enumerate(starts):
            if start >= 0 and (found := _cell(storage, start * scale, lists)):
                yield index, column, *found


def _cell(storage: bytes, start: int, lists: Lists) -> tuple[str, float | None] | None:
    """Text and number of a cell; None for one that is empty."""
    try:
        version, kind, flags = struct.unpack_from("<BB6xI", storage, start)
        if version != VERSION:
            raise Damaged
        return _value(kind, _stored(storage, start + 12, flags), lists)
    except (struct.error, OverflowError) as damage:
        raise Damaged from damage


def _stored(storage: bytes, position: int, flags: int) -> dict[int, bytes]:
    """The parts that a cell says it has, in their order."""
    parts = {}
    for flag, size in ((HAS_DECIMAL, 16), (HAS_DOUBLE, 8), (HAS_SECONDS, 8), (HAS_STRING, 4), (HAS_RICH, 4)):
        if flags & flag:
            parts[flag] = storage[position : position + size]
            position += size
    return parts


def _value(kind: int, parts: dict[int, bytes], lists: Lists) -> tuple[str, float | None] | None:
    if HAS_STRING in parts:
        return lists.string(*struct.unpack("<I", parts[HAS_STRING])), None
    if HAS_RICH in parts:
        return lists.rich(*struct.unpack("<I", parts[HAS_RICH])), None
    if HAS_DECIMAL in parts:
        return _decimal(parts[HAS_DECIMAL])
    if HAS_SECONDS in parts:
        (seconds,) = struct.unpack("<d", parts[HAS_SECONDS])
        return _date(seconds), None
    if HAS_DOUBLE in parts:
        (number,) = struct.unpack("<d", parts[HAS_DOUBLE])
        return (("true" if number else "false"), None) if kind == TRUTH else (number_text(number), number)
    if kind not in (EMPTY, SPANNED, ERROR):
        raise Damaged
    return None


def _decimal(raw: bytes) -> tuple[str, float]:
    """A decimal of 128 bits, with all its digits."""
    whole = int.from_bytes(raw, "little")
    exponent = (whole >> 113 & 0x3FFF) - BIAS
    mantissa = whole & (1 << 113) - 1
    if abs(exponent) > MOST_DIGITS:
        return (str(mantissa), float(mantissa)) if mantissa else ("0", 0.0)
    number = Decimal((whole >> 127, tuple(map(int, str(mantissa))), exponent))
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text), float(number)


def _date(seconds: float) -> str:
    try:
        day = EPOCH + timedelta(seconds=seconds)
    except (OverflowError, ValueError):
        return number_text(seconds)
    return day.date().isoformat() if day.hour == day.minute == day.second == 0 else day.isoformat(sep=" ")


def entries_of(data_list: bytes) -> Iterator[tuple[int, bytes]]:
    """Key and entry of a list (TST.TableDataList, or a segment of one). Raise Damaged."""
    for entry in values(data_list, 3):
        yield number_of(entry, 1), entry


def reference(message: bytes) -> int:
    """The identifier in a reference (TSP.Reference). Raise Damaged."""
    return next((value for number, _, value in fields(message) if number == 1 and isinstance(value, int)), 0)
