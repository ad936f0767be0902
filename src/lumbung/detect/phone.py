"""Indonesian mobile telephone numbers, in columns and inside longer cells.

Source: the national numbering plan (Kominfo): mobile numbers are 08, then 11 to 19 or 2 to 9 for the operator, ten to
thirteen digits in all; +62 or 62 replaces the 0. Landlines of offices are left out. A number that lost its 0 counts
only under a header that says telephone.
"""

import re
from collections.abc import Iterator
from functools import cache

import polars as pl

from lumbung.detect import reach
from lumbung.detect.finding import Finding
from lumbung.detect.identifiers import OTHERS
from lumbung.detect.patterns import BARE_PHONE, MOBILE, OPERATOR
from lumbung.detect.reduced import TOP
from lumbung.detect.side_by_side import in_pieces
from lumbung.detect.view import View

KIND = "phone"
COUNTRY, BEYOND = 62, 900_000
WHOLE = r"^[0-9]+(?:\.0)?$"
ACCIDENTS, MOSTLY = 0.01, 0.9
"""So small a share of a column, of which so much is numbers, of its length, is chance without a heading for it."""
PADDED = 10
"""Of so many numbers with a 0 before them one begins as a telephone by chance: 08, and a third of the operators."""
RANDOM = {
    r"^[0-9_\-+/]*[A-Za-z][0-9A-Za-z_\-+/]*={0,2}$": 14,
    r"^-?(?:0|[1-9][0-9]{0,6})\.[0-9]{3,}$": 5,
    r"^-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]{1,2})?$|^-?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?$": 5,
}
"""Digests, UUIDs and tokens, of so many signs at least; measured values with their decimals; amounts of rupiah."""
AMONG_RANDOM = 0.1
"""As ACCIDENTS, where the rest has one of these forms: telephones are not written so."""
OFFICE = r"(?i)\b(?:kantor|hotline|pelayanan|layanan|call ?center|pengaduan|humas|ppid|dinas|puskesmas)\b"


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column (and header) with at least one mobile number."""
    labelled = {column for header in view.sheet.headers for column, role in header.roles.items() if role == KIND}
    for column in sorted(labelled | {column for column, counts in view.counts.items() if counts[KIND]}):
        cells = pl.DataFrame({"cell": view.sheet.table.texts[column]}).with_row_index("row")
        for section in view.sheet.sections(column):
            asked = section.cut(cells)
            hits = asked.filter(_dialled(asked, bare=section.role == KIND, integers=view.integers.get(column)))
            if section.role not in (KIND, *OTHERS) and _are_accidents(hits["cell"], among=asked["cell"]):
                continue
            if hits.height and section.role not in OTHERS:
                office = pl.col("cell").str.contains(OFFICE)
                yield reach.finding(
                    view.sheet, column, section, kind=KIND, hits=hits, office=office, evidence=evidence
                )


def _are_accidents(hits: pl.Series, *, among: pl.Series) -> bool:
    """Whether a few cells of a column are what chance makes among its random signs or its numbers of customers."""
    filled = int((among.str.len_bytes() > 0).sum())
    if not 0 < hits.len() <= AMONG_RANDOM * filled:
        return False
    random = any(_of_form(form, hits, among) >= MOSTLY * filled for form in RANDOM)
    return random or (hits.len() < ACCIDENTS * filled and _begin_alike(hits, among, filled))


def _of_form(form: str, hits: pl.Series, among: pl.Series) -> int:
    """How many cells have this form of random signs; 0 where a hit has it not."""
    fitting = [cells.str.contains(form) & (cells.str.len_bytes() >= RANDOM[form]) for cells in (hits, among)]
    return int(fitting[1].sum()) if fitting[0].all() else 0


def _begin_alike(hits: pl.Series, among: pl.Series, filled: int) -> bool:
    """Whether numbers, all as long as the others, begin with 62, telephones without their plus, or many with 0."""
    padded = hits.str.starts_with("0")
    if not (hits.str.starts_with("62") | padded).all():
        return False
    alike = among.filter(among.str.len_bytes().is_in(hits.str.len_bytes().unique().implode()))
    if int(alike.str.starts_with("0").sum()) < PADDED * int(padded.sum()):
        return False
    return int(alike.str.contains(WHOLE).sum()) >= MOSTLY * filled


def _dialled(asked: pl.DataFrame, *, bare: bool, integers: pl.Series | None) -> pl.Series:
    """Whether each cell holds a mobile number, with `bare` also one without its 0.

    `integers` are the cells below the top rows as numbers, which are quicker to ask than their digits.
    """
    if not bare:
        return in_pieces(lambda cells: cells.str.contains(MOBILE), asked["cell"])
    rows = asked.height if integers is None else int(asked["row"].search_sorted(TOP))
    top = in_pieces(lambda cells: cells.str.contains(f"{BARE_PHONE}|{MOBILE}"), asked["cell"].head(rows))
    if integers is None or rows == asked.height:
        return top
    return top.append(in_pieces(_are_dialled, _at(integers, asked["row"].slice(rows) - TOP)))


def _at(numbers: pl.Series, positions: pl.Series) -> pl.Series:
    """The numbers at ascending positions; without a copy where these have no gap."""
    first, last = int(positions[0]), int(positions[-1])
    return numbers.slice(first, positions.len()) if last - first < positions.len() else numbers.gather(positions)


def _are_dialled(numbers: pl.Series) -> pl.Series:
    """Whether whole numbers, without the 0 that they may begin with, are mobile numbers: BARE_PHONE, by arithmetic."""
    million = pl.col("number") // 10**6
    abroad = (million // 10**5 == COUNTRY) | (million // 10**6 == COUNTRY)  # two digits more than stand in the table
    front = pl.when(abroad).then(million // 100).otherwise(million).clip(0, BEYOND)
    return _fronts().gather(numbers.to_frame("number").select(front).to_series())


@cache
def _fronts() -> pl.Series:
    """Whether a mobile number may begin so, its last six digits left out, or eight of one of 13 or 14 digits with the
    country before it."""
    operators = [number for number in range(800, 900) if re.fullmatch(OPERATOR, str(number))]
    known = [False] * (BEYOND + 1)
    for operator in (*operators, *(COUNTRY * 1000 + operator for operator in operators)):
        for start, end in ((operator * 10**digits, (operator + 1) * 10**digits) for digits in range(4)):
            if end <= BEYOND:
                known[start:end] = [True] * (end - start)
    return pl.Series(known, dtype=pl.Boolean)
