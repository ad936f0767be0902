"""The rows of a table that are people, and the family bands between them. Cells stay the texts that they are."""

import polars as pl

from lumbung.document import Table
from lumbung.register import headings, numbers
from lumbung.register.recognised import People, Recognised

LEAST_FILLED = 4  # known cells that a person's row has; a family's band has three at most
_NUMBER = r"(?:^|\D)(\d{16})(?:\D|$)"
_HAMLET = r"(?i)\bdusun\s*:?\s*([a-z][a-z .'’-]*?)\s*(?:\bR[TW]\b|\bDESA\b|\bKEL\b|[|,;/\d]|$)"


def people(table: Table, known: People, mapping: Recognised) -> pl.DataFrame:
    """One row per person: every field as text (null where there is none), `row` as the sheet counts, `band`.

    `band` numbers the families of a banded register; `band_kk` and `band_hamlet` are what the band says. A row that
    is neither person, heading, band nor empty has `person` false, and so have the bands.
    """
    frame = _fields(table, known).with_row_index("index").with_columns(row=pl.col("index") + table.first_row)
    frame = frame.with_columns(
        text=pl.concat_str([pl.col(name).fill_null("") for name in table.texts.columns], separator=" | "),
        heading=_is_heading(table, known),
        filled=pl.sum_horizontal(pl.col(f"f_{field}").is_not_null().cast(pl.Int32) for field in _mapped(known)),
    )
    frame = frame.with_columns(person=_is_person(frame) & ~frame["heading"])
    if mapping.banded:
        frame = _banded(frame)
    else:
        below = pl.col("index") > max(known.headings)
        frame = frame.filter(below).with_columns(
            band=pl.lit(None, dtype=pl.Int64), band_kk=pl.lit(None, dtype=pl.String),
            band_hamlet=_hamlet(pl.col("f_alamat")) if "alamat" in _mapped(known) else pl.lit(None, dtype=pl.String),
        )  # fmt: skip
    return frame.select(["row", "person", "heading", "text", "band", "band_kk", "band_hamlet", *_columns()])


def _columns() -> list[str]:
    return [f"f_{field}" for field in headings.fields()]


def _mapped(known: People) -> list[str]:
    return [field for field in headings.fields() if known.letters(field)]


def _fields(table: Table, known: People) -> pl.DataFrame:
    """Every field in a column of its own, beside the sheet's own columns; blank cells are null."""
    texts = table.texts
    named = []
    for field in headings.fields():
        letters = known.letters(field)
        cell = pl.col(letters[0]).str.strip_chars() if letters else pl.lit(None, dtype=pl.String)
        named.append(pl.when(cell != "").then(cell).otherwise(None).alias(f"f_{field}"))
    return texts.with_columns(named)


def _is_heading(table: Table, known: People) -> pl.Expr:
    """A repeated heading has at least three cells as the first one has them."""
    lines = [table.texts.row(number, named=True) for number in known.headings]
    same = [
        (pl.col(letter).str.strip_chars() == text.strip()).fill_null(value=False).cast(pl.Int32)
        for line in lines
        for letter, text in line.items()
        if text and text.strip() and not text.strip().lstrip("-").isdigit()
    ]
    return pl.sum_horizontal(same) >= min(3, len(same))


def _is_person(frame: pl.DataFrame) -> pl.Series:
    """A name that is no number, and enough beside it; or a number of sixteen digits where the NIK stands."""
    name, nik = frame["f_nama"], frame["f_nik"]
    named = (name.is_not_null() & ~name.str.contains(r"\d{4}|^-?\d+$|:\s*$")).fill_null(value=False)
    numbered = (numbers.clean(nik).is_not_null() | numbers.is_damaged(nik)).fill_null(value=False)
    some = (frame["filled"] >= 2) & numbered & (named | name.is_null())
    return some | ((frame["filled"] >= LEAST_FILLED) & (named | (name.is_null() & numbered)))


def _banded(frame: pl.DataFrame) -> pl.DataFrame:
    """Families: whatever stands between two runs of people begins the next one."""
    begins = (~pl.col("person")) & pl.col("person").shift(1, fill_value=True)
    frame = frame.with_columns(band=begins.cum_sum().cast(pl.Int64))
    said = pl.when(~pl.col("person") & ~pl.col("heading")).then(pl.col("text"))
    plain = said.str.replace_all(r"(\d)[.' \u{a0}-](\d)", "${1}${2}").str.replace_all(
        r"(\d)[.' \u{a0}-](\d)", "${1}${2}"
    )
    return frame.with_columns(
        band_kk=plain.str.extract(_NUMBER).drop_nulls().first().over("band"),
        band_hamlet=_hamlet(said).drop_nulls().first().over("band"),
    )


def _hamlet(text: pl.Expr) -> pl.Expr:
    return text.str.extract(_HAMLET)
