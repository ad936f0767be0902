"""A letter on paper: DOCX (ISO/IEC 29500, to be edited and signed) and PDF on A4, from one plain text.

The text has four kinds of lines: "# title", "## heading", "- item", and everything else, a paragraph for each line.
"""

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

UNWRITABLE = re.compile(r"[\x00-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, section 2.2
LONGEST_TITLE = 255  # that the properties of an office file hold
Block = tuple[str, str]  # title, heading, item or words; and the text


def blocks(text: str) -> Iterator[Block]:
    """The lines of a text with their kinds; empty lines are left out."""
    marks = (("## ", "heading"), ("# ", "title"), ("- ", "item"))
    for line in text.splitlines():
        said = line.strip()
        kind = next(((mark, name) for mark, name in marks if said.startswith(mark)), ("", "words"))
        if said:
            yield kind[1], said.removeprefix(kind[0]).strip()


def as_docx(text: str) -> bytes:
    """A document of Word in the fonts that every office has."""
    from docx import Document
    from docx.shared import Pt

    paper = Document()
    paper.styles["Normal"].font.name, paper.styles["Normal"].font.size = "Arial", Pt(11)
    paper.core_properties.author = paper.core_properties.comments = ""
    paper.core_properties.title = _plain(_title(text))[:LONGEST_TITLE]
    for kind, said in blocks(text):
        if kind in ("title", "heading"):
            paper.add_heading(_plain(said), level=1 if kind == "title" else 2)
        else:
            paper.add_paragraph(_plain(said), style="List Bullet" if kind == "item" else None)
    written = io.BytesIO()
    paper.save(written)
    return written.getvalue()


def as_pdf(text: str) -> bytes:
    """The same on A4; one text gives one and the same bytes."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    written, styles, title = io.BytesIO(), _styles(), _title(text)
    paper = SimpleDocTemplate(
        written, pagesize=A4, leftMargin=24 * mm, rightMargin=20 * mm, topMargin=20 * mm, bottomMargin=20 * mm,
        title=title, author="", lang="id", invariant=1,
    )  # fmt: skip
    story: list[Any] = [
        Paragraph(escape(_western(said)), styles[kind], bulletText="-" if kind == "item" else None)
        for kind, said in blocks(text)
    ]
    paper.build(story, onFirstPage=_foot, onLaterPages=_foot)
    return written.getvalue()


def _title(text: str) -> str:
    return next((said for kind, said in blocks(text) if kind == "title"), "")


def _plain(said: str) -> str:
    """Without signs that XML cannot hold."""
    return UNWRITABLE.sub("", said)


def _western(said: str) -> str:
    """The standard fonts of a PDF know the western letters; others are shown as a question mark."""
    return _plain(said).encode("cp1252", errors="replace").decode("cp1252")


def _styles() -> dict[str, Any]:
    from reportlab.lib.styles import ParagraphStyle

    words = ParagraphStyle("words", fontName="Helvetica", fontSize=10.5, leading=14.5, spaceAfter=5)
    return {
        "words": words,
        "item": ParagraphStyle("item", parent=words, leftIndent=14, bulletIndent=3, spaceAfter=2),
        "title": ParagraphStyle("title", parent=words, fontName="Helvetica-Bold", fontSize=15, leading=20),
        "heading": ParagraphStyle(
            "heading", parent=words, fontName="Helvetica-Bold", fontSize=11.5, leading=16, spaceBefore=6
        ),
    }


def _foot(canvas: Any, paper: Any) -> None:
    width, _height = paper.pagesize
    canvas.setFont("Helvetica", 8)
    canvas.drawRightString(width - paper.rightMargin, 28, f"Halaman {paper.page}")
