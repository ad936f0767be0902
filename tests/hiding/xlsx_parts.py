"""Workbook packages, second half: strings, what hangs on a sheet, the workbook's other parts, files inside."""

import io

import xlwt

from tests.hiding.xlsx import ONE_SHEET, ROW, cells, halves, place, sentence
from tests.read.planted import MAIN, STRINGS, WORKBOOK, package, relations, workbook_part, zipped
from tests.read.planted_png import pixel

SHEET_RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
PIVOT = "xl/pivotCache/"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
COMMENT = (
    f'<comments xmlns="{MAIN}"><authors><author>{{}}</author></authors><commentList>'
    '<comment ref="C7" authorId="0"><text>{}</text></comment></commentList></comments>'
)


def hung(part: str, content: str, kind: str) -> dict[str, str | bytes]:
    """A part that hangs on the only sheet."""
    return {SHEET_RELATIONS: relations(("rId1", kind, "../" + part.removeprefix("xl/"))), part: content}


def pivot_parts(nik: str) -> dict[str, str | bytes]:
    """A pivot cache with the number in one of its records."""
    return {
        PIVOT + "pivotCacheDefinition1.xml": f'<pivotCacheDefinition xmlns="{MAIN}" recordCount="1"><cacheFields>'
        '<cacheField name="nama"><sharedItems><s v="SARI"/></sharedItems></cacheField>'
        '<cacheField name="nik"><sharedItems/></cacheField></cacheFields></pivotCacheDefinition>',
        PIVOT + "_rels/pivotCacheDefinition1.xml.rels": relations(
            ("rId1", "pivotCacheRecords", "pivotCacheRecords1.xml")
        ),
        PIVOT + "pivotCacheRecords1.xml": f'<pivotCacheRecords xmlns="{MAIN}"><r><x v="0"/><n v="{nik}"/></r>'
        "</pivotCacheRecords>",
    }


def pivot_shared(nik: str) -> dict[str, str | bytes]:
    """A pivot cache with the number among the shared items of a field."""
    return {
        PIVOT + "pivotCacheDefinition1.xml": f'<pivotCacheDefinition xmlns="{MAIN}"><cacheFields>'
        f'<cacheField name="nik"><sharedItems><s v="{nik}"/></sharedItems></cacheField></cacheFields>'
        "</pivotCacheDefinition>"
    }


def old_workbook(nik: str) -> bytes:
    """A BIFF8 workbook with the number in it."""
    book = xlwt.Workbook()
    book.add_sheet("Lama").write(4, 2, int(nik))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def noted(nik: str) -> dict[str, str | bytes]:
    """A cell that shows the number and a raised figure behind it, seventeen digits in all."""
    runs = f'<r><t>{nik}</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>'
    return {
        **cells('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
        STRINGS: f'<sst xmlns="{MAIN}"><si>{runs}</si></sst>',
    }


PLACES = (
    place(
        "a shared string that no cell shows",
        lambda nik: {STRINGS: f'<sst xmlns="{MAIN}"><si><t>satu</t></si><si><t>{nik}</t></si></sst>'},
        {"part": STRINGS, "hidden": True},
    ),
    place(
        "a rich shared string that no cell shows",
        lambda nik: {STRINGS: f'<sst xmlns="{MAIN}"><si>{halves(nik)}</si></sst>'},
        {"part": STRINGS, "hidden": True},
    ),
    place("a cell, the raised mark of a note glued to the number", noted, {"part": STRINGS}),
    place(
        "a comment",
        lambda nik: hung("xl/comments1.xml", COMMENT.format("a", f"<t>{sentence(nik)}</t>"), "comments"),
        {"cell": "C7", "sheet": "Data"},
    ),
    place(
        "a comment, half of it bold",
        lambda nik: hung("xl/comments1.xml", COMMENT.format("a", halves(nik)), "comments"),
        {"cell": "C7"},
    ),
    place(
        "the author of a comment",
        lambda nik: hung("xl/comments1.xml", COMMENT.format(sentence(nik), "<t>x</t>"), "comments"),
        {"sheet": "Data"},
    ),
    place(
        "a threaded comment",
        lambda nik: hung(
            "xl/threadedComments/threadedComment1.xml",
            f'<ThreadedComments><threadedComment ref="D2"><text>{sentence(nik)}</text></threadedComment>'
            "</ThreadedComments>",
            "threadedComment",
        ),
        {"cell": "D2", "sheet": "Data"},
    ),
    place(
        "a text box",
        lambda nik: hung(
            "xl/drawings/drawing1.xml",
            f'<wsDr xmlns:a="{DRAWING}"><a:p><a:r><a:t>{nik[:5]}</a:t></a:r>'
            f"<a:r><a:t>{nik[5:]}</a:t></a:r></a:p></wsDr>",
            "drawing",
        ),
        {"part": "xl/drawings/drawing1.xml", "sheet": "Data"},
    ),
    place(
        "the description of a picture",
        lambda nik: hung("xl/drawings/drawing1.xml", f'<wsDr><cNvPr descr="{nik}"/></wsDr>', "drawing"),
        {"sheet": "Data"},
    ),
    place(
        "an old drawing of comments",
        lambda nik: hung("xl/drawings/vmlDrawing1.vml", f"<xml><div>{nik}</div></xml>", "vmlDrawing"),
    ),
    place(
        "a column name of a table",
        lambda nik: hung(
            "xl/tables/table1.xml",
            f'<table xmlns="{MAIN}"><tableColumns><tableColumn id="1" name="{nik}"/></tableColumns></table>',
            "table",
        ),
        {"part": "xl/tables/table1.xml", "sheet": "Data"},
    ),
    place(
        "values kept by a chart",
        lambda nik: {
            "xl/charts/chart1.xml": "<c:chartSpace xmlns:c='urn:c'><c:numCache><c:pt><c:v>"
            f"{nik}</c:v></c:pt></c:numCache></c:chartSpace>"
        },
        {"part": "xl/charts/chart1.xml"},
    ),
    place(
        "a printer setting",
        lambda nik: {
            "xl/printerSettings/printerSettings1.bin": b"\0\1" + sentence(nik).encode("utf-16-le") + b"\0\0\2"
        },
        {"part": "xl/printerSettings/printerSettings1.bin"},
    ),
    place(
        "records of a pivot cache",
        lambda nik: pivot_parts(nik),
        {"part": PIVOT + "pivotCacheRecords1.xml", "hidden": True},
    ),
    place(
        "shared items of a pivot cache", lambda nik: pivot_shared(nik), {"part": PIVOT + "pivotCacheDefinition1.xml"}
    ),
    place(
        "cells of another workbook",
        lambda nik: {
            "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"><externalBook>'
            f'<sheetDataSet><sheetData sheetId="0"><row r="3"><cell r="B3"><v>{nik}</v></cell></row></sheetData>'
            "</sheetDataSet></externalBook></externalLink>"
        },
        {"part": "xl/externalLinks/externalLink1.xml", "hidden": True},
    ),
    place(
        "a defined name",
        lambda nik: {
            WORKBOOK: workbook_part(
                ONE_SHEET, after=f"<definedNames><definedName name='n'>{nik}</definedName></definedNames>"
            )
        },
        {"part": WORKBOOK},
    ),
    place(
        "a defined name's own name",
        lambda nik: {
            WORKBOOK: workbook_part(
                ONE_SHEET, after=f"<definedNames><definedName name='nik_{nik}'>1</definedName></definedNames>"
            )
        },
        {"part": WORKBOOK},
    ),
    place(
        "a query behind the sheet",
        lambda nik: {"xl/connections.xml": f"<connections><dbPr command='select {nik}'/></connections>"},
    ),
    place("a query table", lambda nik: {"xl/queryTables/queryTable1.xml": f"<queryTable name='t{nik}'/>"}),
    place(
        "the persons of threaded comments",
        lambda nik: {"xl/persons/person.xml": f"<personList><person displayName='{nik}'/></personList>"},
    ),
    place(
        "revision history",
        lambda nik: {"xl/revisions/revisionLog1.xml": f"<revisions><rcc><nc><v>{nik}</v></nc></rcc></revisions>"},
    ),
    place("rich values", lambda nik: {"xl/richData/rdrichvalue.xml": f"<rvData><rv><v>{nik}</v></rv></rvData>"}),
    place(
        "the title",
        lambda nik: {"docProps/core.xml": f"<coreProperties><title>{sentence(nik)}</title></coreProperties>"},
        {"part": "docProps/core.xml"},
    ),
    place(
        "the titles of parts",
        lambda nik: {"docProps/app.xml": f"<Properties><lpstr>{nik}</lpstr></Properties>"},
        {"part": "docProps/app.xml"},
    ),
    place(
        "a property of one's own",
        lambda nik: {"docProps/custom.xml": f"<Properties><property name='{nik}'/></Properties>"},
    ),
    place(
        "custom XML",
        lambda nik: {"customXml/item1.xml": f"<register><orang nik='{nik}'/></register>"},
        {"part": "customXml/item1.xml"},
    ),
    place(
        "a part nobody ever heard of",
        lambda nik: {"xl/extra/thing.xyz": f"<q>{nik}</q>"},
        {"part": "xl/extra/thing.xyz"},
    ),
    place(
        "a binary part nobody ever heard of", lambda nik: {"xl/extra/thing.dat": b"\0\1\2" + sentence(nik).encode()}
    ),
    place("a text part", lambda nik: {"xl/extra/readme": sentence(nik)}, {"part": "xl/extra/readme"}),
    place("the target of a link", lambda nik: {SHEET_RELATIONS: relations(("rId1", "hyperlink", f"http://x/{nik}"))}),
    place("the name of a member", lambda nik: {f"xl/media/{nik}.xml": "<a/>"}, {"part": "(nama bagian)"}),
    place(
        "the metadata of a picture",
        lambda nik: {"xl/media/image1.png": pixel(b"tEXt", b"Comment\0" + sentence(nik).encode())},
    ),
    place(
        "a workbook inside",
        lambda nik: {"xl/embeddings/Microsoft_Excel_Sheet1.xlsx": package(cells(ROW.format(2, "", nik)))},
        {"sheet": "Data"},
    ),
    place(
        "an old workbook inside", lambda nik: {"xl/embeddings/oleObject1.bin": old_workbook(nik)}, {"sheet": "Lama"}
    ),
    place(
        "another package inside",
        lambda nik: {"xl/embeddings/naskah.docx": zipped({"word/document.xml": f"<t>{nik}</t>"})},
    ),
)
