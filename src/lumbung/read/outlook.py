"""A message as Outlook saves it, .msg: properties, each in a stream of its own, and attachments in storages.

Source: MS-OXMSG 2.1 to 2.4, MS-OXPROPS for the tags, MS-OXRTFCP for packed RTF. A message attached to a message is a
storage in it, whose streams are met like any others.
"""

import re
import struct

from lumbung.document import Passage, Place
from lumbung.read.harvest import Harvest
from lumbung.read.mail import decoded
from lumbung.read.sweep import swept, text_of_bytes
from lumbung.read.unknown_part import FILES, take_in

STREAM = re.compile(r"__substg1\.0_([0-9a-f]{4})([0-9a-f]{4})(?:-[0-9a-f]{8})?")
PROPERTIES = "__properties_version1.0"
NARROW, WIDE = {"001e", "101e"}, {"001f", "101f"}
ATTACHED, PACKED_TEXT, HTML, BODY = "3701", "1009", "1013", "1000"
WHOLE, FRACTION = 0x0014, 0x0005
HEADS = (32, 24, 8)  # of the property stream: of a message, of one in a message, of anything else
OWN_BYTES = 16 * 2**10  # a program's own identifiers are shorter


def is_property(name: str) -> bool:
    """Whether a stream, by its name in lower case, is one of a message."""
    return name == PROPERTIES or STREAM.fullmatch(name) is not None


def harvest_property(harvest: Harvest, content: bytes, name: str, *, place: Place) -> None:
    """One stream into the basket: text is prose, what is attached is opened, other bytes are swept."""
    match = STREAM.fullmatch(name)
    if match is None:
        harvest.say(swept(place, "\n".join([text_of_bytes(content), *_numbers(content)])))
        return
    tag, kind = match.groups()
    if kind in NARROW | WIDE:
        text = content.decode("utf-16-le" if kind in WIDE else "cp1252", "replace")
        _say(harvest, decoded(text) if tag == "007d" else text, tag, place)
    elif tag == PACKED_TEXT:
        _unpack(harvest, content, place)
    elif tag in {ATTACHED, HTML} or content.startswith(FILES) or len(content) > OWN_BYTES:
        if content:
            harvest.find_inside(content, place)
    elif tag == "3709":
        take_in(harvest, [content], place=place)
    else:
        harvest.say(swept(place, text_of_bytes(content)))


def _say(harvest: Harvest, text: str, tag: str, place: Place) -> None:
    harvest.say([Passage(place=place, text=text)])
    if tag in {BODY, HTML} and text.strip():
        harvest.find_inside(text.encode("utf-8", "replace"), place)


def _unpack(harvest: Harvest, content: bytes, place: Place) -> None:
    """Packed RTF, which is opened as RTF."""
    import compressed_rtf

    harvest.say(swept(place, text_of_bytes(content)))
    try:
        text = compressed_rtf.decompress(content)
    except Exception:  # noqa: BLE001 - the library raises Exception itself for every damage
        harvest.miss(place, "broken")
        return
    if text.strip(b"\0 \r\n"):
        harvest.find_inside(text, place)


def _numbers(content: bytes) -> list[str]:
    """Values that stand in the property stream itself: whole numbers of eight bytes, and fractions."""
    head = next((size for size in HEADS if len(content) >= size and (len(content) - size) % 16 == 0), 0)
    found = []
    for position in range(head, len(content) - 15, 16):
        (kind,) = struct.unpack_from("<H", content, position)
        if kind == WHOLE:
            found.append(str(struct.unpack_from("<q", content, position + 8)[0]))
        elif kind == FRACTION and (value := struct.unpack_from("<d", content, position + 8)[0]) == value:
            found.append(f"{value:.0f}" if abs(value) < 1e20 else "")
    return found
