"""Values of an SQL dump that are bytes in hexadecimal digits: text becomes text, anything else is looked into.

Sources: MySQL (0xAB, x'AB'), SQLite (X'AB'), PostgreSQL's bytea (\\xAB).
"""

import re

import polars as pl

from lumbung.document import Place
from lumbung.read.harvest import Harvest
from lumbung.read.unknown_part import TEXT_CONTROLS, take_in

HEXADECIMAL = r"^(?:0x|\\\\?x|[xX]')([0-9a-fA-F]{2,})'?(?:::bytea)?$"
_HEXADECIMAL = re.compile(HEXADECIMAL)


def open_blobs(harvest: Harvest, texts: pl.DataFrame, place: Place) -> pl.DataFrame:
    """The same cells, with bytes replaced by the text that they are; other bytes are laid into the basket."""
    return texts.with_columns(_column(harvest, texts[name], place.but(column=name)) for name in texts.columns)


def _column(harvest: Harvest, column: pl.Series, place: Place) -> pl.Series:
    where = column.str.contains(HEXADECIMAL).fill_null(False).arg_true()
    if where.is_empty():
        return column
    return column.scatter(where, [_text(harvest, cell, place) for cell in column.gather(where)])


def _text(harvest: Harvest, cell: str, place: Place) -> str | None:
    digits = _HEXADECIMAL.fullmatch(cell)
    if digits is None or len(digits[1]) % 2:
        return cell
    blob = bytes.fromhex(digits[1])
    if not TEXT_CONTROLS.search(blob):
        return blob.decode("utf-8", "lumbung-cp1252")
    inside = f"{place.part or ''}{'!' if place.part else ''}{place.sheet}.{place.column}"
    take_in(harvest, [blob], place=Place(part=inside), cells=True)
    return None
