"""Which columns are numbers. A code is not a number, and a number that can be read two ways stays as it was written.

Indonesian tables write 1.234,5 where a machine writes 1234.5, and "1.234" alone may be either. A column becomes
numbers only where every value in it reads one way and at least one value proves which: one of its own, or one of a
column beside it in the same table, written by the same hand.
"""

import re
from collections.abc import Iterable

import polars as pl

INTEGER = r"^-?(0|[1-9]\d{0,14})$"
POINT = r"^-?(0|[1-9]\d{0,14})(\.\d+)?([eE][+-]?\d{1,3})?$"
GROUPED = r"^-?(0|[1-9]\d{0,2}(\.\d{3}){1,4}|[1-9]\d{0,14})(,\d+)?$"
ENGLISH = r"^-?(0|[1-9]\d{0,2}(,\d{3}){1,4}|[1-9]\d{0,14})(\.\d+)?$"
# A machine writes 1e-05 or 1.5E7; "12E4" may as well be a block and a house.
PROVES_POINT = r"\.(\d{1,2}|\d{4,})([eE].*)?$|^-?0\.\d+$|[eE][+-]|\..*[eE]"
PROVES_GROUPED = r"\.\d{3}\.\d{3}|\.\d{3},\d|^-?\d+,(\d{1,2}|\d{4,})$|^-?0,\d+$"
PROVES_ENGLISH = r",\d{3},\d{3}|,\d{3}\.\d"
MIDNIGHT = r"^\d{4}-\d\d-\d\d 00:00:00$"  # how a cell that keeps only a date is read

# Words in a header that say "identifier": its digits are never added up.
IDENTIFIER = re.compile(
    r"(?i)\b(kode|code|id|npsn|nss|nip|npwp|nop|rt|rw|telp|telepon|hp|pos|rekening|nomor|akun)\b|kode_|_kode|_id$"
)


def writes_grouped(columns: Iterable[pl.Series]) -> bool:
    """Whether texts of a table prove that it writes 1.234,5, and none proves the contrary.

    `columns` must leave out those whose numbers the file itself kept: their text is the reader's, not the author's.
    """
    proved = [_proves(column.drop_nulls()) for column in columns]
    return "grouped" in proved and "point" not in proved


def typed(column: pl.Series, *, stored: pl.Series | None = None, grouped: bool = False) -> pl.Series:
    """The column as Int64, Float64 or String. `stored` are the numbers that the file itself kept, if any.

    `grouped` says that the table beside it writes 1.234,5 (`writes_grouped`). Never rounds: an integer of more than
    fifteen digits stays text. A date without a time loses its midnight. Does not read percentages or currencies.
    """
    values = column.drop_nulls()
    if values.is_empty() or IDENTIFIER.search(column.name) or _looks_like_region_codes(values):
        return column
    if _all(values, MIDNIGHT):
        return column.str.head(10)
    if _all(values, INTEGER):
        return column.cast(pl.Int64)
    if _all(values, POINT) and (kept_by_file(column, stored) or _any(values, PROVES_POINT)):
        numbers = column.cast(pl.Float64)
        return _whole_if_whole(numbers) if numbers.drop_nulls().is_finite().all() else column  # 1e999 is too large
    if _all(values, GROUPED) and (grouped or _any(values, PROVES_GROUPED)):
        plain = column.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
        return _whole_if_whole(plain.cast(pl.Float64))
    if _all(values, ENGLISH) and _any(values, PROVES_ENGLISH):
        return _whole_if_whole(column.str.replace_all(",", "", literal=True).cast(pl.Float64))
    return column


def kept_by_file(column: pl.Series, stored: pl.Series | None) -> bool:
    """Whether the file kept a number for every value of the column."""
    return stored is not None and stored.len() - stored.null_count() >= column.len() - column.null_count()


def _proves(values: pl.Series) -> str:
    if _all(values, POINT) and _any(values, PROVES_POINT):
        return "point"
    return "grouped" if _all(values, GROUPED) and _any(values, PROVES_GROUPED) else ""


def _looks_like_region_codes(values: pl.Series) -> bool:
    """Codes of districts (6 digits) or villages (10): as long as each other, one regency in front, each once."""
    if values.len() < 3 or not _all(values, r"^(\d{6}|\d{10})$"):
        return False
    alike = values.str.len_bytes().n_unique() == 1 and values.str.slice(0, 4).n_unique() == 1
    return alike and values.n_unique() == values.len()


def _whole_if_whole(numbers: pl.Series) -> pl.Series:
    filled = numbers.drop_nulls()
    whole = bool(((filled == filled.floor()) & (filled.abs() < 1e15)).all())
    return numbers.cast(pl.Int64) if whole else numbers


def _all(values: pl.Series, pattern: str) -> bool:
    return bool(values.str.contains(pattern).all())


def _any(values: pl.Series, pattern: str) -> bool:
    return bool(values.str.contains(pattern).any())
