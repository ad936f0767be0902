"""Any part of a package as raw text: the text and attribute values of XML, the runs of characters in bytes.

What comes out is for finding identifiers, not for reading: Passages with `swept`.
"""

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from lumbung.document import Passage, Place

# Formatting inside a sentence: text before and after these belongs together (a number may be half bold).
INLINE = frozenset(
    {
        *("r", "t", "rPr", "b", "i", "u", "s", "sz", "color", "rFont", "family", "charset", "scheme", "vertAlign"),
        *("strike", "span", "a", "bookmark", "ruby", "ruby-base", "latin", "ea", "cs", "sym", "font", "solidFill"),
        *("srgbClr", "schemeClr"),
    }
)
SHORTEST = 8  # an attribute value shorter than this holds no identifier
PASSAGE = 2_000_000  # characters in one passage, so that no single text outgrows what a regular expression bears

_LATIN = re.compile(rb"[\x20-\x7e\xa0-\xff\t]{5,}")
_WIDE = re.compile(rb"(?:[\x20-\x7e\xa0-\xff\t]\x00){5,}")
_WIDE_TURNED = re.compile(rb"(?<![\x20-\x7e\t])(?:\x00[\x20-\x7e\xa0-\xff\t]){5,}")
_DOCTYPE = re.compile(rb"<\0*!\0*(?:D\0*O\0*C\0*T\0*Y\0*P\0*E|E\0*N\0*T\0*I\0*T\0*Y)", re.IGNORECASE)


class NotXml(Exception):
    """The bytes do not parse as XML without a document type; the caller sweeps them as bytes and says so."""


class Gatherer:
    """The target of a streaming parser: keeps lines of text and attribute values, and no tree."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._open: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if local(tag) not in INLINE:
            self._break()
        self.lines += [value for value in attributes.values() if len(value) >= SHORTEST]

    def end(self, tag: str) -> None:
        if local(tag) not in INLINE:
            self._break()

    def data(self, text: str) -> None:
        self._open.append(text)

    def comment(self, text: str) -> None:
        self.lines.append(text)

    def pi(self, target: str, text: str | None = None) -> None:
        self.lines.append(f"{target} {text or ''}")

    def close(self) -> str:
        self._break()
        return "\n".join(self.lines)

    def _break(self) -> None:
        if self._open:
            text = "".join(self._open)
            self._open.clear()
            if text.strip():
                self.lines.append(text)


def local(tag: str) -> str:
    """The name without its namespace.

    >>> local("{urn:x}cell"), local("cell")
    ('cell', 'cell')
    """
    return tag.rpartition("}")[2]


def safe_parser(target: Any) -> etree.XMLParser:
    """A streaming parser that fetches nothing and keeps libxml2's own ceilings.

    It would expand entities of the document's own, and so refuses every document type (`parse`); told to expand none
    at all, libxml2 leaves `&amp;` half done in attributes.
    """
    options: dict[str, Any] = {"resolve_entities": "internal"}  # the type stubs know only yes and no
    return etree.XMLParser(target=target, no_network=True, load_dtd=False, huge_tree=False, **options)


def parse(pieces: Iterable[bytes], target: Any) -> None:
    """Feed the pieces to the target, without closing it. Raise NotXml for damage, a document type or no element."""
    parser = safe_parser(target)
    tail = b""
    try:
        for piece in pieces:
            if _DOCTYPE.search(tail + piece):
                raise NotXml
            tail = piece[-64:]
            parser.feed(piece)
        parser.close()
    except etree.LxmlError as damage:
        raise NotXml from damage


def text_of_xml(pieces: Iterable[bytes]) -> str:
    """Text nodes and attribute values, one to a line, runs of one sentence joined. Raise NotXml."""
    gatherer = Gatherer()
    parse(pieces, gatherer)
    return gatherer.close()


def text_of_bytes(data: bytes) -> str:
    """Runs of at least five characters, read as Latin-1 and as UTF-16 of either order and alignment, one to a line."""
    runs = [run.decode("latin-1") for run in _LATIN.findall(data)]
    runs += [run.decode("utf-16-le") for run in _WIDE.findall(data)]
    runs += [run.decode("utf-16-be") for run in _WIDE_TURNED.findall(data)]
    return "\n".join(runs)


def swept(place: Place, text: str) -> tuple[Passage, ...]:
    """Passages of bearable length; none where there is no text. Cuts at line ends, so that no run is parted."""
    passages = []
    while text:
        end = len(text) if len(text) <= PASSAGE else text.rfind("\n", 0, PASSAGE) + 1 or PASSAGE
        if text[:end].strip():
            passages.append(Passage(place=place, text=text[:end], swept=True))
        text = text[end:]
    return tuple(passages)
