"""Every object of a PDF, whoever refers to it: its texts, names and long numbers, and the streams it carries.

Source: ISO 32000-2, chapter 7. What a stream is, is told by the key under which others refer to it; one that no key
explains is taken in like any unknown part.
"""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from lumbung.document import Place
from lumbung.read.grid import frame_of_rows, table
from lumbung.read.harvest import Harvest
from lumbung.read.sweep import swept, text_of_bytes
from lumbung.read.unknown_part import take_in

MOST = 500_000  # objects
# What pikepdf raises where an object is of another kind than its place asks for, or no text.
DAMAGE = (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, OverflowError)
DEEPEST = 60
LONG_NAME = 8  # letters
LONG_NUMBER = 10**9
LARGEST_STREAM = 96 * 2**20
MACHINE = frozenset(  # streams that only programs read: tables, programs of fonts, colours
    {
        *(
            "/FontFile",
            "/FontFile2",
            "/FontFile3",
            "/CIDToGIDMap",
            "/CIDSet",
            "/ToUnicode",
            "/JBIG2Globals",
            "/Encoding",
        ),
        *("/Function", "/Functions", "/TR", "/TR2", "/BG", "/BG2", "/UCR", "/UCR2", "/HT", "/DestOutputProfile"),
        *("/ICCBased", "/Shading", "/UseCMap", "/Indexed", "/C"),
    }
)
DRAWN = frozenset({"/Contents", "/CharProcs"})
SHOWN = re.compile(rb"%[^\r\n]*|\((?:[^()\\]|\\.)*\)|<(?:[0-9A-Fa-f]\s*){16,}>|/[^\s/<>\[\](){}%]{10,}", re.DOTALL)
SHOWS = re.compile(rb"\((?:[^()\\]|\\.)*\)\s*(?:Tj|['\"])|\[[^\]]*\]\s*TJ|<[0-9A-Fa-f\s]*>\s*Tj", re.DOTALL)
PICTURE_FILTERS = frozenset({"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"})
KINDS = {"/Annot": "anotasi", "/Catalog": "katalog", "/StructElem": "struktur", "/Metadata": "metadata"}


@dataclass(slots=True)
class Found:
    """What is sorted out while the objects are walked, for others to read."""

    roles: dict[tuple[int, int], set[str]] = field(default_factory=dict)
    pictures: list[Any] = field(default_factory=list)
    lines: dict[str, list[str]] = field(default_factory=dict)
    fields: list[list[str | None]] = field(default_factory=list)
    taken: set[tuple[int, int]] = field(default_factory=set)  # objects that were looked into, or named unread
    alternative: bool = False  # some text is said to stand for other text
    is_lost: bool = False  # these objects are in no table, and no page is drawn with them
    is_coded: bool = False  # some of them show text in codes that only their fonts know


def sweep_objects(harvest: Harvest, pdf: pikepdf.Pdf, place: Place, *, label: str = "") -> Found:
    """All objects of the file into the basket; pictures are only gathered. `label` stands before the part's name."""
    found = Found(is_lost=bool(label))
    objects = _objects(harvest, pdf, place)
    for value in objects:
        _learn_roles(value, found)
    for value in [pdf.trailer, *objects]:
        try:
            _take(harvest, value, found, place, label)
        except DAMAGE:
            harvest.miss(place.but(part=named(place, f"{label}objek {value.objgen[0]}"), hidden=True), "broken")
        found.taken.add(value.objgen)
    for part, lines in found.lines.items():
        where = place.but(part=named(place, f"{label}{part}"), hidden=True)
        harvest.say(swept(where, "\n".join(dict.fromkeys(lines))))
    if found.fields:
        where = place.but(part=named(place, f"{label}formulir"))
        harvest.tables.append(table(frame_of_rows(found.fields, limits=harvest.limits), place=where))
    return found


def named(place: Place, part: str) -> str:
    """The name of a part of the PDF, behind the file's own where it lies inside another."""
    return f"{place.part}!({part})" if place.part else f"({part})"


def _objects(harvest: Harvest, pdf: pikepdf.Pdf, place: Place) -> list[Any]:
    kept: list[Any] = []
    for value in pdf.objects:
        if len(kept) >= MOST:
            harvest.miss(place, "too-large")
            break
        if isinstance(value, pikepdf.Object):
            kept.append(value)
    return kept


def _learn_roles(value: Any, found: Found) -> None:
    """Under which keys each stream is referred to."""
    with suppress(UnicodeDecodeError):  # names that are no text; what is referred to there stays unexplained
        for key, child in _children(value, ""):
            if isinstance(child, pikepdf.Stream):
                found.roles.setdefault(child.objgen, set()).add(key)


def _children(value: Any, key: str, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """All values below, as far as they are the object's own, with the keys they stand under."""
    if depth > DEEPEST:
        return
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        inner = list(value.items())
    elif isinstance(value, pikepdf.Array):
        first = str(value[0]) if len(value) and isinstance(value[0], pikepdf.Name) else key
        inner = [(first, child) for child in value]
    else:
        return
    for name, child in inner:
        yield name, child
        if not (isinstance(child, pikepdf.Object) and child.is_indirect):
            yield from _children(child, key if name == "/CharProcs" else name, depth + 1)


def _take(harvest: Harvest, value: Any, found: Found, place: Place, label: str) -> None:
    kind = _kind(value)
    found.lines.setdefault(kind, []).extend(_texts_or_bytes(value, found))
    if isinstance(value, pikepdf.Dictionary):
        _take_field(value, found)
    if isinstance(value, pikepdf.Stream):
        part = place.but(part=named(place, f"{label}{kind} {value.objgen[0]}"), hidden=True)
        _take_stream(harvest, value, found, part, kind)


def _kind(value: Any) -> str:
    if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return "objek"
    if "/Rect" in value and "/Subtype" in value:
        return "anotasi"
    if value.get("/S") == "/JavaScript":
        return "skrip"
    known = value.get("/Type")
    return KINDS.get(str(known), "objek") if isinstance(known, pikepdf.Name) else "objek"


def _texts_or_bytes(value: Any, found: Found) -> list[str]:
    """Texts of one object; of one with names that are no text, its bytes."""
    try:
        return list(_texts(value, found))
    except UnicodeDecodeError:
        own = value.stream_dict if isinstance(value, pikepdf.Stream) else value
        return [text_of_bytes(own.unparse())]


def _texts(value: Any, found: Found) -> Iterator[str]:
    """Texts, long names and long numbers of one object."""
    if isinstance(value, pikepdf.String):
        yield from _spelled(value)
    for key, child in _children(value, ""):
        if len(key) > LONG_NAME:
            yield key[1:]
        if key == "/ActualText":
            found.alternative = True
        if isinstance(child, pikepdf.String) and key != "/ID":
            yield from _spelled(child)
        elif isinstance(child, pikepdf.Name) and len(str(child)) > LONG_NAME:
            yield str(child)[1:]
        elif isinstance(child, int) and not isinstance(child, bool) and abs(child) >= LONG_NUMBER:
            yield str(child)


def _spelled(value: Any) -> Iterator[str]:
    """A text as it is meant, and its bytes where these say more."""
    raw = bytes(value)
    yield str(value)
    if (
        len(raw) >= LONG_NAME
        and re.search(rb"[\x00-\x08\x0e-\x1f]", raw)
        and not raw.startswith((b"\xfe\xff", b"\xff\xfe"))
    ):
        yield text_of_bytes(raw)


def _take_field(value: Any, found: Found) -> None:
    """A form's field as a row: its name, what stands in it, what stood in it at first."""
    if "/T" in value and ("/FT" in value or "/V" in value or "/DV" in value):
        texts = [value.get(key) for key in ("/T", "/TU", "/V", "/DV")]
        found.fields.append([str(text) if isinstance(text, pikepdf.String | pikepdf.Name) else None for text in texts])


def _take_stream(harvest: Harvest, value: Any, found: Found, place: Place, kind: str) -> None:
    roles = found.roles.get(value.objgen, set())
    if value.get("/Subtype") == "/Image" or {"/Width", "/Height"} <= set(value.keys()):
        found.pictures.append(value)
        return
    data = unpacked(harvest, value, place)
    if data is None:
        return
    if _is_drawn(value, roles):
        found.alternative = found.alternative or b"ActualText" in data
        is_read = not found.is_lost  # PDFium reads what pages, strays and forms show
        harvest.say(swept(place, _text_of_content(SHOWS.sub(b" ", data) if is_read else data)))
        if found.is_lost and not text_of_bytes(b"".join(SHOWS.findall(data))) and SHOWS.search(data):
            found.is_coded = True
    elif value.get("/Type") in ("/XRef", "/ObjStm") or roles & MACHINE or _is_table(value):
        if not roles & {"/ToUnicode", "/UseCMap", "/Encoding"} and value.get("/Type") != "/XRef":
            harvest.say(swept(place, text_of_bytes(data)))
        elif b"%" in data:
            harvest.say(swept(place, text_of_bytes(b"\n".join(re.findall(rb"%[^\r\n]*", data)))))
    elif value.get("/Type") == "/EmbeddedFile" or "/EF" in roles or (roles & {"/F", "/UF"} and "/Params" in value):
        harvest.find_inside(data, place.but(part=(place.part or "").replace(kind, "lampiran")))
    else:
        take_in(harvest, [data], place=place)


def _is_drawn(value: Any, roles: set[str]) -> bool:
    return bool(roles & DRAWN) or value.get("/Subtype") in ("/Form", "/PS") or value.get("/PatternType") == 1


def _is_table(value: Any) -> bool:
    is_hint = isinstance(value.get("/S"), int) and "/Type" not in value  # where a linearized file's objects lie
    return is_hint or any(key in value for key in ("/FunctionType", "/ShadingType", "/HalftoneType", "/CMapName"))


def _text_of_content(data: bytes) -> str:
    """Comments, texts and long names in a stream that draws; digits between operators are only places."""
    pieces = []
    for piece in SHOWN.findall(data):
        if piece.startswith(b"<"):
            digits = re.sub(rb"[^0-9A-Fa-f]", b"", piece)
            piece = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
        pieces.append(piece)
    return text_of_bytes(b"\n".join(pieces))


def unpacked(harvest: Harvest, value: Any, place: Place) -> bytes | None:
    """A stream's data as it was before packing; None, and named unread, where that cannot be had."""
    filters = _filters(value)
    try:
        if filters == ["/FlateDecode"] and "/DecodeParms" not in value:
            return _inflated(harvest, value.read_raw_bytes(), place)
        if filters and filters[-1] in PICTURE_FILTERS:
            return bytes(value.read_raw_bytes())
        return bytes(value.read_bytes())
    except (pikepdf.PdfError, zlib.error, NotImplementedError, MemoryError):
        harvest.miss(place, "broken")
        harvest.say(swept(place, text_of_bytes(value.read_raw_bytes())))
        return None


def _filters(value: Any) -> list[str]:
    filters = value.get("/Filter")
    listed = filters if isinstance(filters, pikepdf.Array) else [filters] if filters is not None else []
    try:
        return [str(one) for one in listed]
    except UnicodeDecodeError:  # a name that is none; unpacking fails on it too
        return []


def _inflated(harvest: Harvest, raw: bytes, place: Place) -> bytes:
    """Unpacked under a ceiling; what lies behind the packed data is a hiding place of its own."""
    machine = zlib.decompressobj()
    data = machine.decompress(raw, LARGEST_STREAM)
    if machine.unconsumed_tail:
        harvest.miss(place, "bomb")
    behind = machine.unused_data.lstrip(b"\0\r\n\t ")
    if behind:
        take_in(harvest, [behind], place=place.but(part=f"{place.part}(di belakang data)"))
    return data
