"""What each column is: by what a person said, by its heading, and by what stands under it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from lumbung.register import codes
from lumbung.register.headings import UNDECIDED, plain
from lumbung.register.recognised import Column

SAMPLE = 500  # filled cells that are looked at
ENOUGH = 0.6  # share of them that must fit; the rest may be misspelt, or belong to a band between families
SOME = 0.3  # in a known layout the heads of family forms may fill the same column
_STATES = ("status_kawin", "status_dasar")


def matched(
    columns: Sequence[Column], below: pl.DataFrame, *, told: Mapping[str, str], known_layout: bool
) -> list[Column]:
    """The columns with their fields. In a known layout headings are believed; elsewhere the values have a say."""
    said = {plain(key): field for key, field in told.items()} | {key.upper(): field for key, field in told.items()}
    found = [_told(column, said) for column in columns]
    taken = {column.field for column in found}
    found = [_by_state(column, below, taken, known_layout=known_layout) for column in found]
    if known_layout:
        return found
    taken = {column.field for column in found}
    return _once([_by_value(column, below, taken) for column in found])


def _told(column: Column, said: Mapping[str, str]) -> Column:
    field = said.get(plain(column.heading)) or said.get(column.letter)
    return replace(column, field=field, how="told") if field else column


def _by_state(column: Column, below: pl.DataFrame, taken: set[str], *, known_layout: bool) -> Column:
    """A heading that says "status" and no more: of marriage, or of life."""
    if column.field != UNDECIDED:
        return column
    open_fields = [field for field in _STATES if field not in taken]
    shares = {field: _share(below[column.letter], field) for field in open_fields}
    best = max(shares, key=lambda field: shares[field], default="")
    if best and shares[best] >= (SOME if known_layout else ENOUGH):
        return replace(column, field=best, how="value" if known_layout else "unclear")
    return replace(column, field="lain" if known_layout else "", how="heading" if known_layout else "unclear")


def _by_value(column: Column, below: pl.DataFrame, taken: set[str]) -> Column:
    """In a layout that nobody knows, numbers for codes, and words that fit or do not, are all asked about."""
    values = below[column.letter]
    if column.how == "told":
        return column
    if column.field in codes.fields():
        sure = _share(values, column.field) >= ENOUGH and not codes.are_numbers(_filled(values))
        return column if sure or not _filled(values).len() else replace(column, how="unclear")
    if column.field:
        return column
    fitting = [
        field
        for field in codes.fields()
        if field not in taken and not codes.are_numbers(_filled(values)) and _share(values, field) >= ENOUGH
    ]
    return replace(column, field=fitting[0], how="unclear") if fitting else column


def _once(columns: list[Column]) -> list[Column]:
    """Two columns of one field: a person says which; if one has, the other is of no use."""
    fields = [column.field for column in columns if column.field not in ("", "lain")]
    twice = {field for field in fields if fields.count(field) > 1}
    told = {column.field for column in columns if column.how == "told"}
    return [_of_two(column, told) if column.field in twice and column.how != "told" else column for column in columns]


def _of_two(column: Column, told: set[str]) -> Column:
    return replace(column, field="lain", how="heading") if column.field in told else replace(column, how="unclear")


def _share(values: pl.Series, field: str) -> float:
    filled = _filled(values)
    return codes.share(codes.to_codes(filled, field).is_not_null())


def _filled(values: pl.Series) -> pl.Series:
    return values.filter(~codes.is_blank(values)).head(SAMPLE)
