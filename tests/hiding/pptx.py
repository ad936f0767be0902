"""Slides: .pptx and its kin. Each row changes or adds parts of a small sound presentation."""

from collections.abc import Callable, Mapping

from tests.hiding import HidingPlace
from tests.hiding.docx import TYPES
from tests.read.planted import package as workbook
from tests.read.planted import relations, zipped

P = "http://schemas.openxmlformats.org/presentationml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN, SLIDE = "ppt/presentation.xml", "ppt/slides/slide1.xml"
RELATIONS = "ppt/slides/_rels/slide1.xml.rels"


def part(content: str, root: str = "sld", attributes: str = "") -> str:
    """A part with shapes in it."""
    return f'<p:{root} xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}"{attributes}>{content}</p:{root}>'


def text(*runs: str) -> str:
    """A shape with a paragraph of these runs."""
    inner = "".join(f"<a:r><a:t>{run}</a:t></a:r>" for run in runs)
    return f"<p:sp><p:txBody><a:p>{inner}</a:p></p:txBody></p:sp>"


def presentation(parts: Mapping[str, str | bytes]) -> bytes:
    """A small sound presentation of one slide, with some parts changed or added."""
    slides = '<p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst>'
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(("rId1", "officeDocument", MAIN)),
            MAIN: part(slides, "presentation"),
            "ppt/_rels/presentation.xml.rels": relations(("rId1", "slide", "slides/slide1.xml")),
            SLIDE: part(text("Judul")),
            **parts,
        }
    )


def place(
    where: str, parts: Callable[[str], Mapping[str, str | bytes]], at: Mapping[str, object] | None = None
) -> HidingPlace:
    """A row whose file is the sound presentation with these parts changed or added."""
    return HidingPlace(format="pptx", where=where, plant=lambda nik: presentation(parts(nik)), at=at or {})


def hung(where: str, name: str, content: Callable[[str], str | bytes]) -> HidingPlace:
    """A row whose number stands in a part of its own."""
    return place(where, lambda nik: {name: content(nik)})


def cells(nik: str) -> str:
    """A table on a slide."""
    inner = "".join(f"<a:tc><a:txBody><a:p><a:r><a:t>{t}</a:t></a:r></a:p></a:txBody></a:tc>" for t in ("NIK", nik))
    return f"<p:graphicFrame><a:tbl><a:tr>{inner}</a:tr></a:tbl></p:graphicFrame>"


def bulleted(bullet: str, rest: str) -> str:
    """A slide with a paragraph behind a bullet or a number."""
    shape = f"<p:sp><p:txBody><a:p><a:pPr>{bullet}</a:pPr><a:r><a:t>{rest}</a:t></a:r></a:p></p:txBody></p:sp>"
    return part(shape)


PLACES = (
    HidingPlace(
        format="pptx",
        where="the number that a list begins with",
        plant=lambda nik: presentation(
            {SLIDE: bulleted(f'<a:buAutoNum type="arabicPlain" startAt="{nik[:4]}"/>', nik[4:])}
        ),
        answer="not-fully-read",
    ),
    HidingPlace(
        format="pptx",
        where="the bullet of a list",
        plant=lambda nik: presentation({SLIDE: bulleted(f'<a:buChar char="{nik[:5]}"/>', nik[5:])}),
        answer="not-fully-read",
    ),
    place("a text parted over two runs", lambda nik: {SLIDE: part(text(nik[:5], nik[5:]))}, {"page": 1}),
    place("a cell of a table", lambda nik: {SLIDE: part(cells(nik))}, {"page": 1, "sheet": "Tabel 1"}),
    place("a hidden slide", lambda nik: {SLIDE: part(text(nik), attributes=' show="0"')}, {"page": 1, "hidden": True}),
    place(
        "the description of a picture",
        lambda nik: {SLIDE: part(f'<p:pic><p:cNvPr id="1" name="g" descr="KTP {nik}"/></p:pic>')},
        {"page": 1, "hidden": True},
    ),
    place(
        "speaker notes",
        lambda nik: {
            RELATIONS: relations(("rId2", "notesSlide", "../notesSlides/notesSlide1.xml")),
            "ppt/notesSlides/notesSlide1.xml": part(text(nik), "notes"),
        },
        {"page": 1},
    ),
    hung("a slide that the presentation does not list", "ppt/slides/slide9.xml", lambda nik: part(text(nik))),
    hung("a master", "ppt/slideMasters/slideMaster1.xml", lambda nik: part(text(nik), "sldMaster")),
    hung("a layout", "ppt/slideLayouts/slideLayout1.xml", lambda nik: part(text(nik), "sldLayout")),
    hung("the master of the notes", "ppt/notesMasters/notesMaster1.xml", lambda nik: part(text(nik), "notesMaster")),
    hung(
        "a comment",
        "ppt/comments/comment1.xml",
        lambda nik: part(f"<p:cm><p:text>{nik}</p:text></p:cm>", "cmLst"),
    ),
    hung(
        "the author of a comment",
        "ppt/commentAuthors.xml",
        lambda nik: part(f'<p:cmAuthor id="0" name="{nik}"/>', "cmAuthorLst"),
    ),
    hung("the cache of a chart", "ppt/charts/chart1.xml", lambda nik: f"<c><pt><v>{nik}</v></pt></c>"),
    hung(
        "the workbook of a chart",
        "ppt/embeddings/Lembar1.xlsx",
        lambda nik: workbook({"xl/sharedStrings.xml": f"<sst><si><t>{nik}</t></si></sst>"}),
    ),
    hung("a tag", "ppt/tags/tag1.xml", lambda nik: part(f'<p:tag name="A" val="{nik}"/>', "tagLst")),
    hung("a property", "docProps/app.xml", lambda nik: f"<p><Manager>{nik}</Manager></p>"),
    hung("the target of a link", RELATIONS, lambda nik: relations(("rId5", "hyperlink", f"http://desa.id/{nik}"))),
    hung("a property of one's own", "docProps/custom.xml", lambda nik: f"<p><lpwstr>{nik}</lpwstr></p>"),
)
