"""Which characters the bytes of a text file are; every byte that means something comes out, however damaged the file.

The Unicode Standard, chapter 23.8 (byte order marks), and the WHATWG Encoding Standard for windows-1252, whose five
holes are read as ISO 8859-1 here.
"""

import codecs
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from lumbung.read.opened import Opened
from lumbung.read.unreadable import Unreadable

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SAMPLE = 2**16
MOSTLY = 0.3
DIGITS = b"0123456789"
NOT_DIGITS = bytes(set(range(256)) - set(DIGITS))


def wide_encoding_of(head: bytes) -> str | None:
    """UTF-16 or UTF-32, by mark or by its empty bytes; None where the text has one byte for an ASCII character."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return None if encoding == "utf-8" else encoding
    return _unmarked_wide(head)


def _unmarked_wide(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without its mark: western text leaves every second byte, or three of four, empty."""
    empty = [head[offset::4].count(0) / max(1, len(head[offset::4])) for offset in range(4)]
    if min(empty[1:]) > MOSTLY and empty[0] < MOSTLY:
        return "utf-32-le"
    if min(empty[:3]) > MOSTLY and empty[3] < MOSTLY:
        return "utf-32-be"
    if min(empty[1], empty[3]) > MOSTLY and max(empty[0], empty[2]) < MOSTLY:
        return "utf-16-le"
    if min(empty[0], empty[2]) > MOSTLY and max(empty[1], empty[3]) < MOSTLY:
        return "utf-16-be"
    return None


def encoding_of(opened: Opened) -> str:
    """The encoding as Python names it: a wide one, or what the first bytes above 127 look like, or else "utf-8".

    "utf-8" is an expectation, not a promise: a few wrong bytes may still follow. Raise Unreadable("unknown-format")
    where most bytes are above 127 and no encoding makes sense of them.
    """
    wide = wide_encoding_of(opened.data[:SAMPLE])
    if wide:
        return wide
    for piece in opened.pieces():
        if not piece.isascii():
            first = re.search(rb"[\x80-\xff]", piece)
            assert first
            start = max(0, first.start() - SAMPLE // 2)
            return _of_sample(piece[start : start + SAMPLE])
    return "utf-8"


def _of_sample(sample: bytes) -> str:
    wrong = sample.decode("utf-8", "replace").count("\ufffd")
    above = sum(byte > 127 for byte in sample)
    if wrong <= 2 or wrong * 10 < above:  # the sample's edges may cut a character; a few wrong bytes are damage
        return "utf-8"
    if above < len(sample) * MOSTLY / 3:
        return "cp1252"
    best = from_bytes(sample[: SAMPLE // 4]).best()
    if best is None:
        raise Unreadable("unknown-format")
    return best.encoding


def to_utf8(opened: Opened, encoding: str) -> tuple[bytes, str]:
    """The whole text as UTF-8 without NUL characters and without byte order mark; and a raw remainder, usually empty.

    A byte that is not of the encoding is read as windows-1252. Digits are counted before and after: where the encoding
    swallowed some (two encodings glued together, a byte lost from UTF-16), the remainder holds the file's ASCII text
    once more, so that no number escapes.
    """
    before = sum(len(piece.translate(None, NOT_DIGITS)) for piece in opened.pieces())
    text = b"".join(piece.encode("utf-8", "replace") for piece in _decoded(opened, encoding))
    after = len(text.translate(None, NOT_DIGITS))
    if after >= before:
        return text, ""
    if not encoding.startswith("utf"):
        return to_utf8(opened, "cp1252")
    return text, b"".join(piece.replace(b"\0", b"") for piece in opened.pieces()).decode("cp1252", "lumbung-cp1252")


def _decoded(opened: Opened, encoding: str) -> Iterator[str]:
    errors = "lumbung-cp1252" if encoding in ("utf-8", "cp1252") else "replace"
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    for number, piece in enumerate(opened.pieces()):
        text = decoder.decode(piece)
        yield (text.removeprefix("\ufeff") if number == 0 else text).replace("\0", "")
    yield decoder.decode(b"", True).replace("\0", "")


def _as_western(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in wrong), error.end


codecs.register_error("lumbung-cp1252", _as_western)  # Python keeps error handlers by name; there is no other way
