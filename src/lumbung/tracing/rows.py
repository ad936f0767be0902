"""The persons in any document: a register, a list of voters, bare columns, numbers in running text.

A register is understood as `register` understands it. In other tables the headings that are known name the columns,
and where there are none, what stands in them does. In text every number that could be a NIK is one person. Does not
judge whether anybody is real.
"""

from datetime import date

import polars as pl

from lumbung import register
from lumbung.document import Document, Table
from lumbung.register import dates, headings, numbers, rows
from lumbung.register.recognise import SEARCHED
from lumbung.trace import subjects

FIELDS = {
    "nik": "nik", "kk": "nomor_kk", "name": "nama", "birth": "tanggal_lahir", "sex": "jenis_kelamin", "age": "umur",
    "hamlet": "dusun", "address": "alamat", "marital": "status_kawin",
}  # fmt: skip
# For what `register` has no use: telephones, and what lists of voters say of where somebody lives and votes.
OTHERS = {
    "phone": frozenset(("hp", "no hp", "telepon", "no telepon", "telp", "no telp", "handphone", "no handphone", "wa",
                        "no wa", "kontak")),
    "birth_place": frozenset(("tempat lahir", "tempatlahir", "tmp lahir")),
    "street": frozenset(("jalan dukuh", "jalan", "dukuh", "jalan dusun")),
    "rt": frozenset(("rt", "no rt")),
    "rw": frozenset(("rw", "no rw")),
    "tps": frozenset(("tps", "no tps")),
}  # fmt: skip
COLUMNS = (*FIELDS, *OTHERS)
RAW = {**dict.fromkeys(COLUMNS, pl.String), "birth": pl.Date, "place": pl.Int8}
MOST = 0.5  # of the filled cells have to look like it
# A picture's text often glues the number of the row to the NIK: the last sixteen digits count.
_SIXTEEN = r"^\d{0,3}?([1-9]\d{5}(?:[0-6]\d|7[01])(?:0[1-9]|1[0-2])\d{6})$"
_RUN, _SIGN = r"\d{16,19}", r"(\d)[.' \u{a0}-](\d)"
_BEHIND = r"\d{16}\W*([A-Za-z][A-Za-z.'’ -]{3,59})"
_MASKED = r"^['’]?(\d[\d*xX#•]{15})$"
_LOOKS = {
    "phone": r"^['’]?(?:\+?62|0)[ -]?8[\d -]{8,14}$",
    "birth": r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?: 00:00:00)?$|\d{1,2} [A-Za-z]{3,9} \d{4}$",
    "name": r"^[A-Za-z][A-Za-z.,'’` -]{3,59}$",
}


def people(document: Document, *, at: date) -> pl.DataFrame:
    """Every person of a document in the shape of trace.subjects.SUBJECT, in the order of the file.

    Beside them `place`: which of the six digits of the birth date a masked NIK hides (from 0), where it hides one. A
    two-digit year of birth is the latest that does not lie after `at`.
    """
    return as_written(document, at=at)[1]


def as_written(document: Document, *, at: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The texts of every person as the file has them, and what `people` makes of them, row by row."""
    mapping = register.recognise(document)
    known = {one.table: one for one in mapping.tables}
    frames = [pl.DataFrame(schema=RAW)]
    for number, table in enumerate(document.tables):  # hidden sheets too: a leak has them as well
        if number in known:
            letters = known[number].letters
            found = rows.people(table, known[number], mapping).filter("person")
            frames.append(_registered(found, table, at=at, has_birth=bool(letters("tanggal_lahir"))))
        else:
            frames.append(_listed(table, at=at))
    if not any(frame.height for frame in frames):
        frames.append(_in_text(document))
    raw = pl.concat(frames)
    told = subjects.normalised(raw).with_columns(raw["place"])
    numbered = pl.any_horizontal(pl.col("nik", "stem", "kk", "phone").is_not_null())
    somebody = told.select(numbered | (pl.col("name").is_not_null() & pl.col("birth").is_not_null())).to_series()
    return raw.filter(somebody), told.filter(somebody)


def once(people: pl.DataFrame) -> pl.DataFrame:
    """Everybody once: by number, by what is left of it, by name and birth date, or by telephone; the first stays."""
    named = pl.concat_str(["name", pl.col("birth").cast(pl.String).fill_null("")], separator="|")
    key = pl.coalesce("nik", "stem", named, "phone", "kk")
    return people.with_columns(key=key).unique("key", keep="first", maintain_order=True).drop("key")


def _registered(found: pl.DataFrame, table: Table, *, at: date, has_birth: bool) -> pl.DataFrame:
    """The rows that `register` found, with what it has no use for beside them."""
    beside = (
        table.texts.select(_other(table, name).alias(name) for name in OTHERS)
        .with_row_index("row")
        .with_columns(pl.col("row") + table.first_row)
    )
    joined = found.join(beside, on="row", how="left", maintain_order="left").with_columns(
        f_nomor_kk=pl.col("f_nomor_kk").fill_null(pl.col("band_kk")),
        f_dusun=pl.col("f_dusun").fill_null(pl.col("band_hamlet")),
        f_tanggal_lahir=pl.col("f_tanggal_lahir") if has_birth else pl.lit(None, pl.String),
    )
    return _raw(joined.rename({f"f_{field}": name for name, field in FIELDS.items()}), at=at)


def _listed(table: Table, *, at: date) -> pl.DataFrame:
    """By the headings that are known, then by what stands in the columns."""
    top = table.texts.head(SEARCHED).rows()
    scores = [len({name for cell in line if (name := _name_of(cell))}) for line in top]
    best = max(range(len(scores)), key=scores.__getitem__, default=0)
    headed = bool(scores) and scores[best] > 0
    below = table.texts.slice(best + 1) if headed else table.texts
    named: dict[str, str] = {}
    for letter, cell in zip(table.texts.columns, top[best] if headed else (), strict=False):
        if name := _name_of(cell):
            named.setdefault(name, letter)
    for letter in below.columns:
        if letter not in named.values() and (name := _by_values(below[letter], named)):
            named[name] = letter
    if not ({"nik", "kk", "phone"} & set(named) or {"name", "birth"} <= set(named)):
        return pl.DataFrame(schema=RAW)
    absent = pl.lit(None, pl.String)
    return _raw(below.select((pl.col(named[n]) if n in named else absent).alias(n) for n in COLUMNS), at=at)


def _name_of(cell: str | None) -> str | None:
    """What a heading says, in the words of SUBJECT and of OTHERS."""
    if other := next((name for name, words in OTHERS.items() if headings.plain(cell) in words), None):
        return other
    field = headings.field_of(cell)
    return next((name for name, known in FIELDS.items() if known == field), None)


def _other(table: Table, name: str) -> pl.Expr:
    """The column whose heading says so; nothing where there is none."""
    tops = ((letter, table.texts[letter].head(SEARCHED).drop_nulls()) for letter in table.texts.columns)
    found = next((letter for letter, top in tops if any(headings.plain(cell) in OTHERS[name] for cell in top)), None)
    return pl.col(found) if found else pl.lit(None, pl.String)


def _by_values(column: pl.Series, named: dict[str, str]) -> str | None:
    """What a column without a known heading holds; nothing where another column holds it already."""
    filled = column.drop_nulls().str.strip_chars()
    if not filled.len():
        return None
    whole, stem = subjects.numbers(filled)
    numbered = pl.select(pl.coalesce(whole, stem)).to_series().drop_nulls()
    if numbered.len() > MOST * filled.len():
        women = (numbers.sexes(numbered) == "P").any()
        kind = "nik" if women or numbered.n_unique() * 2 > numbered.len() else "kk"
        return kind if kind not in named else None
    for name, pattern in _LOOKS.items():
        if name not in named and filled.str.contains(pattern).sum() > MOST * filled.len():
            return name if name != "name" or filled.n_unique() * 2 > filled.len() else None
    return None


def _in_text(document: Document) -> pl.DataFrame:
    """Every number in the lines of text that could be a NIK, and the name behind it where the line has one number."""
    cells = [table.texts[name].drop_nulls() for table in document.tables for name in table.texts.columns]
    texts = pl.concat([pl.Series([one.text for one in document.passages], dtype=pl.String), *cells])
    lines = pl.DataFrame({"line": texts}).with_columns(pl.col("line").str.split("\n")).explode("line").drop_nulls()
    whole = pl.col("line").str.contains(_RUN)
    plain = pl.when(whole).then("line").otherwise(pl.col("line").str.replace_all(_SIGN, "${1}${2}"))
    found = lines.with_columns(run=plain.str.extract_all(_RUN), name=plain.str.extract(_BEHIND))
    found = found.with_columns(name=pl.when(pl.col("run").list.len() == 1).then("name")).explode("run")
    numbered = found.with_columns(nik=pl.col("run").str.extract(_SIXTEEN)).drop_nulls("nik")
    absent = [pl.lit(None, pl.String).alias(name) for name in COLUMNS if name not in ("nik", "name")]
    return _raw(numbered.with_columns(absent), at=date.max)


def _raw(texts: pl.DataFrame, *, at: date) -> pl.DataFrame:
    masked = texts["nik"].str.strip_chars().str.extract(_MASKED).str.slice(6, 6)
    hidden = pl.when(masked.str.count_matches(r"\D") == 1).then(masked.str.find(r"\D"))
    return texts.with_columns(birth=dates.to_dates(texts["birth"], at=at), place=hidden).select(
        pl.col(name).cast(kind) for name, kind in RAW.items()
    )
