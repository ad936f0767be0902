"""Which columns are numbers. A code is not a number, and a number that can be read two ways stays as it was written.

Indonesian tables write 1.234,5 where a machine writes 1234.5, and "1.234" alone may be either. A column becomes
numbers only where every value in it reads one way and at least one value proves which.
"""

import re

import polars as pl

INTEGER = r"^-?(0|[1-9]\d{0,14})$"
POINT = r"^-?(0|[1-9]\d{0,14})(\.\d+)?([eE][+-]?\d{1,3})?$"
GROUPED = r"^-?(0|[1-9]\d{0,2}(\.\d{3})+|[1-9]\d{0,14})(,\d+)?$"
PROVES_POINT = r"\.(\d{1,2}|\d{4,})([eE].*)?$|^-?0\.\d+$|[eE]"
PROVES_GROUPED = r"\.\d{3}\.\d{3}|\.\d{3},\d|^-?\d+,(\d{1,2}|\d{4,})$|^-?0,\d+$"

# Words in a header that say "identifier": its digits are never added up.
IDENTIFIER = re.compile(
    r"(?i)\b(kode|code|id|npsn|nss|nip|npwp|nop|rt|rw|telp|telepon|hp|pos|rekening|nomor|akun)\b|kode_|_kode|_id$"
)


def typed(column: pl.Series, *, stored: pl.Series | None = None) -> pl.Series:
    """The column as Int64, Float64 or unchanged String. `stored` are the numbers that the file itself kept, if any.

    Never rounds: an integer of more than fifteen digits stays text. Does not read dates, percentages or currencies.
    """
    values = column.drop_nulls()
    if values.is_empty() or IDENTIFIER.search(column.name) or _looks_like_region_codes(values):
        return column
    if _all(values, INTEGER):
        return column.cast(pl.Int64)
    kept_by_file = stored is not None and stored.len() - stored.null_count() >= values.len()
    if _all(values, POINT) and (kept_by_file or _any(values, PROVES_POINT)):
        return _whole_if_whole(column.cast(pl.Float64))
    if _all(values, GROUPED) and _any(values, PROVES_GROUPED):
        plain = column.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
        return _whole_if_whole(plain.cast(pl.Float64))
    return column


def _looks_like_region_codes(values: pl.Series) -> bool:
    """Codes of districts (6 digits) or villages (10): as long as each other, one regency in front, each once."""
    if values.len() < 3 or not _all(values, r"^(\d{6}|\d{10})$"):
        return False
    alike = values.str.len_bytes().n_unique() == 1 and values.str.slice(0, 4).n_unique() == 1
    return alike and values.n_unique() == values.len()


def _whole_if_whole(numbers: pl.Series) -> pl.Series:
    filled = numbers.drop_nulls()
    if not filled.is_finite().all():
        return numbers
    whole = bool(((filled == filled.floor()) & (filled.abs() < 1e15)).all())
    return numbers.cast(pl.Int64) if whole else numbers


def _all(values: pl.Series, pattern: str) -> bool:
    return bool(values.str.contains(pattern).all())


def _any(values: pl.Series, pattern: str) -> bool:
    return bool(values.str.contains(pattern).any())
