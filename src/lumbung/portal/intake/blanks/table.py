"""What was filled in as a table: one shape for a village's own dataset and for the one of the whole regency."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from lumbung.aggregate.typed import Value
from lumbung.portal.intake.blanks.definition import Blank, Line

Values = Mapping[str, Mapping[str, Value]]


def as_csv(blank: Blank, parts: Iterable[tuple[str, str, int, Values]], *, texts: bool) -> str:
    """The table of several villages and years: each part is kode wilayah, name, year and what was filled in.

    `texts` says whether the columns of free text go along; where not, no column can hold a person.
    """
    table = io.StringIO()
    writer = csv.writer(table)
    columns = [column for column in blank.columns if texts or column.kind != "text"]
    line_heads = ["kode", "kelompok", "uraian"] if blank.lines else []
    writer.writerow(["kode_wilayah", "desa", "tahun", *line_heads, *(column.name for column in columns)])
    for kode, name, year, values in parts:
        for line, given in filled(blank, values):
            about = [line.code, line.section, line.label] if blank.lines else []
            writer.writerow([kode, name, year, *about, *(given.get(column.name, "") for column in columns)])
    return table.getvalue()


def filled(blank: Blank, values: Values) -> Iterator[tuple[Line, Mapping[str, Value]]]:
    """The lines in which something stands, in the order of the blank."""
    for line in blank.rows():
        if given := values.get(line.code):
            yield line, given


def imbalance(blank: Blank, values: Values) -> int:
    """By how much the balanced column is out: what comes in less what goes out. Nought where it balances."""
    signs = {line.code: line.sign for line in blank.lines}
    given = ((signs[line.code], row.get(blank.balanced, 0)) for line, row in filled(blank, values))
    return sum(sign * int(value) for sign, value in given) if blank.balanced else 0
