"""Where named persons live, as coordinates in cells or as the geometry of a map's feature.

Source: UU 27/2022 art. 4(3), data that combined identify a person; the register of the village information system has
`lat` and `lng` for every house. Coordinates of schools, bridges and posts have no person's name beside them, and a
village's boundary is nobody's house, whoever is named as its head.
"""

import math
import re
from collections.abc import Iterator

import polars as pl

from lumbung.detect import names, rows
from lumbung.detect.finding import Finding
from lumbung.detect.patterns import HOUSED
from lumbung.detect.people import People
from lumbung.detect.view import View
from lumbung.document import Geometry, Layer

KIND = "home-coordinates"
SHAPES = {
    "latitude": r"^'?-?(?:1[01]|[0-9])[.,][0-9]{3,}$",
    "longitude": r"^'?(?:9[4-9]|1[0-3][0-9]|14[01])[.,][0-9]{3,}$",
    "coordinates": r"-?(?:1[01]|[0-9])[.,][0-9]{3,}[°SLU ,;/]+(?:9[4-9]|1[0-3][0-9]|14[01])[.,][0-9]{3,}",
}
"""Of places in Indonesia: 11 degrees south to 6 north, 94 to 141 east, to a hundred metres or closer."""
YARD, YARD_METRES = 0.005, 500.0
"""As wide as a yard or a field is at most, in degrees or in metres; what is wider is an area."""
DWELLING = r"(?i)^\W*(?:rumah|rmh|kediaman)\s+(?:warga|penduduk|tinggal|pribadi)\b"
"""Somebody's home, and nobody is named."""
DWELT = r"(?i)\b(?:rumah|domisili|tempat tinggal)\b"
"""A heading that says so of all its points."""
OF_SOMEBODY = r"(?i)^\W*(?:rumah|rmh|kediaman|omah)\W+(.+)$"


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column of latitudes or of pairs, in rows that name people. Shows no sample."""
    yield from _in_cells(view)
    if view.sheet.table.layer:
        yield from _on_maps(view, view.sheet.table.layer)


def _in_cells(view: View) -> Iterator[Finding]:
    table = view.sheet.table
    for layout, people in view.crowds:
        for column, role in layout.roles.items():
            if role not in ("latitude", "coordinates"):
                continue
            cells = layout.cut(pl.DataFrame({"cell": table.texts[column]}).with_row_index("row"))
            located = cells.filter(pl.col("cell").str.contains(SHAPES[role]))["row"]
            hits, beside = _of_people(view, people, located)
            if re.search(DWELT, layout.texts.get(column, "")):
                hits = located
            if hits.len():
                yield Finding(
                    kind=KIND,
                    place=rows.place(table, column, hits, header=layout.texts.get(column)),
                    hits=hits.len(),
                    of=int((cells["cell"].str.len_bytes() > 0).sum()),
                    evidence={"header": 1.0, **beside},
                )


def _on_maps(view: View, layer: Layer) -> Iterator[Finding]:
    """One finding for each layout with small geometries in rows that name people, or that are called somebody's."""
    small = pl.Series([row for row, one in enumerate(layer.geometries) if one and _is_small(one, layer)])
    frame = pl.DataFrame({"row": small.cast(pl.UInt32)}, schema={"row": pl.UInt32})
    for layout, people in view.crowds:
        placed = layout.cut(frame)["row"]
        hits, beside = _of_people(view, people, placed)
        if hits.len():
            place = rows.place(view.sheet.table, view.sheet.table.texts.columns[0], hits).but(column=None, cell=None)
            yield Finding(kind=KIND, place=place, hits=hits.len(), of=placed.len(), evidence=beside)


def _of_people(view: View, people: People, located: pl.Series) -> tuple[pl.Series, dict[str, float]]:
    """The rows that are somebody's home, and the evidence: as sure for homes that are called somebody's as for rows
    that name people, less where nobody is named."""
    if people.names:
        office = {"public-role": 1.0} if people.office else {}
        return located, {"beside-names": max(people.names.values()), **office}
    homes, dwellings = _homes(view), _dwellings(view)
    named = {"beside-names": 1.0} if located.is_in(homes).any() else {}
    return located.filter(located.is_in(sorted({*homes, *dwellings}))), named


def _dwellings(view: View) -> list[int]:
    """Rows with a cell that says they are homes, and not whose."""
    said = [view.sheet.table.texts[column].str.contains(DWELLING) for column in view.sheet.table.texts.columns]
    return sorted({row for column in said for row in column.fill_null(False).arg_true()})


def _homes(view: View) -> list[int]:
    """Rows with a cell such as "Rumah Bpk ..." or "Rumah" before a given name, and no thing's name behind it."""
    found: set[int] = set()
    texts = view.sheet.table.texts
    for column in texts.columns:
        behind = texts[column].str.extract(OF_SOMEBODY).str.to_uppercase().str.strip_chars()
        if behind.null_count() < behind.len():
            named = {text for text in behind.drop_nulls().unique() if _is_somebody(text)}
            found |= set(behind.is_in(list(named)).fill_null(False).arg_true())
            found |= set(texts[column].str.contains(HOUSED).fill_null(False).arg_true())
    return sorted(found)


def _is_somebody(name: str) -> bool:
    first = name.replace(".", " ").split()[:1]
    return first != [] and first[0] in names.given() and names.weigh([name]).things == 0.0


def _is_small(geometry: Geometry, layer: Layer) -> bool:
    """Whether it is a place to stand in rather than an area."""
    widest = YARD if layer.located else YARD_METRES
    west = south = math.inf
    east = north = -math.inf
    for x, y in _corners(geometry):
        west, east, south, north = min(west, x), max(east, x), min(south, y), max(north, y)
        if east - west > widest or north - south > widest:
            return False
    return True


def _corners(geometry: Geometry) -> Iterator[tuple[float, float]]:
    for part in geometry.parts:
        yield from _corners(part)
    waiting = [geometry.coordinates] if geometry.coordinates else []
    while waiting:
        nested = waiting.pop()
        if nested and isinstance(nested[0], float):
            yield nested[0], nested[1]
        else:
            waiting += nested
