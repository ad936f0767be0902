"""Persons as they stand in any file, in the one spelling in which they are compared.

A leaked copy has been sorted, retyped and saved by spreadsheets. What can be undone is undone: signs between digits,
titles before names, the many ways of writing a telephone number. A number of which a spreadsheet kept fifteen digits
is a `stem`; one that lost more is gone, and is never guessed.
"""

import polars as pl

SUBJECT: dict[str, pl.DataType] = {
    "nik": pl.String(),  # sixteen digits
    "stem": pl.String(),  # the first fifteen, where the last one was lost
    "kk": pl.String(),
    "name": pl.String(),  # capitals, single spaces, no titles
    "birth": pl.Date(),
    "phone": pl.String(),  # without the zero or 62 in front
    "sex": pl.String(),  # L or P
    "age": pl.Int16(),  # whole years, as the file says
    "hamlet": pl.String(),
}
_SIGNS = r"&nbsp;?|[\s\u{a0}.'’`*#-]"
_TITLES = r"^(?:(?:ALMH?|BP|BPK|DRA?|DRS|H|HJ|IBU|IR|KH|NY|PROF|SDR|TN)\s+)+"
_LOST = 0.5  # of a column's numbers end in 0: a spreadsheet has rounded them, for one in ten does so by itself


def normalised(raw: pl.DataFrame) -> pl.DataFrame:
    """SUBJECT from a frame of texts with the columns nik, kk, name, birth (Date), phone, sex, age and hamlet.

    One row in, one row out, in the same order; null for whatever cannot be read.
    """
    nik, stem = numbers(raw["nik"])
    kk, _ = numbers(raw["kk"])
    return raw.select(
        nik=nik,
        stem=stem,
        kk=kk,
        name=names(raw["name"]),
        birth=pl.col("birth"),
        phone=phones(raw["phone"]),
        sex=_sex(),
        age=pl.col("age").str.extract(r"^\s*(\d{1,3})(?:\D|$)").cast(pl.Int16, strict=False),
        hamlet=pl.col("hamlet").str.to_uppercase().str.replace_all(r"\s+", " ").str.strip_chars(),
    ).cast(SUBJECT)  # type: ignore[arg-type]


def numbers(column: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Numbers of sixteen digits, and the fifteen that are left of others; of each row at most one of the two.

    >>> cells = pl.Series(["'3308134504909001", "3,30813450490900E+15", "330813450490900", "3.30813E+15", "0990103"])
    >>> [column.to_list() for column in numbers(cells)]
    [['3308134504909001', None, None, None, None], [None, '330813450490900', '330813450490900', None, None]]
    """
    written = column.str.strip_chars().str.replace(r"\.0+$", "")
    mantissa = written.str.extract(r"(?i)^([1-9][.,]\d{13,15})E\+?15$").str.replace(r"[.,]", "")
    digits = pl.select(pl.coalesce(mantissa, written.str.replace_all(_SIGNS, ""))).to_series()
    whole = digits.str.extract(r"^(?:[Nn][Oo]\w*:?)?([1-9]\d{15})$")
    stem = digits.str.extract(r"^([1-9]\d{14})$")
    filled = whole.drop_nulls()
    if filled.n_unique() > 1 and filled.str.ends_with("0").sum() > _LOST * filled.len():
        return whole.set(whole.is_not_null(), None), whole.str.slice(0, 15).zip_with(whole.is_not_null(), stem)
    return whole, stem


def names(column: pl.Series) -> pl.Series:
    """Names in capitals without titles, degrees and signs.

    >>> names(pl.Series(["H. Budi  Santoso, S.Pd", "siti'aminah", "-"])).to_list()
    ['BUDI SANTOSO', 'SITIAMINAH', None]
    """
    plain = (
        column.str.normalize("NFKD").str.to_uppercase().str.replace(r",.*$", "").str.replace_all(r"['’`´]", "")
        .str.replace_all(r"[^A-Z]+", " ").str.strip_chars().str.replace(_TITLES, "")
    )  # fmt: skip
    return plain.set(plain.str.len_chars() < 2, None)


def phones(column: pl.Series) -> pl.Series:
    """Numbers of mobile telephones.

    >>> phones(pl.Series(["0834-1234-567", "+62 834 1234567", "8341234567", "12"])).to_list()
    ['8341234567', '8341234567', '8341234567', None]
    """
    digits = column.str.replace(r"\.0+$", "").str.replace_all(r"\D", "")
    return digits.str.extract(r"^(?:62|0)?(8\d{8,11})$")


def _sex() -> pl.Expr:
    first = pl.col("sex").str.strip_chars().str.to_uppercase().str.slice(0, 1)
    return pl.when(first.is_in(["L", "1"])).then(pl.lit("L")).when(first.is_in(["P", "2", "W"])).then(pl.lit("P"))
