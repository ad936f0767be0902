"""The tuples of `INSERT INTO ... VALUES (...), (...)` as rows of cells, in bulk: one pattern matches a whole tuple.

Sources: MySQL 8.4 Reference Manual 11.1 (literals), PostgreSQL 16 documentation 4.1.2 (constants), sqlite.org.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import polars as pl

from lumbung.read.letters import letter

BACKSLASHED = r"'(?:[^'\\]++|\\.|'')*+'"
STANDARD = rf"(?:(?<=[eE]){BACKSLASHED}|'(?:[^']++|'')*+')"
ROWS_AT_ONCE = 20_000
BETWEEN = ", \t\r\n"  # what stands between two rows and says nothing
WIDEST = 2_000
CALLS_IN_CALLS = 2
_PREFIXED = re.compile(r"(?:[eEnNuU]&?|_[a-z0-9]+)\s*(?=')")
_CAST = re.compile(r"::\s*\"?[\w ]+\"?(?:\([\d, ]*\))?(?:\[\])?\Z")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|([0-7]{1,3})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "0": "", "b": "", "f": "\f", "v": "\v", "Z": ""}
# How SQLite's .dump writes line ends: replace(replace('...','\\r',char(13)),'\\n',char(10)).
_LINE_ENDS = re.compile(r"(?:replace\()+('(?:[^']++|'')*+')((?:,'\\[nr]',char\(1[03]\)\))+)", re.DOTALL)
_WORDY = re.compile(r"[A-Za-z_]\w*\s*\(")
# Calls that only say what kind of value their text is, or what time it is.
HARMLESS = re.compile(
    r"(?:now|getdate|curdate|current_timestamp|current_date|nextval|(?:str_)?to_(?:date|timestamp|number)|cast|convert"
    r"|date|timestamp|st_geom(?:etry)?fromtext|geomfromtext|st_geogfromtext|uuid|newid|gen_random_uuid)\s*\(",
    re.IGNORECASE,
)


def value_pattern(*, backslashes: bool) -> str:
    """One value: a quoted text with or without its prefix and cast, a number or word, a call of a function."""
    quoted = BACKSLASHED if backslashes else STANDARD
    inner = rf"(?:[^()']++|{quoted})"
    for _ in range(CALLS_IN_CALLS):
        inner = rf"(?:[^()']++|{quoted}|\({inner}*+\))"
    call = rf"[A-Za-z_][\w.]*+\s*\({inner}*+\)"
    cast = r"(?:\s*::\s*\"?[\w ]++\"?(?:\([\d, ]*+\))?(?:\[\])?)?"
    return rf"(?:(?:[A-Za-z_][\w&]*\s*)?{quoted}(?:\s*{quoted})*+|{call}|[^\s,()';]++){cast}"


@lru_cache(maxsize=64)
def row_pattern(width: int, *, backslashes: bool) -> re.Pattern[str]:
    """A tuple of so many values, each a group."""
    values = r"\s*,\s*".join([f"({value_pattern(backslashes=backslashes)})"] * width)
    return re.compile(rf"\(\s*{values}\s*\)", re.DOTALL)


def width_of(body: str, *, backslashes: bool) -> int:
    """How many values the first tuple has; 0 where none is recognised."""
    value = value_pattern(backslashes=backslashes)
    first = re.match(rf"\s*\(\s*({value}(?:\s*,\s*{value})*+)\s*\)", body, re.DOTALL)
    return len(re.findall(value, first[1], re.DOTALL)) if first else 0


def batches(body: str, width: int, *, backslashes: bool) -> Iterator[tuple[list[tuple[str, ...]], str]]:
    """Rows of raw values, many at a time, and the text between or behind them that is no such row."""
    rows: list[tuple[str, ...]] = []
    position = 0
    for found in row_pattern(width, backslashes=backslashes).finditer(body):
        if found.start() > position and (between := body[position : found.start()].strip(BETWEEN)):
            yield [], between
        rows.append(found.groups())
        position = found.end()
        if len(rows) == ROWS_AT_ONCE:
            yield rows, ""
            rows = []
    yield rows, body[position:].strip(BETWEEN)


def frame(rows: Sequence[tuple[str, ...]], *, backslashes: bool) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Texts without their quotation marks, and numbers; NULL is null. Columns are named by letter."""
    columns = [
        pl.Series(letter(index), list(cells), dtype=pl.String) for index, cells in enumerate(zip(*rows, strict=True))
    ]
    numbers = [column.cast(pl.Float64, strict=False) for column in columns]
    kept = [one for one in numbers if one.is_finite().fill_null(False).any()]
    texts = pl.DataFrame([_texts(column, backslashes=backslashes) for column in columns])
    return texts, pl.DataFrame(kept)


def is_computed(raw: str) -> bool:
    """Whether the value is a call that may put its text together in ways that are not seen here."""
    return bool(_WORDY.match(raw)) and not HARMLESS.match(raw) and not _LINE_ENDS.fullmatch(raw)


def unescaped(text: str) -> str:
    """Backslash escapes resolved, as MySQL, PostgreSQL's E'' and COPY write them.

    >>> unescaped("a\\\\tb\\\\x33"), unescaped("50\\\\%")
    ('a\\tb3', '50%')
    """
    return _ESCAPE.sub(_resolved, text)


def _resolved(found: re.Match[str]) -> str:
    hexadecimal, unicode, octal, plain = found.groups()
    if plain is not None:
        return _ESCAPED.get(plain, plain)
    return chr(int(hexadecimal or unicode, 16) if hexadecimal or unicode else int(octal, 8)).replace("\0", "")


def _texts(column: pl.Series, *, backslashes: bool) -> pl.Series:
    """The bulk in Polars, doubled quotation marks too; what has a prefix, a cast, pieces or escapes, one by one."""
    quoted = column.str.starts_with("'") & column.str.ends_with("'")
    inner = column.str.slice(1, column.str.len_chars() - 2)
    plain = pl.when(quoted).then(inner.str.replace_all("''", "'", literal=True)).otherwise(column)
    single = inner.str.replace_all("''", "", literal=True).str.contains("'", literal=True)
    odd = ~quoted & column.str.contains("'", literal=True) | single
    if backslashes:
        odd |= column.str.contains("\\", literal=True)
    cells = pl.select(pl.when(column.str.to_uppercase() == "NULL").then(None).otherwise(plain)).to_series()
    cells = pl.select(pl.when(cells != "").then(cells)).to_series().alias(column.name)
    if odd.any():
        where = odd.arg_true()
        cells = cells.scatter(where, [text_of(raw, backslashes=backslashes) for raw in column.gather(where)])
    return cells


def text_of(raw: str, *, backslashes: bool) -> str | None:
    """One raw value as the text that it stands for.

    >>> text_of("E'a\\\\'b'", backslashes=False), text_of("'it''s'::text", backslashes=False)
    ("a'b", "it's")
    """
    if lines := _LINE_ENDS.fullmatch(raw):
        return lines[1][1:-1].replace("''", "'").replace("\\n", "\n").replace("\\r", "\r") or None
    prefix = _PREFIXED.match(raw)
    bare = _CAST.sub("", raw[prefix.end() :] if prefix else raw).strip()
    if not bare.startswith("'"):
        return raw
    escapes = backslashes or (prefix is not None and prefix[0].strip().upper() in ("E", "U&"))
    pieces = re.findall(BACKSLASHED if escapes else STANDARD, bare, re.DOTALL)
    text = "".join(piece[1:-1] for piece in pieces).replace("''", "'")
    return (unescaped(text) if escapes else text) or None
