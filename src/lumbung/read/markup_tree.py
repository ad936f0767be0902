"""An XML file as a tree, for readers that need one: entities of its own, and anything from outside, are refused.

Source: XML 1.0; libxml2's own ceilings on depth and size stay in force.
"""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, TreeBuilder  # the nouns alone: libxml2 does the parsing

from lumbung.read.opened import Opened
from lumbung.read.sweep import local, parse
from lumbung.read.unreadable import Unreadable


class _Tree(TreeBuilder):
    """Keeps what the parser would throw away at the end."""

    root: Element | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> Element:
        return super().start(tag, dict(attributes))

    def close(self) -> Element:
        self.root = super().close()
        return self.root


def tree_of(opened: Opened) -> Element:
    """The root element without comments and instructions. Raise NotXml for damage or a document type of its own,
    Unreadable("too-large") over the limit of bytes."""
    if opened.size > opened.limits.html_bytes:
        raise Unreadable("too-large")
    tree = _Tree()
    parse(opened.pieces(), tree)
    assert tree.root is not None
    return tree.root


def name_of(element: Element) -> str:
    """The name without its namespace."""
    return local(element.tag)


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children of these names, in order."""
    return (child for child in element if name_of(child) in names)


def text_of(element: Element) -> str:
    """All text below, blanks at the ends away."""
    return "".join(element.itertext()).strip()
