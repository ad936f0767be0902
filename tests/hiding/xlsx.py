"""Workbook packages, first half: sheets, their cells, and the rest of a sheet's part.

Each row changes or adds parts of a small sound workbook.
"""

from collections.abc import Callable, Mapping

from tests.hiding import HidingPlace
from tests.read.planted import (
    MAIN,
    ONE_CELL,
    SHEET,
    WORKBOOK,
    package,
    relations,
    workbook_part,
    worksheet,
)

ROW = '<row r="{0}"{1}><c r="B{0}"><v>{2}</v></c></row>'
ONE_SHEET = '<sheet name="Data" sheetId="1" r:id="rId1"/>'


def place(
    where: str,
    parts: Callable[[str], dict[str, str | bytes]],
    at: Mapping[str, object] | None = None,
    answer: str = "nik",
) -> HidingPlace:
    """A row whose file is the sound workbook with these parts changed or added."""
    return HidingPlace(format="xlsx", where=where, plant=lambda nik: package(parts(nik)), at=at or {}, answer=answer)


def second_sheet(nik: str, state: str, kind: str = "worksheet") -> dict[str, str | bytes]:
    """A second sheet in this state, with the number in B3."""
    return {
        WORKBOOK: workbook_part(f'{ONE_SHEET}<sheet name="Lain" sheetId="2" state="{state}" r:id="rId2"/>'),
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", kind, "worksheets/sheet2.xml")
        ),
        "xl/worksheets/sheet2.xml": worksheet(f'<row r="3"><c r="B3"><v>{nik}</v></c></row>'),
    }


def cells(content: str, *, before: str = "", after: str = "") -> dict[str, str | bytes]:
    """The only sheet, with this in its rows, before them or after them."""
    return {SHEET: worksheet(content, before=before, after=after)}


def sentence(nik: str) -> str:
    """The number among words."""
    return f"milik {nik} ini"


def halves(nik: str) -> str:
    """The number in two runs, the first of them bold."""
    return f"<r><rPr><b/></rPr><t>{nik[:7]}</t></r><r><t>{nik[7:]}</t></r>"


PLACES = (
    place("a cell stored as a number", lambda nik: cells(ROW.format(5, "", nik)), {"sheet": "Data"}),
    place("a hidden sheet", lambda nik: second_sheet(nik, "hidden"), {"sheet": "Lain", "hidden": True}),
    place("a very hidden sheet", lambda nik: second_sheet(nik, "veryHidden"), {"sheet": "Lain", "hidden": True}),
    place("a dialog sheet", lambda nik: second_sheet(nik, "visible", "dialogsheet"), {"sheet": "Lain"}),
    place("a macro sheet", lambda nik: second_sheet(nik, "visible", "xlMacrosheet"), {"sheet": "Lain"}),
    place(
        "a sheet that the workbook does not list",
        lambda nik: {"xl/worksheets/sheet9.xml": worksheet(ROW.format(2, "", nik))},
        {"part": "xl/worksheets/sheet9.xml", "hidden": True},
    ),
    place(
        "the name of a sheet", lambda nik: {WORKBOOK: workbook_part(f'<sheet name="{nik}" sheetId="1" r:id="rId1"/>')}
    ),
    place(
        "a rich inline string",
        lambda nik: cells(f'<row r="1"><c r="A1" t="inlineStr"><is>{halves(nik)}</is></c></row>'),
    ),
    place(
        "a phonetic hint",
        lambda nik: cells(
            f'<row r="1"><c r="A1" t="inlineStr"><is><t>x</t><rPh sb="0" eb="1"><t>{nik}</t></rPh></is></c></row>'
        ),
        {"cell": "A1"},
    ),
    place(
        "a cell under another of the same address",
        lambda nik: cells(f'<row r="1"><c r="A1" t="str"><v>{nik}</v></c><c r="A1" t="str"><v>x</v></c></row>'),
        {"cell": "A1"},
    ),
    place(
        "a row under another of the same number",
        lambda nik: cells(ROW.format(2, "", nik) + ROW.format(2, "", 7)),
        {"cell": "B2"},
    ),
    place(
        "a boolean that is none",
        lambda nik: cells(f'<row r="1"><c r="A1" t="b"><v>{nik}</v></c></row>'),
        {"cell": "A1"},
    ),
    place("an error that is none", lambda nik: cells(f'<row r="1"><c r="A1" t="e"><v>{nik}</v></c></row>')),
    place("a cell of an unknown type", lambda nik: cells(f'<row r="1"><c r="A1" t="zz"><v>{nik}</v></c></row>')),
    place(
        "a date far beyond the calendar",
        lambda nik: {
            **cells(f'<row r="1"><c r="A1" s="1"><v>{nik}</v></c></row>'),
            "xl/_rels/workbook.xml.rels": relations(
                ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml")
            ),
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
            "</styleSheet>",
        },
    ),
    place(
        "cells without addresses",
        lambda nik: cells(f"<row><c><v>1</v></c><c><v>{nik}</v></c></row>"),
        {"sheet": "Data"},
    ),
    place(
        "a cell at the far corner",
        lambda nik: cells(ONE_CELL + f'<row r="1048576"><c r="XFD1048576"><v>{nik}</v></c></row>'),
        {"sheet": "Data"},
    ),
    place(
        "a sheet whose elements bear a prefix",
        lambda nik: {
            SHEET: worksheet(ROW.format(3, "", nik))
            .replace("<", "<x:")
            .replace("<x:/", "</x:")
            .replace(' xmlns="', ' xmlns:x="')
        },
        {"sheet": "Data"},
    ),
    place(
        "a sheet in UTF-16",
        lambda nik: {
            SHEET: '<?xml version="1.0" encoding="UTF-16"?>'.encode("utf-16")
            + worksheet(ROW.format(3, "", nik)).encode("utf-16-le")
        },
    ),
    place(
        "a formula",
        lambda nik: cells(f'<row r="1"><c r="D4"><f>IF(A1="{nik}",1,0)</f><v>0</v></c></row>'),
        {"cell": "D4"},
    ),
    place(
        "a formula without a value that joins texts",
        lambda nik: cells(f'<row r="1"><c r="D4"><f>"{nik[:3]}"&amp;"{nik[3:9]}" &amp; {nik[9:]}</f></c></row>'),
        {"cell": "D4"},
    ),
    place(
        "a formula without a value that joins a text to a cell",
        lambda nik: cells(
            f'<row r="1"><c r="A1"><v>{nik[:9]}</v></c>'
            f'<c r="D1"><f>IF(TRUE,CONCATENATE($A$1,"{nik[9:]}"),"")</f></c></row>'
        ),
        {"cell": "D1"},
    ),
    place(
        "a formula without a value that joins a range",
        lambda nik: cells(
            '<row r="1">'
            + "".join(f'<c r="{chr(65 + at)}1"><v>{digit}</v></c>' for at, digit in enumerate(nik))
            + '</row><row r="3"><c r="A3"><f>_xlfn.CONCAT(A1:P1)</f></c></row>'
        ),
        {"cell": "A3"},
    ),
    place(
        "a formula without a value that joins what another joins",
        lambda nik: cells(
            f'<row r="1"><c r="A1"><v>{nik[:5]}</v></c><c r="B1"><f>A1&amp;"{nik[5:9]}"</f></c>'
            f'<c r="C1"><f>B1&amp;{nik[9:]}</f></c></row>'
        ),
        {"cell": "C1"},
    ),
    place(
        "a formula without a value that makes letters out of codes",
        lambda nik: cells(
            f'<row r="1"><c r="A1"><v>{nik[1:8]}</v></c><c r="B1" t="str"><v>{nik[8:]}</v></c>'
            f'<c r="C1"><f>CHAR({48 + int(nik[0])})&amp;A1&amp;B1</f></c></row>'
        ),
        {"sheet": "Data"},
        answer="not-fully-read",
    ),
    place(
        "a number in a formula",
        lambda nik: cells(f'<row r="1"><c r="D4"><f>MOD({nik},7)</f><v>0</v></c></row>'),
        {"cell": "D4"},
    ),
    place(
        "a header",
        lambda nik: cells(ONE_CELL, after=f"<headerFooter><oddHeader>&amp;L{nik}</oddHeader></headerFooter>"),
        {"part": SHEET},
    ),
    place(
        "a footer of the first page",
        lambda nik: cells(ONE_CELL, after=f"<headerFooter><firstFooter>{nik}</firstFooter></headerFooter>"),
        {"part": SHEET},
    ),
    place(
        "a validation list",
        lambda nik: cells(
            ONE_CELL,
            after='<dataValidations count="1"><dataValidation type="list" sqref="A1">'
            f'<formula1>"{nik},x"</formula1></dataValidation></dataValidations>',
        ),
        {"part": SHEET},
    ),
    place(
        "the hint of a validation",
        lambda nik: cells(
            ONE_CELL,
            after='<dataValidations count="1">'
            f'<dataValidation sqref="A1" prompt="{sentence(nik)}"/></dataValidations>',
        ),
        {"part": SHEET},
    ),
    place(
        "a conditional format",
        lambda nik: cells(
            ONE_CELL,
            after='<conditionalFormatting sqref="A1"><cfRule type="containsText" '
            f'text="{nik}"><formula>1</formula></cfRule></conditionalFormatting>',
        ),
        {"part": SHEET},
    ),
    place(
        "the tip of a link",
        lambda nik: cells(ONE_CELL, after=f'<hyperlinks><hyperlink ref="A1" tooltip="{nik}"/></hyperlinks>'),
        {"part": SHEET},
    ),
    place(
        "a scenario",
        lambda nik: cells(
            ONE_CELL, after=f'<scenarios><scenario name="s"><inputCells r="A1" val="{nik}"/></scenario></scenarios>'
        ),
        {"part": SHEET},
    ),
    place(
        "an auto filter",
        lambda nik: cells(
            ONE_CELL,
            after='<autoFilter ref="A1"><filterColumn colId="0"><filters><filter '
            f'val="{nik}"/></filters></filterColumn></autoFilter>',
        ),
        {"part": SHEET},
    ),
    place(
        "an extension of a sheet",
        lambda nik: cells(ONE_CELL, after=f"<extLst><ext><q>{nik}</q></ext></extLst>"),
        {"part": SHEET},
    ),
    place("an XML comment in a sheet", lambda nik: cells(ONE_CELL + f"<!-- {nik} -->"), {"part": SHEET}),
    place("an element between rows", lambda nik: cells(ONE_CELL + f"<odd>{nik}</odd>"), {"part": SHEET}),
)
