"""Any file into a Document. The only room that knows file formats.

One file per format; each reader is `def read_xxx(opened: Opened) -> Parts`, and FORMATS says which reader takes what
`sniff` recognised by content. Meant to run in a confined child process: parsers may hang or crash.
"""

from collections.abc import Callable
from typing import BinaryIO

from lumbung.document import Document, Passage, Place
from lumbung.read.html import read_html
from lumbung.read.json_tables import read_json
from lumbung.read.limits import Limits
from lumbung.read.office import read_ods, read_ole, read_ooxml, read_picture
from lumbung.read.opened import Opened, Parts, lay_open
from lumbung.read.parquet import read_parquet
from lumbung.read.sniff import sniff
from lumbung.read.text import read_text
from lumbung.read.unreadable import Unreadable

__all__ = ["FORMATS", "Limits", "Opened", "Parts", "Unreadable", "read"]

FORMATS: dict[str, Callable[[Opened], Parts]] = {
    "html": read_html,
    "json": read_json,
    "ods": read_ods,
    "ole": read_ole,
    "ooxml": read_ooxml,
    "parquet": read_parquet,
    "picture": read_picture,
    "text": read_text,
}


def read(file: BinaryIO, *, name: str, limits: Limits | None = None) -> Document:
    """Read a seekable file wholly. Raise Unreadable(code) where it cannot be read; parts that cannot are in `unread`.

    `name` decides nothing; it is one more passage, since people put identifiers in file names.
    """
    opened = lay_open(file, name=name, limits=limits or Limits())
    parts = FORMATS[sniff(opened)](opened)
    return Document(
        sha256=opened.sha256,
        size=opened.size,
        format=parts.format,
        tables=parts.tables,
        passages=(Passage(place=Place(part="nama berkas"), text=name), *parts.passages),
        unread=parts.unread,
    )
