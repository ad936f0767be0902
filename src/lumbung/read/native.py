"""Python values, as python-calamine gives them, into cells: for sheets whose format only it can read."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from python_calamine import CalamineError, CalamineSheet

from lumbung.read.cells import Cells, number_text

DAMAGE = (CalamineError, OverflowError, ValueError, OSError)


@contextmanager
def without_panic() -> Iterator[None]:
    """Turn a panic in the library below, which is no Exception and has no name to import, into a ValueError."""
    try:
        yield
    except BaseException as panic:
        if type(panic).__name__ == "PanicException":
            raise ValueError("panic") from panic
        raise


def gather(sheet: CalamineSheet) -> Cells:
    """All cells of a sheet, at their own rows and columns. Raises what is in DAMAGE."""
    cells = Cells()
    start = sheet.start
    if start is None:
        return cells
    for row, values in enumerate(sheet.to_python(skip_empty_area=True), start[0]):
        for column, value in enumerate(values, start[1]):
            if value != "":
                _put(cells, row, column, value)
    return cells


def _put(cells: Cells, row: int, column: int, value: object) -> None:
    if isinstance(value, str):
        cells.put(row, column, value)
    elif isinstance(value, bool):
        cells.put(row, column, str(value).lower())
    elif isinstance(value, int | float):
        cells.put(row, column, number_text(float(value)), float(value))
    else:
        cells.put(row, column, moment_text(value))


def moment_text(value: object) -> str:
    """A date as fastexcel writes it, with its time of day; a duration as Python does.

    >>> moment_text(datetime.date(2020, 1, 2)), moment_text(datetime.time(7, 5))
    ('2020-01-02 00:00:00', '07:05:00')
    """
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return f"{value} 00:00:00"
    return str(value)
