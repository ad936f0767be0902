"""Identifiers written downwards: one digit in each cell of a column, sixteen rows to a number.

Codes and small counts fill columns with single digits too. Therefore only runs of nothing but such cells count whose
length is made of sixteens, every one of them with a kecamatan and a real date; and unless a label stands above or
beside them, two of them at least.
"""

from collections.abc import Iterator

import polars as pl

from lumbung.detect import regions
from lumbung.detect.columns import Form
from lumbung.detect.lexicon import role
from lumbung.detect.patterns import DIGITS
from lumbung.detect.reduced import LOW
from lumbung.detect.split import CLEAR, SAMPLE, Joined, label_of
from lumbung.detect.structure import Structure, fits, weigh
from lumbung.document import Table

ONE = r"^\s*'?([0-9])(?:\.0)?\s*$"
LEAST = 2
NONE = pl.DataFrame(schema={"first": pl.UInt32, "row": pl.UInt32, "number": pl.Int64})
LABELS = 200
"""Runs of a column that are looked at for labels."""


def stacked(table: Table) -> Iterator[Joined]:
    """The numbers of each column that holds some, those with a label by themselves; `row` is the first digit's."""
    for column in _likely(table.texts):
        numbers = _numbers(table.texts[column])
        if numbers.is_empty():
            continue
        labels = _labels(table, column, numbers["first"])
        for kind in dict.fromkeys(labels.values()):
            rows = [row for row, label in labels.items() if label == kind]
            own = numbers.filter(pl.col("first").is_in(rows) & fits(numbers["number"]))
            if own.height:
                yield (column,), kind, _hits(own), weigh(own["number"])
        if found := _proven(numbers.filter(~pl.col("first").is_in(list(labels)))):
            yield (column,), None, *found


def _proven(numbers: pl.DataFrame) -> tuple[pl.DataFrame, Structure] | None:
    """Those of runs that are nothing but residents' numbers, where there are enough of them."""
    sound = fits(numbers["number"], level=regions.DISTRICT).alias("sound")
    hits = numbers.filter(numbers.select("first", sound).select(pl.col("sound").all().over("first")).to_series())
    weighed = weigh(numbers["number"])
    return (_hits(hits), weighed) if hits.height >= LEAST and weighed.chance <= CLEAR else None


def _hits(numbers: pl.DataFrame) -> pl.DataFrame:
    return numbers.select("row", "number", form=pl.lit(int(Form.SPLIT), dtype=pl.UInt8))


def _likely(texts: pl.DataFrame) -> list[str]:
    """The columns with enough single digits; of a tall table those of little else."""
    tall = texts.height > LOW
    rows = texts[list(range(0, texts.height, texts.height // SAMPLE))] if tall else texts
    if rows.height < DIGITS or not texts.width:
        return []
    short = rows.select(pl.all().str.contains(ONE).sum())
    filled = rows.select((pl.all().str.len_bytes() > 0).sum())
    told = zip(texts.columns, short.row(0), filled.row(0), strict=True)
    return [name for name, count, full in told if count >= DIGITS and (not tall or count * 2 >= full)]


def _numbers(cells: pl.Series) -> pl.DataFrame:
    """Columns first (row where the run begins), row (where the number does) and number.

    Of a run whose first sixteen digits are no number, none.
    """
    digits = cells.str.extract(ONE)
    runs = digits.is_not_null().rle().struct.unnest()
    runs = runs.with_columns(first=pl.col("len").cum_sum() - pl.col("len"))
    whole = runs.filter(pl.col("value") & (pl.col("len") % DIGITS == 0))
    if whole.is_empty():
        return NONE
    sound = whole.filter(fits(_joined(digits, whole["first"])))
    ends = pl.int_ranges(pl.col("first"), pl.col("first") + pl.col("len"), DIGITS)
    rows = sound.select(pl.col("first").cast(pl.UInt32), row=ends.cast(pl.List(pl.UInt32))).explode("row")
    return rows.with_columns(number=_joined(digits, rows["row"]))


def _joined(digits: pl.Series, starts: pl.Series) -> pl.Series:
    """The sixteen digits from each of these rows on, as a number."""
    pieces = {str(at): digits.gather(starts + at) for at in range(DIGITS)}
    return pl.DataFrame(pieces).select(pl.concat_str(pl.all()).cast(pl.Int64)).to_series()


def _labels(table: Table, column: str, starts: pl.Series) -> dict[int, str]:
    """What stands above or beside the first digit of a run, where that names an identifier."""
    index = table.texts.get_column_index(column)
    told = {row: label_of(table, index, row) for row in starts.unique().sort().head(LABELS)}
    if 0 in told:
        told[0] = told[0] or _of_list(table)
    return {row: label for row, label in told.items() if label}


def _of_list(table: Table) -> str | None:
    """What a list without a heading is called: `$.warga[0].nik`."""
    said = role((table.place.path or "").rpartition(".")[2])
    return said if said in ("nik", "nomor-kk") else None
