"""HTML tables, also those saved under the name of a workbook, as statistics offices do daily.

WHATWG HTML Living Standard, sections 4.9 (tables, spans) and 13 (syntax), as libxml2 parses it: no network, no
scripts, no external entities. Text outside tables, comments, scripts and attribute values become passages.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from lumbung.document import Passage, Place, Table, Unread
from lumbung.read.encoding import encoding_of, to_utf8
from lumbung.read.grid import frame_of_rows, table
from lumbung.read.limits import Limits
from lumbung.read.opened import Opened, Parts
from lumbung.read.unreadable import Unreadable

BREAKING = {"br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre"}
CODE = {"script", "style", "template", "noscript", "xml"}
WIDEST_SPAN, TALLEST_SPAN = 1000, 65534  # the standard's own ceilings
BLANKS = re.compile(r"[ \t\r\n\f]+")
LINES = re.compile(r" *\n[ \n]*")
NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)


@dataclass(slots=True)
class Sheet:
    """A table while it is being read. `spans` holds, per column, how many more rows a cell above reaches down."""

    hidden: bool
    rows: list[list[str | None]] = field(default_factory=list)
    spans: dict[int, int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    cell: list[str] | None = None
    cells: int = 0


@dataclass(slots=True)
class Page:
    """What was found so far: finished tables, the tables still open (innermost last), and text by its kind."""

    limits: Limits
    tables: list[Sheet] = field(default_factory=list)
    open: list[Sheet] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    attributes: dict[str, None] = field(default_factory=dict)  # in order, each once
    in_code: int = 0

    def say(self, text: str | None) -> None:
        """Put text where it stands: into code, the open cell, or outside every cell. Blanks shrink, as on a screen."""
        self.put(BLANKS.sub(" ", text) if text and not self.in_code else text)

    def put(self, text: str | None) -> None:
        """As `say`, for text that stays as it is."""
        if text and self.in_code:
            self.code.append(text)
        elif text and self.open and self.open[-1].cell is not None:
            self.open[-1].cell.append(text)
        elif text:
            self.outside.append(text)


def read_html(opened: Opened) -> Parts:
    """Every table as a Table, everything else as passages.

    Raise Unreadable("too-large") over the limit for trees or cells, Unreadable("bomb") for absurd nesting. Where the
    parser gave up on the way, the whole source is swept and the file named unread.
    """
    if opened.size > opened.limits.tree_bytes:
        raise Unreadable("too-large")
    utf8, remainder = to_utf8(opened, encoding_of(opened))
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, recover=True)
    root = _root(utf8, parser)
    gave_up = root is None or any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log)
    page = Page(opened.limits)
    if root is not None:
        _walk(root.getroottree(), page)
    source = utf8.decode("utf-8") if gave_up else ""
    return Parts(
        format="html",
        tables=tuple(_tables(page)),
        passages=tuple(_passages(page, raw=source + remainder)),
        unread=(Unread(place=Place(part="html"), why="broken"),) if gave_up else (),
    )


def _root(utf8: bytes, parser: etree.HTMLParser) -> etree._Element | None:
    try:
        return etree.fromstring(utf8, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise Unreadable("bomb") from error
        return None


def _walk(tree: etree._ElementTree, page: Page) -> None:
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event == "start":
            _enter(node, page)
            page.say(node.text)
            continue
        if event == "end":
            _leave(node, page)
        else:
            page.comments.append(node.text or "")
        page.say(node.tail)


def _enter(node: etree._Element, page: Page) -> None:
    for name, value in node.attrib.items():
        page.attributes[f"{name!s}={value!s}"] = None
    tag = str(node.tag)
    if tag in CODE:
        page.in_code += 1
    elif tag == "table":
        page.open.append(Sheet(hidden=_is_hidden(node)))
    elif tag == "tr" and page.open:
        _start_row(page.open[-1], hidden=_is_hidden(node))
    elif tag in ("td", "th") and page.open:
        page.open[-1].cell = []
    elif tag in BREAKING and tag != "br":
        page.put("\n")


def _leave(node: etree._Element, page: Page) -> None:
    tag = str(node.tag)
    if tag in CODE:
        page.in_code -= 1
    elif tag == "table" and page.open:
        page.tables.append(page.open.pop())
    elif tag in ("td", "th") and page.open:
        _end_cell(page.open[-1], node, page.limits)
    elif tag in BREAKING or tag in ("tr", "caption", "title"):
        page.put("\n")


def _is_hidden(node: etree._Element) -> bool:
    return "hidden" in node.attrib or NOT_SHOWN.search(node.get("style") or "") is not None


def _start_row(sheet: Sheet, *, hidden: bool) -> None:
    sheet.spans = {column: rows - 1 for column, rows in sheet.spans.items() if rows > 1}
    sheet.rows.append([])
    if hidden:
        sheet.hidden_rows.add(len(sheet.rows))


def _end_cell(sheet: Sheet, node: etree._Element, limits: Limits) -> None:
    """Put the cell into the first free column of the row; the other columns that it spans stay empty."""
    if not sheet.rows:
        _start_row(sheet, hidden=False)
    row = sheet.rows[-1]
    while len(row) in sheet.spans:
        row.append(None)
    wide, tall = _span(node, "colspan", WIDEST_SPAN), _span(node, "rowspan", TALLEST_SPAN)
    if tall > 1:
        sheet.spans |= dict.fromkeys(range(len(row), len(row) + wide), tall)
    row += [LINES.sub("\n", "".join(sheet.cell or [])).strip(" \n") or None, *[None] * (wide - 1)]
    sheet.cell = None
    sheet.cells += wide
    if len(row) > limits.columns or sheet.cells > limits.cells:
        raise Unreadable("too-large")


def _span(node: etree._Element, name: str, most: int) -> int:
    text = (node.get(name) or "").strip()
    return max(1, min(int(text), most)) if text.isdecimal() and len(text) < 9 else 1


def _tables(page: Page) -> Iterator[Table]:
    for number, sheet in enumerate([*page.tables, *page.open], start=1):
        if sheet.rows:
            place = Place(sheet=f"Tabel {number}", hidden=True if sheet.hidden else None)
            plain = table(frame_of_rows(sheet.rows, limits=page.limits), place=place)
            yield Table(
                place=place, texts=plain.texts, numbers=plain.numbers, hidden_rows=frozenset(sheet.hidden_rows)
            )


def _passages(page: Page, *, raw: str) -> Iterator[Passage]:
    parts = (
        ("teks di luar tabel", LINES.sub("\n", "".join(page.outside)), False, None),
        ("komentar", "\n".join(page.comments), False, True),
        ("atribut", "\n".join(page.attributes), True, True),
        ("skrip dan gaya", "\n".join(page.code), True, True),
        ("sumber html", raw, True, None),
    )
    for part, text, swept, hidden in parts:
        if text.strip():
            yield Passage(place=Place(part=part, hidden=hidden), text=text, swept=swept)
