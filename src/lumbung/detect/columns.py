"""Takes the numbers of identifier length out of a column: every row is looked at, most by their length alone.

Gate first (bytes), then a cast of 16-byte cells to integers, then regular expressions on the residue that holds a
long run of digits and separators. Nothing is routed through a float.
"""

from collections.abc import Iterator
from enum import IntEnum
from operator import itemgetter

import polars as pl

from lumbung.detect import regions, rewritten
from lumbung.detect.chance import at_least
from lumbung.detect.patterns import (
    BARE,
    BETWEEN_COMMAS,
    BLANKED,
    CODED,
    DIGITS,
    ENTITY,
    FRAGMENT,
    GLUE,
    GROUPED,
    LENIENT,
    LIST,
    LONG_RUN,
    MASKED,
    POWER,
    REPEATED,
)
from lumbung.detect.reduced import TOP, Short
from lumbung.document import Table

LEAST_FRAGMENTS = 3
EMPTY = pl.DataFrame(schema={"row": pl.UInt32, "number": pl.Int64, "form": pl.UInt8})


class Form(IntEnum):
    """How the number was written."""

    PLAIN = 0
    FLOAT = 1
    SEPARATED = 2
    PROSE = 3
    SCIENTIFIC = 4
    MASKED = 5
    OFF_LENGTH = 6
    SPLIT = 7
    CODED = 8


def promising(counts: dict[str, int]) -> bool:
    """Whether any cell could hold an identifier, by its length and signs."""
    return any(counts[name] for name in ("sixteen", "residue", "power", "masked", "packed"))


def filled(table: Table, column: str) -> pl.DataFrame:
    """Columns row and cell of the non-empty cells, ascending."""
    cells = pl.DataFrame({"cell": table.texts[column]}).with_row_index("row")
    return cells.filter(pl.col("cell").str.len_bytes() > 0)


def numbers(table: Table, column: str, counts: dict[str, int], short: Short | None) -> pl.DataFrame:
    """Columns row (UInt32 grid position), number (Int64, sixteen digits), form (UInt8 of Form), ascending by row.

    `short` is what `reduced` made of the column, if anything.
    """
    cells = pl.DataFrame({"cell": table.texts[column]}).with_row_index("row")
    length = pl.col("cell").str.len_bytes()
    parts: list[pl.DataFrame] = []
    if counts["sixteen"]:
        parts.append(_plain(table.texts[column], short))
    if counts["residue"]:
        parts.extend(_residue(cells.filter((length > DIGITS) & pl.col("cell").str.contains(LONG_RUN))))
    if counts["power"]:
        parts.append(_power(cells.filter(length.is_between(14, 22) & pl.col("cell").str.ends_with("15"))))
    if counts["packed"]:
        parts.append(packed(cells.filter(length > DIGITS)))
    return parts[0] if len(parts) == 1 else pl.concat([EMPTY, *parts]).sort("row")


def loose(cells: pl.DataFrame) -> pl.DataFrame:
    """As `numbers`, for loose text: a frame of row and cell, of any length."""
    long = cells.filter(pl.col("cell").str.contains(LONG_RUN))
    return pl.concat([EMPTY, *_residue(long), packed(cells)]).sort("row")


def exact(tokens: pl.DataFrame) -> pl.DataFrame:
    """As `numbers`, for tokens (row, cell) that must be a number from their first sign to their last."""
    whole = tokens.filter(pl.col("cell").str.contains(r"^[0-9]{16}(?:[.,]0*)?$"))
    plain = _taken(whole.with_columns(pl.col("cell").str.slice(0, DIGITS)), pl.col("cell"), Form.PLAIN)
    power = _power(tokens.filter(pl.col("cell").str.contains(POWER)))
    return pl.concat([EMPTY, plain, power]).sort("row")


def _taken(cells: pl.DataFrame, number: pl.Expr, form: Form) -> pl.DataFrame:
    """The cells whose number is one, written as `form`; one digit sixteen times is filling."""
    taken = cells.select("row", number.cast(pl.Int64, strict=False).alias("number"))
    kept = taken.filter(_is_number(taken["number"]))
    return kept.with_columns(pl.lit(int(form), dtype=pl.UInt8).alias("form"))


def _is_number(numbers: pl.Series) -> pl.Series:
    return (numbers >= 0) & (numbers % REPEATED != 0)


def _plain(cells: pl.Series, short: Short | None) -> pl.DataFrame:
    """Cells of sixteen digits. Where they are most of a column, all are cast, which spares a copy of their texts."""
    whole = cells.str.len_bytes() == DIGITS
    if int(whole.sum()) * 2 < cells.len():
        return _taken(pl.DataFrame({"cell": cells}).with_row_index("row").filter(whole), pl.col("cell"), Form.PLAIN)
    numbers = _cast(cells, short)
    kept = whole & _is_number(numbers)
    return pl.DataFrame({"row": kept.arg_true(), "number": numbers.filter(kept)}).with_columns(
        form=pl.lit(int(Form.PLAIN), dtype=pl.UInt8)
    )


def _cast(cells: pl.Series, short: Short | None) -> pl.Series:
    if short is None or short.numbers is None:
        return cells.cast(pl.Int64, strict=False)
    return cells.head(TOP).cast(pl.Int64, strict=False).append(short.numbers)


def _residue(cells: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Cells longer than sixteen bytes: glued signs away, then bare runs, then separated ones."""
    clean = cells.with_columns(
        pl.col("cell").str.replace_all(GLUE, "").str.replace_all("\u00a0", " ", literal=True).str.strip_chars()
    )
    found = clean.select("row", whole=pl.col("cell"), piece=pl.col("cell").str.extract_all(BARE))
    runs = found.explode("piece").drop_nulls("piece")
    yield _bare(runs)
    yield _taken(rewritten.lengthened(runs), pl.col("number"), Form.OFF_LENGTH)
    yield _taken(rewritten.run_together(runs), pl.col("number"), Form.OFF_LENGTH)
    yield _taken(rewritten.parted(clean), pl.col("number"), Form.SEPARATED)
    between = clean.select("row", piece=pl.col("cell").str.extract_all(BETWEEN_COMMAS)).explode("piece")
    yield _taken(between.drop_nulls("piece"), pl.col("piece").str.extract("([0-9]{16})"), Form.PROSE)
    grouped = clean.select("row", piece=pl.col("cell").str.extract_all(GROUPED)).explode("piece").drop_nulls("piece")
    digits = pl.col("piece").str.replace_all(r"[^0-9]", "")
    yield _taken(grouped.filter(digits.str.len_bytes() == DIGITS), digits, Form.SEPARATED)


def _bare(found: pl.DataFrame) -> pl.DataFrame:
    """Sixteen digits with nothing or zeros behind them, or a list of such; other decimals make it an amount."""
    run = pl.col("piece").str.extract(r"([0-9].*)")
    listed = found.with_columns(piece=run).filter(pl.col("piece").str.contains(LIST))
    single = listed.with_columns(piece=pl.col("piece").str.extract_all(r"[0-9]{16}")).explode("piece")
    bare, decimal = (pl.col("whole").str.contains(sign) for sign in (r"^[0-9]{16}$", r"^[0-9]{16}[.,]0*$"))
    parts = ((Form.PLAIN, bare), (Form.FLOAT, ~bare & decimal), (Form.PROSE, ~bare & ~decimal))
    return pl.concat(_taken(single.filter(these), pl.col("piece"), form) for form, these in parts)


def _power(cells: pl.DataFrame) -> pl.DataFrame:
    """3.30820010299E+15 in full: at least the region and the date, eleven decimals or more."""
    first, decimals = pl.col("cell").str.extract(POWER, 1), pl.col("cell").str.extract(POWER, 2)
    whole = cells.filter(_is_in_full(decimals))
    return _taken(whole, first + decimals.str.pad_end(15, "0").str.slice(0, 15), Form.SCIENTIFIC)


def _is_in_full(decimals: pl.Expr) -> pl.Expr:
    """Whether the decimals reach to the end of the date."""
    return (decimals.str.len_bytes() >= 10).fill_null(False)


def packed(cells: pl.DataFrame) -> pl.DataFrame:
    """Numbers in Base64."""
    return _taken(rewritten.packed(cells), pl.col("number"), Form.CODED)


def damages() -> Iterator[tuple[Form, str]]:
    """The forms that count under an identifier's own header or label, with their patterns."""
    yield from ((Form.OFF_LENGTH, LENIENT), (Form.MASKED, MASKED), (Form.SCIENTIFIC, POWER))
    yield from ((Form.MASKED, BLANKED), (Form.CODED, CODED))


def lenient(cells: pl.DataFrame) -> pl.DataFrame:
    """What counts under an identifier's own header: 14 to 17 digits however written, masked, rounded or coded."""
    form = pl.coalesce(pl.when(pl.col("cell").str.contains(pattern)).then(int(form)) for form, pattern in damages())
    cells = cells.filter(~pl.col("cell").str.contains(ENTITY))
    marked = cells.select("row", pl.lit(None, dtype=pl.Int64).alias("number"), form.cast(pl.UInt8).alias("form"))
    return marked.drop_nulls("form")


def fragments(cells: pl.DataFrame) -> pl.DataFrame:
    """What is left of identifiers cut short, under their own header: 9 to 13 digits, nearly all equally many."""
    length = pl.col("cell").str.strip_chars(" '").str.len_bytes()
    pieces = cells.filter(pl.col("cell").str.contains(FRAGMENT))
    usual = pieces.select(length.mode().first()).item() if pieces.height else 0
    alike = pieces.filter(length == usual)
    return _unread(alike if alike.height >= max(LEAST_FRAGMENTS, 0.8 * cells.height) else alike.clear(), Form.MASKED)


def masked(cells: pl.DataFrame) -> tuple[str, pl.DataFrame, float]:
    """Masked numbers without a header: sixteen signs, or a known kecamatan in front; mobile numbers are left out."""
    seen = cells.filter(pl.col("cell").str.contains(MASKED) & ~pl.col("cell").str.contains(r"^\s*'?(?:08|628)"))
    region = seen["cell"].str.extract(r"^\s*'?([0-9]{6})").cast(pl.Int64)
    known = regions.levels().gather(region.fill_null(0)) == regions.DISTRICT
    whole = seen["cell"].str.strip_chars(" '").str.len_chars() == DIGITS
    hits = seen.filter(known | (whole & region.is_null()))
    chance = at_least(int(known.sum()), of=seen.height, probability=regions.share(regions.DISTRICT))
    return "masked", _unread(hits, Form.MASKED), chance


def rounded(cells: pl.DataFrame) -> tuple[str, pl.DataFrame, float]:
    """3.30813E+15 without a header: three or more, nearly the whole column, with regencies in front beyond chance."""
    powers = cells.filter(pl.col("cell").str.contains(POWER))
    seen = powers.filter(~_is_in_full(pl.col("cell").str.extract(POWER, 2)))  # those that are not numbers already
    if seen.height < 3 or seen.height < 0.8 * cells.height:
        return "scientific", EMPTY, 1.0
    digits = seen.select(pl.col("cell").str.extract(POWER, 1) + pl.col("cell").str.extract(POWER, 2).fill_null(""))
    prefixes = digits.to_series().str.pad_end(6, "0").str.slice(0, 6).cast(pl.Int64)
    chance, known = min((_placed(prefixes, level) for level in (regions.REGENCY, regions.DISTRICT)), key=itemgetter(0))
    return "scientific", _unread(seen.filter(known), Form.SCIENTIFIC) if chance <= 0.015 else EMPTY, chance


def _placed(prefixes: pl.Series, level: int) -> tuple[float, pl.Series]:
    """How likely it is that so many different prefixes are regions of this level, and which are."""
    known = regions.levels().gather(prefixes) >= level
    count = prefixes.filter(known).n_unique()
    return at_least(count, of=prefixes.n_unique(), probability=regions.share(level)), known


def _unread(hits: pl.DataFrame, form: Form) -> pl.DataFrame:
    return hits.select("row", number=pl.lit(None, dtype=pl.Int64), form=pl.lit(int(form), dtype=pl.UInt8))
