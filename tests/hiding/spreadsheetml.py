"""Where a number hides in an XML Spreadsheet of 2003."""

from collections.abc import Callable

from tests.hiding import HidingPlace

HEAD = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
)
ROW = '<Row><Cell><Data ss:Type="String">Wage</Data></Cell><Cell><Data ss:Type="Number">3</Data></Cell></Row>'


def sheet(rows: str, *, name: str = "Data", after: str = "", columns: str = "") -> str:
    """A worksheet of a harmless row and these."""
    return f'<Worksheet ss:Name="{name}"><Table>{columns}{ROW}{rows}</Table>{after}</Worksheet>'


def workbook(*sheets: str, before: str = "") -> Callable[[str], bytes]:
    """A workbook of these sheets; {} is the number."""
    return lambda nik: (HEAD + before + "".join(sheets) + "</Workbook>").replace("{}", nik).encode()


def cell(kind: str = "String", marks: str = "", inside: str = "{}") -> str:
    return f'<Row><Cell{marks}><Data ss:Type="{kind}">{inside}</Data></Cell></Row>'


def place(where: str, plant: Callable[[str], bytes], **rest: object) -> HidingPlace:
    return HidingPlace(format="xml-spreadsheet", where=where, plant=plant, **rest)  # type: ignore[arg-type]


HIDDEN = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
NOTE = (
    '<Row><Cell><Data ss:Type="String">x</Data>'
    '<Comment ss:Author="{a}"><Data><B>milik</B> {b}</Data></Comment></Cell></Row>'
)
TWICE = (
    '<Row><Cell><Data ss:Type="String">{}</Data></Cell><Cell ss:Index="1"><Data ss:Type="String">x</Data></Cell></Row>'
)
PRINTED = '<x:WorksheetOptions><x:PageSetup><x:Header x:Data="milik {}"/></x:PageSetup></x:WorksheetOptions>'
PLACES = (
    place("a text cell", workbook(sheet(cell())), at={"sheet": "Data"}),
    place("a number", workbook(sheet(cell("Number")))),
    place("a cell at a far address", workbook(sheet(cell(marks=' ss:Index="200"'))), at={"column": "GR"}),
    place("a row at a far number", workbook(sheet(cell().replace("<Row>", '<Row ss:Index="9000">')))),
    place("half bold text", lambda nik: workbook(sheet(cell(inside=f"<B>{nik[:7]}</B>{nik[7:]}")))(nik)),
    place("a hidden row", workbook(sheet(cell().replace("<Row>", '<Row ss:Hidden="1">')))),
    place("a hidden column", workbook(sheet(cell(), columns='<Column ss:Hidden="1"/>'))),
    place(
        "a hidden sheet",
        workbook(sheet(""), sheet(cell(), name="Lain", after=HIDDEN)),
        at={"sheet": "Lain", "hidden": True},
    ),
    place("the name of a sheet", workbook(sheet("", name="{}"))),
    place("a comment", workbook(sheet(NOTE.replace("{a}", "x").replace("{b}", "{}"))), at={"cell": "A2"}),
    place("the author of a comment", workbook(sheet(NOTE.replace("{a}", "{}").replace("{b}", "x")))),
    place("a formula", workbook(sheet(cell(marks=' ss:Formula="=&quot;{}&quot;"', inside="x")))),
    place("where a link leads", workbook(sheet(cell(marks=' ss:HRef="https://example.id/{}"', inside="x")))),
    place("a cell under another of its address", workbook(sheet(TWICE))),
    place(
        "a property of the file",
        workbook(sheet(""), before="<DocumentProperties><Subject>milik {}</Subject></DocumentProperties>"),
    ),
    place("the header of the printed page", workbook(sheet("", after=PRINTED))),
)
