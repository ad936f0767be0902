"""Whom a file concerns, counted for whoever has to tell them: every person in it, dead or moved ones as well.

Unlike `residents` it never refuses: a list of voters or of aid is no register to make statistics of, and its people
have to be told all the same. The frame stays in the confined child; only counts may leave it.
"""

from datetime import date

import polars as pl

from lumbung.document import Document, Table
from lumbung.register import dates, headings, numbers, rows
from lumbung.register.recognise import SEARCHED
from lumbung.register.recognised import Recognised

SHAPE = {"person": pl.UInt64, "family": pl.UInt64, "age": pl.Int16}


def concerned(document: Document, *, mapping: Recognised, at: date) -> pl.DataFrame:
    """One row for each person: a digest of who it is, of the family card (null: none), the age on a day (null: none).

    A person is a NIK, or a name with a date of birth where there is none. In tables that are no register only a NIK
    counts. Does not say whether anybody is alive, and does not find people who stand there by name alone.
    """
    known = {one.table: one for one in mapping.tables}
    frames = [pl.DataFrame(schema=SHAPE)]
    for number, table in enumerate(document.tables):
        frames.append(
            _listed(rows.people(table, known[number], mapping).filter("person"), at=at)
            if number in known
            else _numbered(table, at=at)
        )
    return pl.concat(frames).sort("age", nulls_last=True).unique("person", keep="first", maintain_order=True)


def _listed(people: pl.DataFrame, *, at: date) -> pl.DataFrame:
    nik, birth = numbers.clean(people["f_nik"]), dates.to_dates(people["f_tanggal_lahir"], at=at)
    by_nik = dates.ages(numbers.births(nik, at=at), at=at)
    written = people["f_umur"].str.extract(r"^\s*(\d{1,3})").cast(pl.Int16, strict=False)
    family = numbers.clean(people["f_nomor_kk"]).fill_null(people["band_kk"])
    named = pl.DataFrame({"nik": nik, "name": people["f_nama"].str.to_uppercase(), "birth": birth, "family": family})
    someone = pl.when(pl.col("nik").is_not_null()).then(pl.col("nik").hash()).otherwise(
        pl.struct("name", "birth").hash()
    )  # fmt: skip
    age = dates.ages(birth, at=at).fill_null(written).fill_null(by_nik)
    return named.select(
        person=someone, family=pl.when(pl.col("family").is_not_null()).then(pl.col("family").hash()), age=age
    ).cast(SHAPE)  # type: ignore[arg-type]


def _numbered(table: Table, *, at: date) -> pl.DataFrame:
    """Every NIK of a table that nobody knows; a column of family cards is left out."""
    frames = [pl.DataFrame(schema=SHAPE)]
    for letter in table.texts.columns:
        column = table.texts[letter]
        nik = numbers.clean(column).drop_nulls()
        born = numbers.births(nik, at=at)
        frame = pl.DataFrame({"nik": nik, "born": born}).filter(pl.col("born").is_not_null())
        if frame.height and not _of_families(column.head(SEARCHED), frame["nik"]):
            age = dates.ages(frame["born"], at=at)
            frames.append(
                frame.select(person=pl.col("nik").hash(), family=pl.lit(None), age=age).cast(SHAPE)  # type: ignore[arg-type]
            )
    return pl.concat(frames)


def _of_families(first: pl.Series, numbered: pl.Series) -> bool:
    """By its heading; without one, by there being no woman's day and cards that stand there again and again."""
    fields = {headings.field_of(text) for text in first.drop_nulls()}
    if "nik" in fields or "nomor_kk" in fields:
        return "nik" not in fields
    women = (numbers.sexes(numbered) == "P").any()
    return not women and numbered.n_unique() * 2 <= numbered.len()
