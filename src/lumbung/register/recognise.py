"""A file -> what it is: which tables hold residents, under which headings, in which layout. Counts nothing."""

from collections.abc import Mapping
from dataclasses import replace

from lumbung.document import Document, Table
from lumbung.register import headings
from lumbung.register.codes import share
from lumbung.register.headings import USELESS, Layout
from lumbung.register.matching import matched
from lumbung.register.recognised import Column, People, Recognised

UNKNOWN = "lain"
SEARCHED = 200  # rows in which headings are looked for; a letterhead is shorter
LINES = 3  # rows that one set of headings may take
_LEAST = 4  # known headings that a row of headings has at least
_FACTS = ("agama", "pendidikan", "pekerjaan", "status_kawin", "hubungan")
_LEAST_FACTS = 3
_TOP = 20
_WISHED = (*_FACTS, "golongan_darah", "kewarganegaraan", "dusun", "status_dasar")


class NotUnderstood(ValueError):
    """What a person said about a column names no column of the file, or no field. Carries what the person wrote."""

    def __init__(self, written: str) -> None:
        super().__init__(written)
        self.written = written


def recognise(document: Document, *, told: Mapping[str, str] | None = None) -> Recognised:
    """The layout of a register and what its columns hold; `refusal` says why a file is none. Changes nothing.

    `told` maps headings or letters of columns to fields (or "abaikan"), as a person said. Raise NotUnderstood where
    they are not there. Does not judge whether the people fit the village: `residents` does.
    """
    found = [(number, table, rows) for number, table in enumerate(_seen(document)) if (rows := heading_rows(table))]
    words = frozenset().union(*(_words(table, rows) for _, table, rows in found))
    if refusal := headings.refused(words if found else _first_words(document)):
        return _refused(refusal)
    if not found and any(table.place.hidden and heading_rows(table) for table in document.tables):
        return _refused("hidden-sheet")
    if not found:
        return _refused("no-headings" if _numbered(document) else "not-a-register")
    layout = _layout(words)
    told = {key: _field(field) for key, field in (told or {}).items()}
    people = tuple(_people(number, table, rows, layout, told) for number, table, rows in found)
    _all_understood(told, people)
    return _weighed(layout, people)


def visible(document: Document) -> tuple[tuple[int, Table], ...]:
    """The tables that a person opening the file would see, with their numbers; all of them where none is."""
    numbered = tuple(enumerate(document.tables))
    return tuple(pair for pair in numbered if not pair[1].place.hidden) or numbered


def heading_rows(table: Table) -> tuple[int, ...]:
    """The rows (from 0) in which the headings stand: the best of the first rows, and what explains it below."""
    rows = table.texts.head(SEARCHED).rows()
    best = max(range(len(rows)), key=lambda number: _score(rows[number]), default=None)
    if best is None or _score(rows[best]) < _LEAST:
        return ()
    lines = [best]
    for number in range(best + 1, min(best + LINES, len(rows))):
        if not _explains(rows[number]):
            break
        lines.append(number)
    return tuple(lines)


def heading_texts(table: Table, rows: tuple[int, ...]) -> dict[str, str]:
    """For each letter its lowest heading, for it says most."""
    lines = [table.texts.row(number, named=True) for number in rows]
    texts: dict[str, str] = {}
    for line in lines:
        texts |= {letter: text.strip() for letter, text in line.items() if text and text.strip()}
    return texts


def _seen(document: Document) -> list[Table]:
    """All tables, with those that nobody would see emptied, so that the numbers stay those of the document."""
    seen = {number for number, _ in visible(document)}
    return [
        table if number in seen else replace(table, texts=table.texts.clear())
        for number, table in enumerate(document.tables)
    ]


def _score(row: tuple[str | None, ...]) -> int:
    named = {field for cell in row if (field := headings.field_of(cell)) not in (None, USELESS)}
    return len(named) if named & {"nama", "nik"} else 0


def _explains(row: tuple[str | None, ...]) -> bool:
    cells = [cell for cell in row if cell and cell.strip()]
    return len(cells) > 1 and all(headings.field_of(cell) for cell in cells)


def _words(table: Table, rows: tuple[int, ...]) -> frozenset[str]:
    return frozenset(headings.plain(cell) for number in rows for cell in table.texts.row(number) if cell)


def _layout(words: frozenset[str]) -> Layout:
    fitting = [layout for layout in headings.layouts() if layout.headings <= words]
    return max(
        fitting,
        key=lambda layout: len(layout.headings),
        default=Layout(name=UNKNOWN, headings=frozenset(), banded=False),
    )


def _field(field: str) -> str:
    if field == "abaikan":
        return USELESS
    if field not in headings.fields():
        raise NotUnderstood(field)
    return field


def _people(number: int, table: Table, rows: tuple[int, ...], layout: Layout, told: Mapping[str, str]) -> People:
    below = table.texts.slice(rows[-1] + 1)
    named = [Column(letter=letter, heading=text, field=headings.field_of(text) or "", how="heading")
             for letter, text in heading_texts(table, rows).items()]  # fmt: skip
    columns = tuple(matched(named, below, told=told, known_layout=layout.name != UNKNOWN))
    return People(table=number, headings=rows, columns=columns)


def _all_understood(told: Mapping[str, str], people: tuple[People, ...]) -> None:
    known = {name for table in people for column in table.columns for name in _names(column)}
    for key in told:
        if headings.plain(key) not in known and key.upper() not in known:
            raise NotUnderstood(key)


def _names(column: Column) -> tuple[str, str]:
    return headings.plain(column.heading), column.letter


def _weighed(layout: Layout, people: tuple[People, ...]) -> Recognised:
    first = max(people, key=lambda table: len(table.columns))
    fields = {column.field for column in first.columns}
    located = layout.banded or "alamat" in fields
    clear = {column.field for column in first.columns if column.how != "unclear"}
    recognised = Recognised(
        layout=layout.name,
        banded=layout.banded,
        tables=people,
        unmapped=tuple(column.heading for column in first.columns if not column.field),
        missing=tuple(field for field in _WISHED if field not in clear and not (field == "dusun" and located)),
    )
    return replace(recognised, refusal=_too_few(fields, banded=layout.banded))


def _too_few(fields: set[str], *, banded: bool) -> str:
    """Why these columns do not make a register, counting those that a person has yet to confirm."""
    sexes = fields & {"jenis_kelamin", "nik"}
    ages = fields & {"tanggal_lahir", "umur", "nik"}
    homes = banded or fields & {"nomor_kk", "hubungan"}
    enough = len(fields & set(_FACTS)) >= _LEAST_FACTS
    return "" if sexes and ages and homes and enough else "too-few-columns"


def _first_words(document: Document) -> frozenset[str]:
    """What stands in the first rows of all tables, for lists that have too few of a register's headings."""
    tops = (table.texts.head(_TOP) for _, table in visible(document))
    return frozenset(headings.plain(cell) for top in tops for row in top.rows() for cell in row if cell)


def _numbered(document: Document) -> bool:
    """Whether some table looks like people without headings: one of many columns holds sixteen digits."""
    for _, table in visible(document):
        top = table.texts.head(SEARCHED)
        digits = [name for name in top.columns if share(top[name].head(_TOP).str.contains(r"^\d{16}$")) > 0.5]
        if digits and top.width >= len(_WISHED):
            return not {headings.field_of(cell) for row in top.rows() for cell in row} & {"nik", "nomor_kk"}
    return False


def _refused(why: str) -> Recognised:
    return Recognised(layout="", banded=False, tables=(), unmapped=(), missing=(), refusal=why)
