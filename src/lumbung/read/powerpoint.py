"""A PowerPoint 97-2003 presentation: every record of its stream, those of earlier saves included.

Source: MS-PPT 2.1 (streams), 2.3 (record headers), 2.9 (text), 2.10.34 (embedded storages). A program follows the
last save's directory; here the stream is walked from its first byte to its last, so that nothing once saved is lost.
"""

import struct
import zlib
from dataclasses import dataclass, field

from lumbung.document import Place
from lumbung.read.harvest import Harvest
from lumbung.read.sweep import swept, text_of_bytes
from lumbung.read.unknown_part import OLE, ZIP
from lumbung.read.unreadable import Unreadable
from lumbung.read.writing import prose

CHARACTERS, BYTES, STRING = 0x0FA0, 0x0FA8, 0x0FBA
SLIDE, PERSISTED, STORAGE, ENCRYPTION, TAGS = 0x03EE, 0x03F3, 0x1011, 0x2F14, 0x138B
CONTAINER = 0xF
DEEPEST = 100
PACKED = 1
ENCRYPTED_TOKEN = b"\xdf\xc4\xd1\xf3"


@dataclass(slots=True)
class Presentation:
    """What the records said. `texts` are shown texts by slide, `files` storages, `rest` the bytes of other records."""

    texts: dict[int, list[str]] = field(default_factory=dict)
    files: list[bytes] = field(default_factory=list)
    rest: list[bytes] = field(default_factory=list)
    slides: int = 0
    listed: int = 0
    whole: bool = True

    def walk(self, stream: bytes, depth: int, page: int) -> None:
        """Through the records and the records in them; raise Unreadable("encrypted", "bomb")."""
        if depth > DEEPEST:
            raise Unreadable("bomb")
        position = 0
        while position + 8 <= len(stream):
            head, kind, size = struct.unpack_from("<HHI", stream, position)
            body = stream[position + 8 : position + 8 + size]
            self.whole = self.whole and len(body) == size
            position += 8 + size
            self._take(head, kind, body, depth, page)
        self.rest.append(stream[position:])

    def _take(self, head: int, kind: int, body: bytes, depth: int, page: int) -> None:
        if kind == ENCRYPTION:
            raise Unreadable("encrypted")
        if kind == SLIDE:
            self.slides += 1
            page = self.slides
        elif kind == PERSISTED:
            self.listed += 1
        if head & 0xF == CONTAINER or (kind == TAGS and _is_records(body)):
            self.walk(body, depth + 1, page)
        elif kind in {CHARACTERS, STRING}:
            self._say(body.decode("utf-16-le", "replace"), page)
        elif kind == BYTES:
            self._say(body.decode("latin-1"), page)
        elif kind == STORAGE:
            self._take_storage(head >> 4, body)
        elif body.startswith((ZIP, OLE)):
            self.files.append(body)
        else:
            self.rest.append(body)

    def _say(self, text: str, page: int) -> None:
        self.texts.setdefault(page or self.listed, []).append(text.replace("\r", "\n").replace("\x0b", "\n"))

    def _take_storage(self, instance: int, body: bytes) -> None:
        if instance != PACKED:
            self.files.append(body)
            return
        try:
            size = min(int.from_bytes(body[:4], "little"), 200 * len(body) + 2**20)
            self.files.append(zlib.decompressobj().decompress(body[4:], size))
        except zlib.error:
            self.files.append(body)


def _is_records(body: bytes) -> bool:
    """Whether a blob holds records to its very end."""
    position = 0
    while position + 8 <= len(body):
        position += 8 + int(struct.unpack_from("<I", body, position + 4)[0])
    return position == len(body) and bool(body)


def harvest_presentation(harvest: Harvest, stream: bytes, *, place: Place) -> None:
    """A presentation's main stream into the basket. Raise Unreadable("encrypted", "bomb")."""
    presentation = Presentation()
    presentation.walk(stream, 0, 0)
    if not presentation.whole:
        harvest.miss(place, "broken")
    outer = (place.part or "").rpartition("!")[0]
    for page, texts in presentation.texts.items():
        harvest.say(prose(Place(part=outer or None, page=page or None), texts))
    for rest in presentation.rest:
        harvest.say(swept(place, text_of_bytes(rest)))
    for number, data in enumerate(presentation.files, start=1):
        harvest.find_inside(data, place.but(part=f"{place.part}(objek {number})"))


def refuse_encrypted(current_user: bytes) -> None:
    """Raise Unreadable("encrypted") where the stream of the current user says that the slides are."""
    if current_user[12:16] == ENCRYPTED_TOKEN:
        raise Unreadable("encrypted")
