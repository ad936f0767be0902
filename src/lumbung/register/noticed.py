"""What does not fit in a register: who is left out and why, and what contradicts itself. Counts and rows only."""

from datetime import date

import polars as pl

from lumbung.document import RESIDENT_RANGES, Table
from lumbung.register import codes
from lumbung.register.homes import HEAD
from lumbung.register.recognised import Recognised
from lumbung.register.report import Note, where

OLDEST = RESIDENT_RANGES["age"][1]
STATES = {2: "dead", 3: "moved", 4: "missing-person", 6: "away", 9: "not-valid"}


def marked(people: pl.DataFrame, *, at: date) -> pl.DataFrame:
    """Adds `left_out`: why a person is not counted, null for whoever is; the first reason that holds."""
    frame = people.with_columns(state_said=~codes.is_blank(people["f_status_dasar"]))
    frame = frame.with_columns(again=_again())
    state = pl.col("state").replace_strict(STATES, default=None, return_dtype=pl.String)
    return frame.with_columns(
        left_out=pl.when(state.is_not_null()).then(state)
        .when(pl.col("state_said") & pl.col("state").is_null()).then(pl.lit("unreadable-state"))
        .when((pl.col("birth_told") > at) | (pl.col("age") < 0)).then(pl.lit("future-birth"))
        .when(pl.col("age") > OLDEST).then(pl.lit("impossible-age"))
        .when(pl.col("age").is_null()).then(pl.lit("no-age"))
        .when(pl.col("sex").is_null()).then(pl.lit("no-sex"))
        .when(pl.col("again")).then(pl.lit("same-person-twice"))
    )  # fmt: skip


def notes(fit: pl.DataFrame, counted: pl.DataFrame, mapping: Recognised) -> list[Note]:
    """Everything worth telling about people who were found, counted or not."""
    found, sheets = [], len(mapping.tables)
    for (why,), group in fit.filter(pl.col("left_out").is_not_null()).group_by("left_out", maintain_order=True):
        found.append(_note(str(why), group, sheets=sheets, left_out=True))
    for code, condition in _contradictions().items():
        found.append(_note(code, counted.filter(condition), sheets=sheets))
    found += [_note(code, group, sheets=sheets) for code, group in _families(counted).items()]
    found += [
        _unknown(counted, field, sheets=sheets) for field in codes.CODED.values() if field not in mapping.missing
    ]
    found += [Note(code="no-column", count=counted.height, field=field) for field in mapping.missing]
    found.append(Note(code="hamlet-not-named", count=_unnamed(counted)))
    return [note for note in found if note.count]


def of_rows(found: pl.DataFrame, table: Table, mapping: Recognised) -> list[Note]:
    """Rows of a table that are no people, and rows of people that were hidden on the sheet but are counted."""
    some = pl.col("text").str.contains(r"[^\s|]")
    others = found.filter(~pl.col("person") & ~pl.col("heading") & some & ~pl.col("text").str.contains(r"^[-\d.| ]*$"))
    hidden = found.filter(pl.col("person") & pl.col("row").is_in(list(table.hidden_rows)))
    sheets = len(mapping.tables)
    listed = [_note("hidden-row", hidden, sheets=sheets)]
    if not mapping.banded:
        listed.append(_note("not-a-person", others, sheets=sheets))
    return [note for note in listed if note.count]


def _again() -> pl.Expr:
    """The same NIK, name and birth as a row above; or the same family, name and birth where there is no NIK."""
    person = pl.struct("nik", "f_nama", "birth_told")
    in_family = pl.struct("household", "f_nama", "birth_told", "sex")
    whole = pl.col("f_nama").is_not_null() & pl.col("birth_told").is_not_null() & pl.col("state").fill_null(1).eq(1)
    return whole & pl.when(pl.col("nik").is_not_null()).then(~person.is_first_distinct()).otherwise(
        ~in_family.is_first_distinct()
    )


def _contradictions() -> dict[str, pl.Expr]:
    nik = pl.col("nik").is_not_null()
    return {
        "two-people-one-nik": nik & pl.col("nik").is_duplicated(),
        "sex-against-nik": pl.col("sex_told").is_not_null() & (pl.col("sex_told") != pl.col("nik_sex")),
        "birth-against-nik": pl.col("birth_told").is_not_null() & _other_day(),
        "age-from-nik": pl.col("birth_told").is_null() & pl.col("age_told").is_null() & pl.col("age").is_not_null(),
        "age-as-written": pl.col("birth_told").is_null() & pl.col("age_told").is_not_null(),
        "sex-from-nik": pl.col("sex_told").is_null() & pl.col("sex").is_not_null(),
        "temporary-nik": pl.col("nik").is_null() & _placeholder(),
        "damaged-nik": pl.col("nik").is_null() & pl.col("f_nik").str.contains(r"\d{4}|\dE\+") & ~_placeholder(),
        "no-family-number": pl.col("kk").is_null(),
    }  # fmt: skip


def _placeholder() -> pl.Expr:
    return pl.col("f_nik").str.contains(r"^['’]?0\d*$")


def _other_day() -> pl.Expr:
    """Day, month and two digits of the year: the NIK has no more."""
    return pl.col("nik_birth").dt.strftime("%d%m%y") != pl.col("birth_told").dt.strftime("%d%m%y")


def _families(counted: pl.DataFrame) -> dict[str, pl.DataFrame]:
    if counted["relation"].null_count() == counted.height:
        return {}
    heads = counted.with_columns(heads=(pl.col("relation") == HEAD).sum().over("household"))
    return {
        "two-heads": heads.filter((pl.col("heads") > 1) & (pl.col("relation") == HEAD)),
        "no-head": heads.filter((pl.col("heads") == 0) & pl.col("household").is_first_distinct()),
    }


def _unknown(counted: pl.DataFrame, field: str, *, sheets: int) -> Note:
    """People whose cell says something that the code list does not have, or nothing at all."""
    column = next(name for name, coded in codes.CODED.items() if coded == field)
    return _note("unknown-code", counted.filter(pl.col(column).is_null()), sheets=sheets, field=field)


def _unnamed(counted: pl.DataFrame) -> int:
    said = counted["f_dusun"].fill_null(counted["band_hamlet"]).is_not_null()
    return int((said & (counted["hamlet"] == "")).sum())


def _note(code: str, group: pl.DataFrame, *, sheets: int, field: str = "", left_out: bool = False) -> Note:
    rows = where(group.select("sheet", "row").rows(), sheets=sheets)
    return Note(code=code, count=group.height, rows=rows, field=field, left_out=left_out)
