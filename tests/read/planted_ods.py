"""OpenDocument spreadsheets written part by part, so that a test can plant a number in any place of them."""

from tests.read.planted import zipped

NAMES = "".join(
    f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        *(("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("draw", "drawing")),
        ("manifest", "manifest"),
    )
)
NAMES += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
STYLES = (
    '<office:automatic-styles><style:style style:name="ta2" style:family="table"><style:table-properties '
    'table:display="false"/></style:style><style:style style:name="ro0" style:family="table-row">'
    '<style:table-row-properties style:row-height="0cm"/></style:style></office:automatic-styles>'
)
ONE = '<table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>'


def number(nik: str) -> str:
    """A cell that holds a number, and shows little of it."""
    return (
        f'<table:table-cell office:value-type="float" office:value="{nik}"><text:p>3,3E+15</text:p></table:table-cell>'
    )


def note(nik: str) -> str:
    """A comment, as it stands in a cell."""
    return f"<office:annotation><text:p>{nik}</text:p></office:annotation>"


def text(content: str, extra: str = "") -> str:
    """A cell with text."""
    return f'<table:table-cell office:value-type="string"{extra}><text:p>{content}</text:p></table:table-cell>'


def row(*cells: str, extra: str = "") -> str:
    """A row of these cells."""
    return f"<table:table-row{extra}>{''.join(cells)}</table:table-row>"


def sheet(content: str, extra: str = "") -> str:
    """A sheet of these rows."""
    return f'<table:table table:name="Data"{extra}>{content}</table:table>'


def content(body: str) -> str:
    """A content part around these sheets."""
    return (
        f"<office:document-content{NAMES}>{STYLES}<office:body><office:spreadsheet>{body}"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def spreadsheet(body: str, others: dict[str, str | bytes] | None = None) -> bytes:
    """A package around these sheets."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content(body),
            **(others or {}),
        }
    )
