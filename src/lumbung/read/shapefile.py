"""A shapefile: geometries, rows and their side files put together, whatever archive they came in.

Source: ESRI Shapefile Technical Description (July 1998); the side files' marks as GDAL's shapefile driver writes them.
A part that comes alone is read alone: .shp gives bare geometries, .dbf its rows. Indexes hold numbers and are swept.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from io import BytesIO

from lumbung.document import Geometry, Passage, Place, Table
from lumbung.read.dbf import read_dbf
from lumbung.read.features import Surveyor, with_layer
from lumbung.read.grid import frame_of_rows, table
from lumbung.read.harvest import Harvest, Inner
from lumbung.read.opened import Opened, lay_open
from lumbung.read.reference_system import Located, of_wkt, unnamed
from lumbung.read.shp import HEADER, index_of, read_shapes
from lumbung.read.sweep import swept, text_of_bytes
from lumbung.read.unknown_part import take_in
from lumbung.read.unreadable import Unreadable

INDEXES = frozenset({"shx", "sbn", "sbx", "qix", "fbn", "fbx", "ain", "aih", "ixs", "mxs", "atx", "idx", "cdx", "mdx"})
TEXTS = frozenset({"prj", "cpg", "qpj", "cst"})
MEMOS = ("dbt", "fpt")
KNOWN = frozenset({"shp", "dbf", "shp.xml", *MEMOS, *INDEXES, *TEXTS})
EMBEDDED = re.compile(rb">\s*([A-Za-z0-9+/\s]{200,}={0,2})\s*<")
ORDINAL = "fitur"

Members = Mapping[str, Inner]


def join_shapefiles(harvest: Harvest, *, since: int) -> None:
    """Take the parts of shapefiles and of dBase tables with memos out of what was found inside since then, and read
    each together; the rest stays for the doors."""
    if len(harvest.inner) - since < 2:
        return
    arrived = [harvest.inner.pop() for _ in range(len(harvest.inner) - since)][::-1]
    groups: dict[str, dict[str, Inner]] = {}
    for inner in arrived:
        stem, extension = _parted(inner)
        if extension in KNOWN:
            groups.setdefault(stem, {}).setdefault(extension, inner)
    whole = [group for group in groups.values() if "shp" in group or ("dbf" in group and set(MEMOS) & group.keys())]
    joined = {id(inner) for group in whole for inner in group.values()}
    harvest.inner.extend(inner for inner in arrived if id(inner) not in joined)
    for group in whole:
        _take_together(harvest, group)


def _parted(inner: Inner) -> tuple[str, str]:
    """The name in lower case up to its extension, and that; ".shp.xml" is one."""
    name = inner.prefix.removesuffix("!").lower()
    if name.endswith(".shp.xml"):
        return name.removesuffix(".shp.xml"), "shp.xml"
    stem, _, extension = name.rpartition(".")
    return stem, extension


def _take_together(harvest: Harvest, group: Members) -> None:
    """The rows with the geometries beside them; then every other part of the group."""
    tables = _rows(harvest, group["dbf"], group) if "dbf" in group else []
    if "shp" in group:
        geometries = _geometries(harvest, group["shp"].data, _place(group["shp"]))
        located = _located(group)
        if tables:
            tables = [_mapped(one, geometries, located) for one in tables]
        elif geometries:
            tables = [_bare(harvest, geometries, _place(group["shp"]), located)]
    harvest.tables += tables
    for extension, inner in group.items():
        _take_aside(harvest, extension, inner, group)


def harvest_shp(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """A .shp file by itself, or the index of one, whose numbers are swept. Raise Unreadable."""
    data, place = opened.data[:], Place(part=prefix.removesuffix("!") or None)
    if data[HEADER : HEADER + 4] == b"\0\0\0\x32" and (len(data) - HEADER) % 8 == 0:
        harvest.say(swept(place, text_of_bytes(data)))
        return "shapefile"
    geometries = _geometries(harvest, data, place)
    if geometries:
        harvest.tables.append(_bare(harvest, geometries, place, unnamed))
    return "shapefile"


def _place(inner: Inner) -> Place:
    return Place(part=inner.prefix.removesuffix("!"))


def _rows(harvest: Harvest, rows: Inner, group: Members) -> list[Table]:
    """The table of a .dbf, its memos read from beside it."""
    place = _place(rows)
    codepage = group["cpg"].data[:40].decode("latin-1") if "cpg" in group else ""
    memo = next((group[one].data for one in MEMOS if one in group), b"")
    try:
        opened = lay_open(BytesIO(rows.data), name="", limits=harvest.limits, hashed=False)
        parts = read_dbf(opened, codepage=codepage, memo=memo)
    except Unreadable as refusal:
        harvest.miss(place, refusal.code)
        harvest.say(swept(place, text_of_bytes(rows.data)))
        return []
    harvest.say(replace(one, place=place.but(part=f"{place.part}{one.place.part}")) for one in parts.passages)
    for missed in parts.unread:
        harvest.miss(place, missed.why)
    return [replace(one, place=place) for one in parts.tables]


def _geometries(harvest: Harvest, data: bytes, place: Place) -> list[Geometry | None]:
    """The geometries of a .shp; what is not understood in it is swept and named unread."""
    surveyor = Surveyor()
    try:
        shapes = read_shapes(data, surveyor)
    except Unreadable as refusal:
        harvest.miss(place, refusal.code)
        return []
    if not shapes.whole:
        harvest.miss(place, "broken")
    harvest.say(swept(place.but(hidden=True), text_of_bytes(data)))
    harvest.say(surveyor.passages(place))
    return shapes.geometries


def _located(group: Members) -> Located | None:
    return of_wkt(group["prj"].data.decode("utf-8", "replace")) if "prj" in group else unnamed


def _mapped(rows: Table, geometries: list[Geometry | None], located: Located | None) -> Table:
    """The rows with their geometries; a row without a record has none, a record without a row is left out."""
    features = rows.texts.height - 1
    fitted = [*geometries[:features], *[None] * (features - len(geometries))]
    return with_layer(rows, fitted, located)


def _bare(harvest: Harvest, geometries: list[Geometry | None], place: Place, located: Located | None) -> Table:
    """Geometries that no row speaks of, counted."""
    rows = [[ORDINAL], *([str(number)] for number in range(1, len(geometries) + 1))]
    return with_layer(table(frame_of_rows(rows, limits=harvest.limits), place=place), geometries, located)


def _take_aside(harvest: Harvest, extension: str, inner: Inner, group: Members) -> None:
    """Side files: texts are said, indexes swept, metadata swept with the picture that may be written into it."""
    place = _place(inner)
    if extension in TEXTS:
        harvest.say([Passage(place=place, text=inner.data.decode("utf-8", "replace"))])
    elif extension == "shp.xml":
        take_in(harvest, [inner.data], place=place)
        _open_embedded(harvest, inner.data, place)
    elif extension == "shx" and inner.data[HEADER:] == index_of(group["shp"].data if "shp" in group else b""):
        harvest.say(swept(place.but(hidden=True), text_of_bytes(inner.data[:HEADER])))
    elif extension != "dbf":
        harvest.say(swept(place.but(hidden=True), text_of_bytes(inner.data)))


def _open_embedded(harvest: Harvest, metadata: bytes, place: Place) -> None:
    for number, found in enumerate(_embedded(metadata), start=1):
        try:
            content = base64.b64decode(b"".join(found.split()), validate=True)
        except (binascii.Error, ValueError):
            continue  # a long word, which was swept
        harvest.find_inside(content, place.but(part=f"{place.part}(sisipan {number})", hidden=True))


def _embedded(metadata: bytes) -> Iterable[bytes]:
    return (found[1] for found in EMBEDDED.finditer(metadata))
