"""Files written into an address: `data:text/csv;base64,...` in a link, a picture or a style. Source: RFC 2397."""

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

from lumbung.document import Place
from lumbung.read.harvest import Harvest

ADDRESS = re.compile(r"\bdata:[^,\s\"'<>]{0,200},(?P<content>[^\s\"'<>)]*)", re.IGNORECASE)


def harvest_addresses(harvest: Harvest, text: str, *, place: Place) -> None:
    """Lay every file that an address in the text holds into the basket; one that is damaged is named unread."""
    for number, found in enumerate(ADDRESS.finditer(text), start=1):
        where = place.but(part=f"{place.part or ''}(alamat data {number})", hidden=True)
        try:
            content = _content(found)
        except (binascii.Error, ValueError):
            harvest.miss(where, "broken")
            continue
        if content:
            harvest.find_inside(content, where)


def _content(found: re.Match[str]) -> bytes:
    content = unquote_to_bytes(found["content"])
    header = found.group()[: found.start("content") - found.start()]
    return base64.b64decode(content + b"=" * (-len(content) % 4)) if ";base64" in header.lower() else content
