"""An SQL dump, as MySQL, PostgreSQL, SQLite and their tools write it: the rows of each table, and all other text.

Sources: mysqldump and phpMyAdmin's exports, pg_dump (COPY and --inserts), the .dump command of sqlite3. Nothing is
executed. What is no row of an INSERT or COPY stays raw text, whole; a value that a function would put together when
it is executed is named unread.
"""

import re
from dataclasses import dataclass, field

import polars as pl

from lumbung.document import Passage, Place
from lumbung.read import sql_values
from lumbung.read.encoding import encoding_of, to_utf8
from lumbung.read.grid import table
from lumbung.read.harvest import Harvest
from lumbung.read.letters import letter
from lumbung.read.opened import Opened
from lumbung.read.sql_blobs import open_blobs
from lumbung.read.sql_copy import frame_of_copy
from lumbung.read.sql_names import COLUMN_LIST, NAME, bare_name, columns_of_create, names_of_list
from lumbung.read.sweep import swept
from lumbung.read.unreadable import Unreadable

FIRST_WORD = re.compile(
    r"\ufeff?(?:\s|--[^\n]*\n|#[^\n]*\n|/\*.*?\*/;?)*+"
    r"(?:SET|CREATE|INSERT|REPLACE|DROP|BEGIN|PRAGMA|USE|LOCK|ALTER|START|COPY|SELECT|DELETE|TRUNCATE|COMMENT|GO\b|\\)",
    re.IGNORECASE | re.DOTALL,
)
TELLING = re.compile(
    rf"^[ \t]*(?:CREATE\s+(?:\w+\s+)*?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{NAME}\s*\("
    rf"|(?:INSERT|REPLACE)\s+(?:\w+\s+)?INTO\s+{NAME}|COPY\s+{NAME}\s*(?:\([^)]*\))?\s*FROM\s+stdin)",
    re.IGNORECASE | re.MULTILINE,
)
MYSQL = re.compile(r"^-- (?:MySQL|MariaDB|phpMyAdmin|Adminer)|`\w+`|\bENGINE\s*=", re.MULTILINE)
INSERT = re.compile(
    rf"(?:\s|--[^\n]*\n)*(?:INSERT|REPLACE)\s+(?:\w+\s+)?INTO\s+({NAME})\s*({COLUMN_LIST})?"
    r"\s*(?:OVERRIDING \w+ VALUE\s*)?VALUES?\s*(?=\()",
    re.IGNORECASE,
)
CREATE = re.compile(rf"\bCREATE\s+(?:\w+\s+)*?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?({NAME})\s*\(", re.IGNORECASE)
COPY = re.compile(rf"\s*COPY\s+({NAME})\s*({COLUMN_LIST})?\s*FROM\s+stdin[^;]*;\s*?\n", re.IGNORECASE)
BEHIND_ROWS = re.compile(r"[\s,]*(?:ON\s+(?:CONFLICT|DUPLICATE)|RETURNING|AS\s|;|--|/\*)", re.IGNORECASE)
END_OF_COPY = re.compile(r"^\\\.[ \t\r]*$", re.MULTILINE)
CHUNK = 8_000_000  # characters of values kept before they become cells


@dataclass(slots=True)
class Gathered:
    """What was met of one table under one list of columns."""

    name: str
    columns: list[str]
    bodies: list[str] = field(default_factory=list)
    waiting: int = 0
    texts: list[pl.DataFrame] = field(default_factory=list)
    numbers: list[pl.DataFrame] = field(default_factory=list)
    computed: bool = False  # whether a row was not understood, or holds a value that is only made when it is executed


class Dump:
    """A dump being read. `rest` is all text that is no row."""

    def __init__(self, text: str, cells: int) -> None:
        """`cells` is the ceiling on them."""
        self.text, self.cells = text, cells
        self.backslashes = bool(MYSQL.search(text[:200_000]))
        self.created: dict[str, list[str]] = {}
        self.tables: dict[tuple[str, tuple[str, ...]], Gathered] = {}
        self.rest: list[str] = []

    def read(self) -> None:
        """Take every statement. Raise Unreadable("too-large")."""
        position, end = 0, len(self.text)
        statement = _statement(backslashes=self.backslashes)
        while position < end:
            found = statement.match(self.text, position)
            whole = found[0] if found else self.text[position:]
            position += len(whole)
            copy = COPY.search(whole + "\n") if "stdin" in whole or "STDIN" in whole else None
            if copy:
                position = self._copy(copy, whole, position)
            elif not self._insert(whole):
                self._other(whole)
        for gathered in self.tables.values():
            self._flush(gathered)

    def _insert(self, statement: str) -> bool:
        found = INSERT.match(statement)
        if not found:
            return False
        gathered = self._gathered(found[1], found[2])
        body = statement[found.end() :].removesuffix(";")
        self.rest += [line for line in statement[: found.start(1)].splitlines() if line.lstrip().startswith("--")]
        gathered.bodies.append(body)
        gathered.waiting += len(body)
        if gathered.waiting > CHUNK:
            self._flush(gathered)
        return True

    def _gathered(self, name: str, columns: str | None) -> Gathered:
        bare = bare_name(name)
        names = names_of_list(columns) if columns else self.created.get(bare.lower(), [])
        return self.tables.setdefault((bare, tuple(names)), Gathered(bare, names))

    def _flush(self, gathered: Gathered) -> None:
        body = ",".join(gathered.bodies)
        gathered.bodies, gathered.waiting = [], 0
        known = len(gathered.columns)
        width = known or sql_values.width_of(body, backslashes=self.backslashes)
        if not 0 < width <= sql_values.WIDEST:
            self.rest.append(body)
            return
        for rows, other in sql_values.batches(body, width, backslashes=self.backslashes):
            if other:
                self.rest.append(other)
                gathered.computed |= not BEHIND_ROWS.match(other)
            if rows:
                gathered.computed |= any(
                    sql_values.is_computed(value) for row in rows for value in row if ")" in value
                )
                self._keep(gathered, *sql_values.frame(rows, backslashes=self.backslashes))

    def _keep(self, gathered: Gathered, texts: pl.DataFrame, numbers: pl.DataFrame) -> None:
        self.cells -= texts.height * texts.width
        if self.cells < 0:
            raise Unreadable("too-large")
        gathered.texts.append(texts)
        height = pl.Series("height", [None] * texts.height, dtype=pl.Float64)
        gathered.numbers.append(pl.DataFrame([height, *numbers.get_columns()]))

    def _copy(self, found: re.Match[str], statement: str, position: int) -> int:
        """The rows behind a COPY statement; give where they end."""
        self.rest.append(statement[: found.start(1)])
        end = END_OF_COPY.search(self.text, position)
        lines = self.text[position : end.start() if end else len(self.text)].strip("\r\n")
        if lines:
            texts = frame_of_copy(lines)
            self._keep(self._gathered(found[1], found[2]), texts, pl.DataFrame())
        return end.end() if end else len(self.text)

    def _other(self, statement: str) -> None:
        created = CREATE.search(statement)
        if created:
            self.created[bare_name(created[1]).lower()] = columns_of_create(statement[created.end() :])
        self.rest.append(statement)


def is_dump(head: str) -> bool:
    """Whether a text begins like SQL and has a statement that holds data."""
    return bool(FIRST_WORD.match(head) and TELLING.search(head))


def harvest_dump(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """Every table into the basket, named in `Place.sheet`; give the kind. Raise Unreadable("too-large")."""
    utf8, remainder = to_utf8(opened, encoding_of(opened))
    dump = Dump(utf8.decode("utf-8"), harvest.limits.cells)
    del utf8
    dump.read()
    outside = Place(part=prefix.removesuffix("!") or None)
    for gathered in dump.tables.values():
        if gathered.texts:
            _say(harvest, gathered, outside)
    rest = "\n".join(text.strip() for text in dump.rest)
    harvest.say(swept(Place(part=prefix + "(pernyataan lain)"), rest))
    harvest.say([Passage(place=Place(part=prefix + "(teks mentah)"), text=remainder, swept=True)])
    return "sql"


def _say(harvest: Harvest, gathered: Gathered, outside: Place) -> None:
    place = outside.but(sheet=gathered.name)
    if gathered.computed:
        harvest.miss(place, "unknown-format")
    texts = pl.concat(gathered.texts, how="diagonal")
    texts = open_blobs(harvest, texts, place)
    numbers = pl.concat(gathered.numbers, how="diagonal")
    names = gathered.columns + [""] * (texts.width - len(gathered.columns))
    above = 1 if gathered.columns else 0
    if above:
        header = pl.DataFrame([pl.Series(letter(i), [name or None], dtype=pl.String) for i, name in enumerate(names)])
        texts = pl.concat([header, texts], how="diagonal")
        numbers = pl.concat([pl.DataFrame({"height": [None]}, schema={"height": pl.Float64}), numbers], how="diagonal")
    harvest.tables.append(table(texts, place=place, numbers=numbers.drop("height")))


def _statement(*, backslashes: bool) -> re.Pattern[str]:
    """A statement to its semicolon, past quotations, comments and PostgreSQL's $$ quotations."""
    quoted = sql_values.BACKSLASHED if backslashes else sql_values.STANDARD
    comments = r"--[^\n]*+|/\*.*?\*/" + (r"|#[^\n]*+" if backslashes else "")
    dollars = r"\$(?P<tag>\w*)\$.*?\$(?P=tag)\$"
    names = r'"[^"]*+"|`[^`]*+`'
    plain = r"[^'\"`;/\-$#eE]++"
    return re.compile(rf"(?:{plain}|{comments}|{quoted}|{names}|{dollars}|[/\-$#eE\"`])*+;", re.DOTALL)
