"""HTML tables, also those saved under the name of a workbook, as statistics offices do daily.

WHATWG HTML Living Standard, sections 4.9 (tables, spans) and 13 (syntax), as libxml2 parses it: no network, no
scripts, no external entities. Text outside tables, comments, scripts and attribute values become passages.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from lxml import etree

from lumbung.document import Passage, Place, Table, Unread
from lumbung.read.css_content import drawn
from lumbung.read.encoding import encoding_of, to_utf8
from lumbung.read.grid import frame_of_rows, table
from lumbung.read.limits import Limits
from lumbung.read.opened import Opened, Parts
from lumbung.read.unreadable import Unreadable

BREAKING = {
    *("br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "dt", "dd", "option", "optgroup"),
    *("address", "article", "aside", "blockquote", "figcaption", "footer", "header", "legend", "section", "summary"),
}
INLINE = {
    *(
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
    ),
    *("ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong"),
    *("time", "tt", "u", "var", "wbr"),
}
SEAM = "\x1e"  # where an element begins or ends inside a line; two in a row may part the columns of a list
FEWEST_SEAMS = 5
PARTED = "\x1f"  # where a browser joins text and its author did not: at elements unknown to HTML, at marks of notes
CODE = {"script", "style", "template", "noscript", "xml"}
LISTS = {"ol", "ul", "menu"}
CHOSEN = 1_000  # from here on a list's number is no count of its lines
DEEPEST = 10_000  # elements that are never closed pile up in old pages, but not like this
WIDEST_SPAN, TALLEST_SPAN = 1000, 65534  # the standard's own ceilings
BLANKS = re.compile(r"[ \t\r\n\f]+")
LINES = re.compile(r" *\n[ \n]*")
LONG_RUN, LONG_RUN_BYTES = re.compile(r"[0-9]{6,}"), re.compile(rb"(?<![0-9#])[0-9]{6,}")  # not &#128512;
MANY_RUNS = 100
LONG_PIECE = re.compile(r"[0-9]{12}")
NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)


@dataclass(slots=True)
class Sheet:
    """A table while it is being read. `spans` holds, per column, how many more rows a cell above reaches down."""

    hidden: bool
    rows: list[list[str | None]] = field(default_factory=list)
    spans: dict[int, int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    cell: list[str] | None = None
    span: tuple[int, int] = (1, 1)
    cells: int = 0


@dataclass(slots=True)
class Page:
    """Takes the parser's events; no tree is built. Holds finished tables, open ones (innermost last), text by kind."""

    limits: Limits
    tables: list[Sheet] = field(default_factory=list)
    open: list[Sheet] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)  # long numbers that touch another text in their cell
    code: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    attributes: dict[str, None] = field(default_factory=dict)  # in order, each once
    lists: list[int] = field(default_factory=list)  # the last number of each open list
    styles: list[str] = field(default_factory=list)
    in_style: bool = False
    in_code: int = 0
    depth: int = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self.depth += 1
        if self.depth > DEEPEST or len(self.open) > self.limits.depth or len(self.tables) > self.limits.members:
            raise Unreadable("bomb")
        for name, value in attributes.items():
            self.attributes[f"{name}={value}"] = None
        self._number(tag, attributes)
        if tag in CODE:
            self.in_code += 1
            self.in_style = tag == "style"
        elif tag == "table":
            self.open.append(Sheet(hidden=_is_hidden(attributes)))
        elif tag == "tr" and self.open:
            _start_row(self.open[-1], hidden=_is_hidden(attributes))
        elif tag in ("td", "th") and self.open:
            self.open[-1].cell = []
            self.open[-1].span = _span(attributes, "colspan", WIDEST_SPAN), _span(attributes, "rowspan", TALLEST_SPAN)
        elif tag in BREAKING and tag != "br":
            self._put("\n")
            if tag == "li" and self.lists and self.lists[-1] >= CHOSEN:
                self._put(str(self.lists[-1]))
        else:
            self._part(tag)

    def end(self, tag: str) -> None:
        """An element ends, by its end tag or by what HTML implies."""
        self.depth -= 1
        if tag in CODE:
            self.in_code -= 1
            self.in_style = False
        elif tag in LISTS and self.lists:
            self.lists.pop()
            self._put("\n")
        elif tag == "table" and self.open:
            self.tables.append(self.open.pop())
        elif tag in ("td", "th") and self.open:
            self.pieces += _pieces(self.open[-1].cell or [])
            _end_cell(self.open[-1], self.limits)
        elif tag in BREAKING or tag in ("tr", "caption", "title"):
            self._put("\n")
        else:
            self._part(tag)

    def data(self, text: str) -> None:
        """Text; blanks shrink as on a screen."""
        self._put(text if self.in_code else BLANKS.sub(" ", text))

    def comment(self, text: str) -> None:
        """A comment; what it parts is told apart as well."""
        self.comments.append(text)
        self._part("!")

    def pi(self, target: str, text: str | None = None) -> None:
        """A processing instruction, which HTML takes for a comment."""
        self.comments.append(f"{target} {text or ''}")

    def close(self) -> None:
        """The parser is done."""

    def _number(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A list's own number, where its author chose it, goes before the text as on the screen."""
        if tag in LISTS:
            self.lists.append(_whole(attributes.get("start", "")) - 1)
        elif tag == "li" and self.lists:
            chosen = _whole(attributes.get("value", ""))
            self.lists[-1] = chosen or self.lists[-1] + 1

    def _part(self, tag: str) -> None:
        """Note, outside cells and code, where an element begins or ends, and whether it belongs into a line."""
        if not self.in_code and not (self.open and self.open[-1].cell is not None):
            self.outside.append(SEAM if tag in INLINE else PARTED)

    def _put(self, text: str) -> None:
        """Keep text where it stands: in code, in the open cell, or outside every cell."""
        if self.in_code:
            self.code.append(text)
            self.styles += [text] if self.in_style else []
        elif self.open and self.open[-1].cell is not None:
            self.open[-1].cell.append(text)
        else:
            self.outside.append(text)


def read_html(opened: Opened) -> Parts:
    """Every table as a Table, everything else as passages.

    Raise Unreadable("too-large") over the limit of bytes or cells, "bomb" for absurd nesting. Where the parser gave
    up on the way, or lost something, the source is swept and the file named unread.
    """
    if opened.size > opened.limits.html_bytes:
        raise Unreadable("too-large")
    utf8, remainder = to_utf8(opened, encoding_of(opened))
    page = Page(opened.limits)
    source = "\n".join(_lost(utf8, page)) if _is_parsed(utf8, page) else utf8.decode("utf-8")
    own = (value for value in page.attributes if value.startswith("style="))
    styled = drawn(["".join(page.styles), *own], page.attributes)
    return Parts(
        format="html",
        tables=tuple(_tables(page)),
        passages=tuple(_passages(page, raw="\n".join([source + remainder, *styled]))),
        unread=tuple(_unread(broken=bool(source), styled=bool(styled))),
    )


def _unread(*, broken: bool, styled: bool) -> Iterator[Unread]:
    if broken:
        yield Unread(place=Place(part="html"), why="broken")
    if styled:
        yield Unread(place=Place(part="skrip dan gaya", hidden=True), why="unknown-format")


def _is_parsed(utf8: bytes, page: Page) -> bool:
    """Send the whole source through the parser; False where it gave up."""
    target = cast(Any, page)  # the stubs would have every method take bytes too, which lxml never sends
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True, huge_tree=False, recover=True)
    try:
        etree.fromstring(utf8, parser)  # not fed in pieces: that takes hours for a comment that never ends
    except etree.XMLSyntaxError:
        return False
    return not any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log)


def _lost(utf8: bytes, page: Page) -> list[str]:
    """Long digit runs of the source that are in no text found: libxml2 drops huge and doubled attributes silently."""
    found = "\n".join([*_cells(page), *page.outside, *page.code, *page.comments, *page.attributes])
    runs = set(LONG_RUN.findall(found))
    missing = {run.decode() for run in LONG_RUN_BYTES.findall(utf8)} - runs
    return sorted(missing if len(missing) > MANY_RUNS else (run for run in missing if run not in found))


def _cells(page: Page) -> Iterator[str]:
    return (cell for sheet in [*page.tables, *page.open] for row in sheet.rows for cell in row if cell)


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or NOT_SHOWN.search(attributes.get("style", "")) is not None


def _start_row(sheet: Sheet, *, hidden: bool) -> None:
    sheet.spans = {column: rows - 1 for column, rows in sheet.spans.items() if rows > 1}
    sheet.rows.append([])
    if hidden:
        sheet.hidden_rows.add(len(sheet.rows))


def _end_cell(sheet: Sheet, limits: Limits) -> None:
    """Put the cell into the first free column of the row; the other columns that it spans stay empty."""
    if not sheet.rows:
        _start_row(sheet, hidden=False)
    row = sheet.rows[-1]
    while len(row) in sheet.spans:
        row.append(None)
    wide, tall = sheet.span
    if tall > 1:
        sheet.spans |= dict.fromkeys(range(len(row), len(row) + wide), tall)
    row += [LINES.sub("\n", "".join(sheet.cell or [])).strip(" \n") or None, *[None] * (wide - 1)]
    sheet.cell = None
    sheet.cells += wide
    if len(row) > limits.columns or sheet.cells > limits.cells:
        raise Unreadable("too-large")


def _pieces(texts: list[str]) -> list[str]:
    """Long numbers of a cell that its elements glue to another text, as `8<b>3308...</b>`."""
    shown = [text for text in texts if text.strip()]
    return [text for text in shown if LONG_PIECE.search(text)] if len(shown) > 1 else []


def _whole(text: str) -> int:
    """A number given to a list; 0 where it is none."""
    return int(text) if text.strip().isdecimal() and len(text) < 20 else 0


def _span(attributes: Mapping[str, str], name: str, most: int) -> int:
    text = attributes.get(name, "").strip()
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
    source = "".join(page.outside)
    outside = LINES.sub("\n", source.replace(SEAM, ""))
    columns = source.replace(PARTED, "") if source.count(SEAM * 2) >= FEWEST_SEAMS else ""
    parts = (
        ("teks di luar tabel", outside.replace(PARTED, ""), False, None),
        ("lajur di luar tabel", columns.replace(SEAM * 2, "\t").replace(SEAM, ""), True, None),
        ("unsur di luar tabel", outside.replace(PARTED, "\n") if PARTED in outside.strip(PARTED) else "", True, None),
        ("potongan sel", "\n".join(page.pieces), True, None),
        ("komentar", "\n".join(page.comments), False, True),
        ("atribut", "\n".join(page.attributes), True, True),
        ("skrip dan gaya", "\n".join(page.code), True, True),
        ("sumber html", raw, True, None),
    )
    for part, text, swept, hidden in parts:
        if text.strip():
            yield Passage(place=Place(part=part, hidden=hidden), text=text, swept=swept)
