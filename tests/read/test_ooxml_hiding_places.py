"""A number planted in every place of a workbook package where a person would not look. Each must come to light."""

import io

import pytest
import xlwt

from lumbung.document import Place
from tests.read.planted import (
    MAIN,
    NIK,
    ONE_CELL,
    SHEET,
    STRINGS,
    WORKBOOK,
    opened,
    package,
    passages_with,
    relations,
    tables_with,
    workbook_part,
    worksheet,
    zipped,
)

SHEET_RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
TEXT = f"milik {NIK} ini"
HALVES = f"<r><rPr><b/></rPr><t>{NIK[:7]}</t></r><r><t>{NIK[7:]}</t></r>"
ONE_SHEET = '<sheet name="Data" sheetId="1" r:id="rId1"/>'


def second_sheet(state: str, kind: str = "worksheet") -> dict[str, str]:
    """A second sheet in this state, with the number in B3."""
    return {
        WORKBOOK: workbook_part(f'{ONE_SHEET}<sheet name="Lain" sheetId="2" state="{state}" r:id="rId2"/>'),
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", kind, "worksheets/sheet2.xml")
        ),
        "xl/worksheets/sheet2.xml": worksheet(f'<row r="3"><c r="B3"><v>{NIK}</v></c></row>'),
    }


def cells(content: str, *, before: str = "", after: str = "") -> dict[str, str]:
    """The only sheet, with this in its rows, before them or after them."""
    return {SHEET: worksheet(content, before=before, after=after)}


def hung(part: str, content: str, kind: str) -> dict[str, str]:
    """A part that hangs on the only sheet."""
    return {SHEET_RELATIONS: relations(("rId1", kind, "../" + part.removeprefix("xl/"))), part: content}


def old_workbook() -> bytes:
    """A BIFF8 workbook with the number in it."""
    book = xlwt.Workbook()
    book.add_sheet("Lama").write(4, 2, int(NIK))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


ROW = '<row r="{0}"{1}><c r="B{0}"><v>{2}</v></c></row>'
PIVOT = "xl/pivotCache/"
PIVOT_PARTS = {
    PIVOT + "pivotCacheDefinition1.xml": f'<pivotCacheDefinition xmlns="{MAIN}" recordCount="1"><cacheFields>'
    '<cacheField name="nama"><sharedItems><s v="SARI"/></sharedItems></cacheField>'
    '<cacheField name="nik"><sharedItems/></cacheField></cacheFields></pivotCacheDefinition>',
    PIVOT + "_rels/pivotCacheDefinition1.xml.rels": relations(("rId1", "pivotCacheRecords", "pivotCacheRecords1.xml")),
    PIVOT + "pivotCacheRecords1.xml": f'<pivotCacheRecords xmlns="{MAIN}"><r><x v="0"/><n v="{NIK}"/></r>'
    "</pivotCacheRecords>",
}
PIVOT_SHARED = {
    PIVOT + "pivotCacheDefinition1.xml": f'<pivotCacheDefinition xmlns="{MAIN}"><cacheFields><cacheField name="nik">'
    f'<sharedItems><s v="{NIK}"/></sharedItems></cacheField></cacheFields></pivotCacheDefinition>'
}
COMMENT = (
    f'<comments xmlns="{MAIN}"><authors><author>{{}}</author></authors><commentList>'
    '<comment ref="C7" authorId="0"><text>{}</text></comment></commentList></comments>'
)
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"

# (what, parts changed, what the place of the find must say)
PLACES: list[tuple[str, dict[str, str | bytes], dict[str, object]]] = [
    # cells and sheets
    ("a cell stored as a number", cells(ROW.format(5, "", NIK)), {"sheet": "Data"}),
    ("a hidden sheet", second_sheet("hidden"), {"sheet": "Lain", "hidden": True}),
    ("a very hidden sheet", second_sheet("veryHidden"), {"sheet": "Lain", "hidden": True}),
    ("a dialog sheet", second_sheet("visible", "dialogsheet"), {"sheet": "Lain"}),
    ("a macro sheet", second_sheet("visible", "xlMacrosheet"), {"sheet": "Lain"}),
    (
        "a sheet that the workbook does not list",
        {"xl/worksheets/sheet9.xml": worksheet(ROW.format(2, "", NIK))},
        {"part": "xl/worksheets/sheet9.xml", "hidden": True},
    ),
    (
        "the name of a sheet",
        {WORKBOOK: workbook_part(f'<sheet name="{NIK}" sheetId="1" r:id="rId1"/>')},
        {"sheet": NIK},
    ),
    ("a rich inline string", cells(f'<row r="1"><c r="A1" t="inlineStr"><is>{HALVES}</is></c></row>'), {}),
    (
        "a phonetic hint",
        cells(f'<row r="1"><c r="A1" t="inlineStr"><is><t>x</t><rPh sb="0" eb="1"><t>{NIK}</t></rPh></is></c></row>'),
        {"cell": "A1"},
    ),
    (
        "a cell under another of the same address",
        cells(f'<row r="1"><c r="A1" t="str"><v>{NIK}</v></c><c r="A1" t="str"><v>x</v></c></row>'),
        {"cell": "A1"},
    ),
    ("a row under another of the same number", cells(ROW.format(2, "", NIK) + ROW.format(2, "", 7)), {"cell": "B2"}),
    ("a boolean that is none", cells(f'<row r="1"><c r="A1" t="b"><v>{NIK}</v></c></row>'), {"cell": "A1"}),
    ("an error that is none", cells(f'<row r="1"><c r="A1" t="e"><v>{NIK}</v></c></row>'), {}),
    ("a cell of an unknown type", cells(f'<row r="1"><c r="A1" t="zz"><v>{NIK}</v></c></row>'), {}),
    (
        "a date far beyond the calendar",
        {
            **cells(f'<row r="1"><c r="A1" s="1"><v>{NIK}</v></c></row>'),
            "xl/_rels/workbook.xml.rels": relations(
                ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml")
            ),
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
            "</styleSheet>",
        },
        {},
    ),
    ("cells without addresses", cells(f"<row><c><v>1</v></c><c><v>{NIK}</v></c></row>"), {"sheet": "Data"}),
    (
        "a cell at the far corner",
        cells(ONE_CELL + f'<row r="1048576"><c r="XFD1048576"><v>{NIK}</v></c></row>'),
        {"sheet": "Data"},
    ),
    (
        "a sheet whose elements bear a prefix",
        {
            SHEET: worksheet(ROW.format(3, "", NIK))
            .replace("<", "<x:")
            .replace("<x:/", "</x:")
            .replace(' xmlns="', ' xmlns:x="')
        },
        {"sheet": "Data"},
    ),
    (
        "a sheet in UTF-16",
        {
            SHEET: '<?xml version="1.0" encoding="UTF-16"?>'.encode("utf-16")
            + worksheet(ROW.format(3, "", NIK)).encode("utf-16-le")
        },
        {},
    ),
    # the rest of a sheet's part
    ("a formula", cells(f'<row r="1"><c r="D4"><f>IF(A1="{NIK}",1,0)</f><v>0</v></c></row>'), {"cell": "D4"}),
    ("a number in a formula", cells(f'<row r="1"><c r="D4"><f>MOD({NIK},7)</f><v>0</v></c></row>'), {"cell": "D4"}),
    (
        "a header",
        cells(ONE_CELL, after=f"<headerFooter><oddHeader>&amp;L{NIK}</oddHeader></headerFooter>"),
        {"part": SHEET},
    ),
    (
        "a footer of the first page",
        cells(ONE_CELL, after=f"<headerFooter><firstFooter>{NIK}</firstFooter></headerFooter>"),
        {"part": SHEET},
    ),
    (
        "a validation list",
        cells(
            ONE_CELL,
            after='<dataValidations count="1"><dataValidation type="list" sqref="A1">'
            f'<formula1>"{NIK},x"</formula1></dataValidation></dataValidations>',
        ),
        {"part": SHEET},
    ),
    (
        "the hint of a validation",
        cells(
            ONE_CELL,
            after=f'<dataValidations count="1"><dataValidation sqref="A1" prompt="{TEXT}"/></dataValidations>',
        ),
        {"part": SHEET},
    ),
    (
        "a conditional format",
        cells(
            ONE_CELL,
            after='<conditionalFormatting sqref="A1"><cfRule type="containsText" '
            f'text="{NIK}"><formula>1</formula></cfRule></conditionalFormatting>',
        ),
        {"part": SHEET},
    ),
    (
        "the tip of a link",
        cells(ONE_CELL, after=f'<hyperlinks><hyperlink ref="A1" tooltip="{NIK}"/></hyperlinks>'),
        {"part": SHEET},
    ),
    (
        "a scenario",
        cells(
            ONE_CELL, after=f'<scenarios><scenario name="s"><inputCells r="A1" val="{NIK}"/></scenario></scenarios>'
        ),
        {"part": SHEET},
    ),
    (
        "an auto filter",
        cells(
            ONE_CELL,
            after='<autoFilter ref="A1"><filterColumn colId="0"><filters><filter '
            f'val="{NIK}"/></filters></filterColumn></autoFilter>',
        ),
        {"part": SHEET},
    ),
    ("an extension of a sheet", cells(ONE_CELL, after=f"<extLst><ext><q>{NIK}</q></ext></extLst>"), {"part": SHEET}),
    ("an XML comment in a sheet", cells(ONE_CELL + f"<!-- {NIK} -->"), {"part": SHEET}),
    ("an element between rows", cells(ONE_CELL + f"<odd>{NIK}</odd>"), {"part": SHEET}),
    # strings
    (
        "a shared string that no cell shows",
        {STRINGS: f'<sst xmlns="{MAIN}"><si><t>satu</t></si><si><t>{NIK}</t></si></sst>'},
        {"part": STRINGS, "hidden": True},
    ),
    (
        "a rich shared string that no cell shows",
        {STRINGS: f'<sst xmlns="{MAIN}"><si>{HALVES}</si></sst>'},
        {"part": STRINGS, "hidden": True},
    ),
    # parts that hang on a sheet
    (
        "a comment",
        hung("xl/comments1.xml", COMMENT.format("a", f"<t>{TEXT}</t>"), "comments"),
        {"cell": "C7", "sheet": "Data"},
    ),
    ("a comment, half of it bold", hung("xl/comments1.xml", COMMENT.format("a", HALVES), "comments"), {"cell": "C7"}),
    (
        "the author of a comment",
        hung("xl/comments1.xml", COMMENT.format(TEXT, "<t>x</t>"), "comments"),
        {"sheet": "Data"},
    ),
    (
        "a threaded comment",
        hung(
            "xl/threadedComments/threadedComment1.xml",
            f'<ThreadedComments><threadedComment ref="D2"><text>{TEXT}</text></threadedComment></ThreadedComments>',
            "threadedComment",
        ),
        {"cell": "D2", "sheet": "Data"},
    ),
    (
        "a text box",
        hung(
            "xl/drawings/drawing1.xml",
            f'<wsDr xmlns:a="{DRAWING}"><a:p><a:r><a:t>{NIK[:5]}</a:t></a:r>'
            f"<a:r><a:t>{NIK[5:]}</a:t></a:r></a:p></wsDr>",
            "drawing",
        ),
        {"part": "xl/drawings/drawing1.xml", "sheet": "Data"},
    ),
    (
        "the description of a picture",
        hung("xl/drawings/drawing1.xml", f'<wsDr><cNvPr descr="{NIK}"/></wsDr>', "drawing"),
        {"sheet": "Data"},
    ),
    (
        "an old drawing of comments",
        hung("xl/drawings/vmlDrawing1.vml", f"<xml><div>{NIK}</div></xml>", "vmlDrawing"),
        {},
    ),
    (
        "a column name of a table",
        hung(
            "xl/tables/table1.xml",
            f'<table xmlns="{MAIN}"><tableColumns><tableColumn id="1" name="{NIK}"/></tableColumns></table>',
            "table",
        ),
        {"part": "xl/tables/table1.xml", "sheet": "Data"},
    ),
    (
        "values kept by a chart",
        {
            "xl/charts/chart1.xml": "<c:chartSpace xmlns:c='urn:c'><c:numCache><c:pt><c:v>"
            f"{NIK}</c:v></c:pt></c:numCache></c:chartSpace>"
        },
        {"part": "xl/charts/chart1.xml"},
    ),
    (
        "a printer setting",
        {"xl/printerSettings/printerSettings1.bin": b"\0\1" + TEXT.encode("utf-16-le") + b"\0\0\2"},
        {"part": "xl/printerSettings/printerSettings1.bin"},
    ),
    # parts of the workbook
    ("records of a pivot cache", PIVOT_PARTS, {"part": PIVOT + "pivotCacheRecords1.xml", "hidden": True}),
    ("shared items of a pivot cache", PIVOT_SHARED, {"part": PIVOT + "pivotCacheDefinition1.xml"}),
    (
        "cells of another workbook",
        {
            "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"><externalBook>'
            f'<sheetDataSet><sheetData sheetId="0"><row r="3"><cell r="B3"><v>{NIK}</v></cell></row></sheetData>'
            "</sheetDataSet></externalBook></externalLink>"
        },
        {"part": "xl/externalLinks/externalLink1.xml", "hidden": True},
    ),
    (
        "a defined name",
        {
            WORKBOOK: workbook_part(
                ONE_SHEET, after=f"<definedNames><definedName name='n'>{NIK}</definedName></definedNames>"
            )
        },
        {"part": WORKBOOK},
    ),
    (
        "a defined name's own name",
        {
            WORKBOOK: workbook_part(
                ONE_SHEET, after=f"<definedNames><definedName name='nik_{NIK}'>1</definedName></definedNames>"
            )
        },
        {"part": WORKBOOK},
    ),
    (
        "a query behind the sheet",
        {"xl/connections.xml": f"<connections><dbPr command='select {NIK}'/></connections>"},
        {},
    ),
    ("a query table", {"xl/queryTables/queryTable1.xml": f"<queryTable name='t{NIK}'/>"}, {}),
    (
        "the persons of threaded comments",
        {"xl/persons/person.xml": f"<personList><person displayName='{NIK}'/></personList>"},
        {},
    ),
    (
        "revision history",
        {"xl/revisions/revisionLog1.xml": f"<revisions><rcc><nc><v>{NIK}</v></nc></rcc></revisions>"},
        {},
    ),
    ("rich values", {"xl/richData/rdrichvalue.xml": f"<rvData><rv><v>{NIK}</v></rv></rvData>"}, {}),
    # parts of the package
    (
        "the title",
        {"docProps/core.xml": f"<coreProperties><title>{TEXT}</title></coreProperties>"},
        {"part": "docProps/core.xml"},
    ),
    (
        "the titles of parts",
        {"docProps/app.xml": f"<Properties><lpstr>{NIK}</lpstr></Properties>"},
        {"part": "docProps/app.xml"},
    ),
    ("a property of one's own", {"docProps/custom.xml": f"<Properties><property name='{NIK}'/></Properties>"}, {}),
    (
        "custom XML",
        {"customXml/item1.xml": f"<register><orang nik='{NIK}'/></register>"},
        {"part": "customXml/item1.xml"},
    ),
    ("a part nobody ever heard of", {"xl/extra/thing.xyz": f"<q>{NIK}</q>"}, {"part": "xl/extra/thing.xyz"}),
    ("a binary part nobody ever heard of", {"xl/extra/thing.dat": b"\0\1\2" + TEXT.encode()}, {}),
    ("a text part", {"xl/extra/readme": TEXT}, {"part": "xl/extra/readme"}),
    ("the target of a link", {SHEET_RELATIONS: relations(("rId1", "hyperlink", f"http://x/{NIK}"))}, {}),
    ("the name of a member", {f"xl/media/{NIK}.xml": "<a/>"}, {"part": "(nama bagian)"}),
    ("the metadata of a picture", {"xl/media/image1.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR tEXt" + TEXT.encode()}, {}),
    # files inside
    (
        "a workbook inside",
        {"xl/embeddings/Microsoft_Excel_Sheet1.xlsx": package(cells(ROW.format(2, "", NIK)))},
        {"sheet": "Data"},
    ),
    ("an old workbook inside", {"xl/embeddings/oleObject1.bin": old_workbook()}, {"sheet": "Lama"}),
    (
        "another package inside",
        {"xl/embeddings/naskah.docx": zipped({"word/document.xml": f"<t>{NIK}</t>"})},
        {"part": "xl/embeddings/naskah.docx!word/document.xml"},
    ),
]


def says(place: Place, wanted: dict[str, object]) -> bool:
    """Whether a place says all that is wanted of it."""
    return all(getattr(place, key) == value for key, value in wanted.items())


@pytest.mark.parametrize(("what", "changed", "wanted"), PLACES, ids=[what for what, _, _ in PLACES])
def test_a_planted_number_comes_to_light(
    what: str, changed: dict[str, str | bytes], wanted: dict[str, object]
) -> None:
    document = opened(package(changed))
    found = [item.place for item in (*tables_with(document), *passages_with(document))]
    assert found, what
    assert any(says(place, wanted) for place in found), found


def test_nothing_is_found_where_nothing_is_planted() -> None:
    document = opened(package())
    assert not tables_with(document)
    assert not passages_with(document)
    assert not document.unread
