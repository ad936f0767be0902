"""The monograph as PDF on A4, ready to print and sign. Standard fonts; one release gives one and the same bytes."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from lumbung.aggregate.monograph import Form

_GREEN, _LINE, _PALE = "#1f5d3a", "#9aa79d", "#eef3ee"
_EMPTY = "." * 34  # to be written by hand
_HEAD = ("Desa/Kelurahan", "Kecamatan", "Kabupaten/Kota", "Provinsi")


def write_monograph(path: Path, forms: Sequence[Form]) -> None:
    """Part A of each village, each beginning on a new page. Names of places are left to be written by hand."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import PageBreak, SimpleDocTemplate

    document = SimpleDocTemplate(
        str(path), pagesize=A4, leftMargin=20 * mm, rightMargin=20 * mm, topMargin=18 * mm, bottomMargin=18 * mm,
        title="Monografi desa, bagian A", author="Lumbung", subject="Statistik desa tanpa data perseorangan",
        lang="id", invariant=1,
    )  # fmt: skip
    story: list[Any] = []
    for form in forms:
        story += [*([PageBreak()] if story else []), *_pages(form)]
    document.build(story, onFirstPage=_foot, onLaterPages=_foot)


def _pages(form: Form) -> list[Any]:
    from reportlab.lib.units import mm
    from reportlab.platypus import KeepTogether, Paragraph, Spacer, Table

    styles = _styles()
    about = [["Kode wilayah", f": {form.village}"], *([name, f": {_EMPTY}"] for name in _HEAD)]
    notes = [Paragraph(escape(text), styles["note"]) for text in form.remarks]
    return [
        Paragraph("MONOGRAFI DESA", styles["title"]),
        Paragraph(f"Bagian A. Data umum. {form.title}.", styles["lead"]),
        Table(about, colWidths=(38 * mm, None), hAlign="LEFT", style=_plain()),
        Spacer(1, 4 * mm),
        _table(form, styles),
        Spacer(1, 3 * mm),
        *notes,
        KeepTogether([Spacer(1, 8 * mm), Table([_signature()], colWidths=(85 * mm, 85 * mm), style=_plain())]),
    ]


def _table(form: Form, styles: dict[str, Any]) -> Any:
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, Table

    rows: list[list[Any]] = [["No.", "Uraian", "Isi", "Satuan", "Diisi dari"]]
    for line in form.lines:
        style = styles["cell" if isinstance(line.value, str) else "number"]
        value = Paragraph(escape(line.shown), style)
        source = "register" if line.counted else "formulir"
        rows.append([line.number, Paragraph(line.label, styles["cell"]), value, line.unit, source])
    return Table(rows, colWidths=(13 * mm, 78 * mm, 42 * mm, 19 * mm, 18 * mm), repeatRows=1, style=_framed())


def _signature() -> list[str]:
    return ["", f"{_EMPTY}, 20.....\nKepala Desa\n\n\n\n({_EMPTY})"]


def _styles() -> dict[str, Any]:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.enums import TA_RIGHT
    from reportlab.lib.styles import ParagraphStyle

    cell = ParagraphStyle("cell", fontName="Helvetica", fontSize=8.5, leading=10.5)
    return {
        "title": ParagraphStyle(
            "title", fontName="Helvetica-Bold", fontSize=16, leading=20, textColor=HexColor(_GREEN)
        ),
        "lead": ParagraphStyle("lead", fontName="Helvetica", fontSize=11, leading=15, spaceAfter=6),
        "cell": cell,
        "number": ParagraphStyle("number", parent=cell, alignment=TA_RIGHT),
        "note": ParagraphStyle("note", fontName="Helvetica", fontSize=8, leading=10.5, spaceAfter=3),
    }


def _framed() -> list[tuple[Any, ...]]:
    from reportlab.lib.colors import HexColor

    return [
        ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 8.5), ("FONT", (0, 1), (-1, -1), "Helvetica", 8.5),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor(_PALE)), ("GRID", (0, 0), (-1, -1), 0.5, HexColor(_LINE)),
        ("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
    ]  # fmt: skip


def _plain() -> list[tuple[Any, ...]]:
    return [("FONT", (0, 0), (-1, -1), "Helvetica", 9.5), ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1), ("LEFTPADDING", (0, 0), (-1, -1), 0)]  # fmt: skip


def _foot(canvas: Any, document: Any) -> None:
    width, _ = document.pagesize
    canvas.setFont("Helvetica", 8)
    canvas.drawString(document.leftMargin, 26, "Dibuat dengan Lumbung dari jumlah, bukan dari nama.")
    canvas.drawRightString(width - document.rightMargin, 26, f"Halaman {document.page}")
