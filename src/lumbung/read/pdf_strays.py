"""What a PDF could draw and its pages do not: unused forms, patterns, faces of annotations, pages out of the tree.

Each is drawn on a page of its own, so that PDFium reads its text with its own fonts. The same is done with pages on
which some text is said to stand for another (ActualText): once more, without that.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from lumbung.read.picture import LEGIBLE

DRAWS = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
INLINE = re.compile(rb"\bBI\b([^\0]{1,400}?)\bID\s")
SIDE = re.compile(rb"/(W|H)(?:idth|eight)?\s+(\d+)")
DEEPEST = 20
MOST = 400


@dataclass(slots=True)
class Reached:
    """Forms and pictures that pages draw; the first page (from 1) that draws a picture; pages whose operators carry
    a picture themselves."""

    drawn: set[tuple[int, int]] = field(default_factory=set)
    pictures: dict[tuple[int, int], int] = field(default_factory=dict)
    inline: set[int] = field(default_factory=set)


def reached(pdf: pikepdf.Pdf) -> Reached:
    """What the pages of the tree draw, forms within forms included."""
    found = Reached()
    for number, page in enumerate(pdf.pages, 1):
        _walk(page.obj, _resources(page), found, number, 0)
    return found


def _resources(page: pikepdf.Page) -> Any:
    node: Any = page.obj
    for _ in range(50):
        if not isinstance(node, pikepdf.Dictionary) or "/Resources" in node:
            break
        node = node.get("/Parent")
    return node.get("/Resources") if isinstance(node, pikepdf.Dictionary) else None


def _walk(owner: Any, resources: Any, found: Reached, number: int, depth: int) -> None:
    content = _content(owner)
    if any(_is_legible(picture) for picture in INLINE.findall(content)):
        found.inline.add(number)
    objects = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(objects, pikepdf.Dictionary) or depth > DEEPEST:
        return
    used = {f"/{name.decode('latin-1')}" for name in DRAWS.findall(content)}
    for name, value in objects.items():
        if name not in used or not isinstance(value, pikepdf.Stream) or value.objgen in found.drawn:
            continue
        found.drawn.add(value.objgen)
        if value.get("/Subtype") == "/Image":
            for one in (value, value.get("/SMask"), value.get("/Mask")):
                if isinstance(one, pikepdf.Stream):
                    found.pictures.setdefault(one.objgen, number)
        elif value.get("/Subtype") == "/Form":
            _walk(value, value.get("/Resources", resources), found, number, depth + 1)


def _is_legible(keys: bytes) -> bool:
    """Whether a picture among the operators has room for a number, or does not say how large it is."""
    sides = {name: int(size) for name, size in SIDE.findall(keys)}
    return len(sides) < 2 or sides[b"W"] * sides[b"H"] >= LEGIBLE


def _content(owner: Any) -> bytes:
    """The operators of a page or form; nothing where they cannot be unpacked, so that all it could draw is a stray."""
    contents = owner if isinstance(owner, pikepdf.Stream) else owner.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    try:
        return b"\n".join(one.read_bytes() for one in streams if isinstance(one, pikepdf.Stream))
    except (pikepdf.PdfError, NotImplementedError, MemoryError):
        return b""


def strays(pdf: pikepdf.Pdf, drawn: set[tuple[int, int]]) -> Iterator[Any]:
    """Pages out of the tree, and forms and patterns that no page draws."""
    known = {page.obj.objgen for page in pdf.pages}
    for value in pdf.objects:
        if isinstance(value, pikepdf.Stream):
            if _can_draw(value) and value.objgen not in drawn:
                yield value
        elif isinstance(value, pikepdf.Dictionary) and value.objgen not in known and _is_page(value):
            yield value


def _can_draw(value: Any) -> bool:
    return bool(value.get("/Subtype") == "/Form" or value.get("/PatternType") == 1)


def _is_page(value: Any) -> bool:
    return "/Contents" in value and (value.get("/Type") == "/Page" or "/Resources" in value or "/MediaBox" in value)


def on_pages_of_their_own(pdf: pikepdf.Pdf, values: list[Any]) -> bytes:
    """A PDF with a page for each. Changes `pdf`, which is of no further use for its pages."""
    del pdf.pages[:]
    for value in values:
        if isinstance(value, pikepdf.Stream):
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(_page_around(pdf, value))))
        else:
            page = pikepdf.Dictionary(value)
            page.update({"/Type": pikepdf.Name.Page})
            page["/MediaBox"] = value.get("/MediaBox", pikepdf.Array([0, 0, 612, 792]))
            for key in ("/Parent", "/Annots"):
                if key in page:
                    del page[key]
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return saved(pdf)


def _page_around(pdf: pikepdf.Pdf, value: Any) -> Any:
    if value.get("/Subtype") != "/Form":
        value["/Subtype"] = pikepdf.Name.Form
        value["/Type"] = pikepdf.Name.XObject
    box = value.get("/BBox", pikepdf.Array([0, 0, 612, 792]))
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=box,
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=value)),
        Contents=pdf.make_stream(b"/X Do"),
    )


def without_alternatives(pdf: pikepdf.Pdf) -> bytes:
    """The PDF with every text that stands for another one taken away. Changes `pdf`."""
    for value in pdf.objects:
        if isinstance(value, pikepdf.Stream):
            if _may_hold_alternatives(value):
                value.write(value.read_bytes().replace(b"/ActualText", b"/ActualTxet"))
        elif isinstance(value, pikepdf.Dictionary) and "/ActualText" in value:
            del value["/ActualText"]
    return saved(pdf)


def _may_hold_alternatives(value: Any) -> bool:
    if value.get("/Subtype") == "/Image" or value.get("/Type") in ("/XRef", "/ObjStm", "/EmbeddedFile"):
        return False
    try:
        return b"/ActualText" in value.read_bytes()
    except (pikepdf.PdfError, NotImplementedError, MemoryError):
        return False


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The PDF as bytes, in clear."""
    buffer = io.BytesIO()
    pdf.save(buffer, encryption=False, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return buffer.getvalue()
