"""Word and PowerPoint files of 1997 to 2003 and Outlook messages, small and sound, with a text in any place of them.

Source: MS-DOC 2.5 (FIB) and 2.8.35 (PlcPcd), MS-PPT 2.3 (records), MS-OXMSG 2.1.
"""

import struct
from collections.abc import Mapping, Sequence

from tests.read.compound import compound

TEXT_START = 0x800
STORIES = ("main", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header boxes")
COUNTS, PAIRS = 0x4C, 0x9A


def word(
    stories: Mapping[str, str],
    *,
    looks: Sequence[tuple[str, bytes]] = (),
    row_ends: str = "",
    wide: bool = False,
    stray: bytes = b"",
    flags: int = 0,
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """A document with these texts.

    `looks` gives a stretch of the main text its property modifiers; every `row_ends` character is the end of a row;
    `stray` stands behind the text, where a fast save leaves what was deleted; `more` are further streams.
    """
    texts = [stories.get(story, "") for story in STORIES]
    whole = "".join(texts)
    raw = whole.encode("utf-16-le" if wide else "cp1252")
    step = 2 if wide else 1
    main = bytearray(TEXT_START) + raw + stray
    main += bytes(-len(main) % 512)
    table = bytearray(b"\0" * 16)
    piece = TEXT_START if wide else TEXT_START * 2 | 0x40000000
    clx = b"\2" + struct.pack("<I", 16) + struct.pack("<IIHIH", 0, len(whole), 0, piece, 0)
    struct.pack_into("<HH", main, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", main, 0x0A, 0x0200 | flags)
    struct.pack_into("<8i", main, COUNTS, *map(len, texts))
    _part(main, table, 33, clx)
    pages = (
        (12, _looks(whole, looks, step)),
        (13, _paragraphs(whole, row_ends, step)),
    )
    for index, page in pages:
        number = len(main) // 512
        main += page
        _part(main, table, index, struct.pack("<III", TEXT_START, TEXT_START + len(raw), number))
    return compound({"WordDocument": bytes(main), "1Table": bytes(table), **(more or {})})


def word_95(text: str, *, footnotes: str = "", fast: bool = False, flags: int = 0) -> bytes:
    """A document of Word 95; saved `fast` its text lies in two pieces, the second one first."""
    raw = (text + footnotes).encode("cp1252")
    half = len(raw) // 2 if fast else 0
    main = bytearray(TEXT_START) + raw[half:] + raw[:half]
    struct.pack_into("<HH", main, 0, 0xA5DC, 104)
    struct.pack_into("<H", main, 0x0A, flags | (4 if fast else 0))
    struct.pack_into("<II", main, 0x18, TEXT_START, TEXT_START + len(raw))
    struct.pack_into("<8i", main, 0x34, len(text), len(footnotes), 0, 0, 0, 0, 0, 0)
    places = struct.pack("<III", 0, half, len(raw))
    pieces = struct.pack("<HIHHIH", 0, TEXT_START + len(raw) - half, 0, 0, TEXT_START, 0)
    clx = b"\1\2\0ab" + b"\2" + struct.pack("<I", len(places + pieces)) + places + pieces
    struct.pack_into("<II", main, 0x160, len(main), len(clx))
    return compound({"WordDocument": bytes(main) + clx})


def _part(main: bytearray, table: bytearray, index: int, content: bytes) -> None:
    struct.pack_into("<II", main, PAIRS + 8 * index, len(table), len(content))
    table += content


def _looks(whole: str, looks: Sequence[tuple[str, bytes]], step: int) -> bytes:
    """A page of character properties."""
    cuts: dict[int, bytes] = {0: b""}
    for stretch, modifiers in looks:
        start = whole.index(stretch)
        cuts[start], cuts[start + len(stretch)] = modifiers, cuts.get(start + len(stretch), b"")
    places = [*sorted(cuts), len(whole)]
    page, top, offsets = bytearray(512), 510, []
    for start in places[:-1]:
        data = bytes([len(cuts[start])]) + cuts[start] if cuts[start] else b""
        top = (top - len(data)) & ~1
        page[top : top + len(data)] = data
        offsets.append(top // 2 if data else 0)
    struct.pack_into(f"<{len(places)}I", page, 0, *(TEXT_START + place * step for place in places))
    page[4 * len(places) : 4 * len(places) + len(offsets)] = bytes(offsets)
    page[511] = len(offsets)
    return bytes(page)


def _paragraphs(whole: str, row_ends: str, step: int) -> bytes:
    """A page of paragraph properties: cells stand in a table, and the last mark of a row ends it."""
    starts, kinds, begin = [0], [], 0
    for place, sign in enumerate(whole):
        if sign in "\r\x07" or (row_ends and sign == row_ends):
            in_table = sign != "\r"
            ends = in_table and (place == begin) and whole[place - 1 : place] == "\x07"
            kinds.append((in_table, ends))
            starts.append(place + 1)
            begin = place + 1
    page, top = bytearray(512), 510
    struct.pack_into(f"<{len(starts)}I", page, 0, *(TEXT_START + start * step for start in starts))
    for index, (in_table, ends) in enumerate(kinds):
        modifiers = (struct.pack("<HB", 0x2416, 1) if in_table else b"") + (
            struct.pack("<HB", 0x2417, 1) if ends else b""
        )
        grpprl = b"\0\0" + modifiers
        grpprl += b"\0" * (1 - len(grpprl) % 2)
        top = (top - len(grpprl) - 1) & ~1
        page[top : top + 1 + len(grpprl)] = bytes([(len(grpprl) + 1) // 2]) + grpprl
        page[4 * len(starts) + 13 * index] = top // 2
    page[511] = len(kinds)
    return bytes(page)


def record(kind: int, content: bytes, *, container: bool = False, instance: int = 0) -> bytes:
    """A record of a presentation."""
    return struct.pack("<HHI", instance << 4 | (0xF if container else 0), kind, len(content)) + content


def powerpoint(*records: bytes, more: Mapping[str, bytes] | None = None) -> bytes:
    """A presentation with these records."""
    sound = record(0x03E8, record(0x0FA0, "Judul".encode("utf-16-le")), container=True)
    return compound({"PowerPoint Document": sound + b"".join(records), "Current User": bytes(24), **(more or {})})


def outlook(streams: Mapping[str, bytes | str]) -> bytes:
    """A message with these properties ("1000": its text); names with more than four signs are streams as they are."""
    found = {"__properties_version1.0": bytes(32), "__nameid_version1.0/__substg1.0_00020102": b""}
    for name, content in streams.items():
        if isinstance(content, str):
            found[f"__substg1.0_{name}001F" if len(name) == 4 else name] = content.encode("utf-16-le")
        else:
            found[f"__substg1.0_{name}0102" if len(name) == 4 else name] = content
    return compound(found)
