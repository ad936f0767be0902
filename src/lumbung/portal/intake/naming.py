"""What runs in the confined child before somebody describes a file or its columns: what it says about itself.

Imports the gate and rebuild alone, for the child has no business with a database. `file` is a stranger's file.
"""

import re
from typing import Any, BinaryIO

import polars as pl

from lumbung import gate
from lumbung.rebuild import clean_tables

MOST_NAMES = 100  # as many columns as the page of a dataset shows
LONGEST_NAME = 200
MOST_LINES = 4
OF_YEARS = re.compile(r"(?i)^\s*(tahun|thn|year)( (anggaran|data))?\s*$")
YEARS = (1980, 2049)


def names(*, file: BinaryIO, inspection: dict[str, Any]) -> dict[str, Any]:
    """The names of the columns that would be published, each once, in their order; never a cell.

    Raise gate.NotTheInspectedFile.
    """
    document = gate.contents(file, gate.Inspection.from_dict(inspection))
    named = [column for table in clean_tables(document) for column in table.cells.columns]
    short = [name for name in dict.fromkeys(named) if len(name) <= LONGEST_NAME]
    return {"names": short[:MOST_NAMES]}


def glimpse(*, file: BinaryIO, inspection: dict[str, Any]) -> dict[str, Any]:
    """Of the first table that would be published: its `names`, which of them are `numeric`, the `lines` around it, and
    the first and the last of its `years`, where a column is called so. No other cell. Raise gate.NotTheInspectedFile.
    """
    document = gate.contents(file, gate.Inspection.from_dict(inspection))
    table = next(iter(clean_tables(document)), None)
    if table is None:
        return {"names": [], "numeric": [], "lines": [], "years": []}
    kept = [column for column in table.cells if len(column.name) <= LONGEST_NAME][:MOST_NAMES]
    return {
        "names": [column.name for column in kept],
        "numeric": [column.dtype.is_numeric() for column in kept],
        "lines": [line for line in table.notes if len(line) <= LONGEST_NAME][:MOST_LINES],
        "years": _years(kept),
    }


def _years(columns: list[pl.Series]) -> list[int]:
    """Empty where a cell of such a column is no year."""
    found = [column.drop_nulls() for column in columns if OF_YEARS.match(column.name.replace("_", " "))]
    for column in found:
        if column.dtype.is_integer() and column.len() and column.is_between(*YEARS).all():
            return [int(column.min()), int(column.max())]  # type: ignore[arg-type]
    return []
