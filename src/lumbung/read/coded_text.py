"""A text that is nothing but another file in a code, or whose digits are written as escapes.

Sources: RFC 4648 (Base16, 32, 64), POSIX uuencode, Base85 as PDF (ISO 32000, 7.4.3) and git write it, RFC 2045 6.7
(quoted-printable), RFC 3986 2.1 (percent signs), WHATWG HTML 13.2.5 (character references), RFC 1950 (zlib). ROT47 is
nobody's standard and turns digits into other signs. What comes out is a file, and is opened as one. No digit needs an
escape, so a run of escaped ones is a reason to look; a code counts where text or a packed file comes out of it, which
digests and keys do not give.
"""

import base64
import binascii
import html
import quopri
import re
import zlib
from collections.abc import Callable, Iterator
from urllib.parse import unquote_to_bytes

from lumbung.read.encoding import SAMPLE, wide_encoding_of

LONGEST = 2**23  # bytes of a text that is looked at
LONGEST_SLOW = 2**18  # of one that is tried in codes whose signs are those of any list, and whose decoders are slow
HEAD = 4_096  # signs by which it is told whether the text may be a quick code
SIGNS = re.compile(r"[0-9A-Za-z+/=_\-\\]+")
SHORTEST = 16  # bytes that come out of a code
PACKED = (
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"PK\x03\x04",
    b"7z\xbc\xaf",
    b"%PDF",
    b"\xd0\xcf\x11\xe0",
    b"SQLite format 3",
)
TURNED = re.compile(r"[_`a-h]{16}")
TURN = {code: 33 + (code - 33 + 47) % 94 for code in range(33, 127)}
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
BACKSLASH = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))")

Decoder = Callable[[str], bytes]


def _backslashes(text: str) -> bytes:
    return BACKSLASH.sub(lambda found: chr(int(found[1] or found[2], 16)), text).encode("utf-8", "replace")


ESCAPES: tuple[tuple[tuple[str, ...], re.Pattern[str], Decoder], ...] = (  # with what to ask for first
    (("%3",), re.compile(r"(?:%3[0-9]){10}"), unquote_to_bytes),
    (("=3",), re.compile(r"(?:=3[0-9](?:=\r?\n)?){10}"), lambda text: quopri.decodestring(text.encode())),
    (
        ("&#",),
        re.compile(r"(?:&#(?:x3[0-9]|4[89]|5[0-7]);){10}"),
        lambda text: html.unescape(text).encode("utf-8", "replace"),
    ),
    (("\\x3", "\\u003"), re.compile(r"(?:\\x3[0-9]|\\u003[0-9]){10}"), _backslashes),
    (("_", "`", "h"), TURNED, lambda text: text.translate(TURN).encode()),
)


def _padded(text: str, unit: int) -> str:
    return text + "=" * (-len(text) % unit)


def _uuencoded(text: str) -> bytes:
    return binascii.a2b_uu(text)


QUICK: tuple[Decoder, ...] = (
    lambda text: bytes.fromhex(text.removeprefix("0x").removeprefix("\\x")),
    lambda text: base64.b32decode(_padded(text.rstrip("="), 8), casefold=True),
    lambda text: base64.b64decode(_padded(text.rstrip("="), 4), validate=True),
    lambda text: base64.b64decode(_padded(text.rstrip("="), 4), altchars=b"-_", validate=True),
)
SLOW: tuple[Decoder, ...] = (
    lambda text: base64.b32hexdecode(_padded(text.rstrip("="), 8), casefold=True),
    lambda text: base64.a85decode(text, adobe=text.startswith("<~")),
    base64.b85decode,
)


def decoded(data: bytes) -> Iterator[bytes]:
    """Each file that the text may be in a code, at most one for each code; nothing for a longer text, or a plain one.

    A code may go over the whole text or begin anew on each line. Does not open what comes out.
    """
    if len(data) > LONGEST:
        return
    text = data.decode("utf-8", "replace")
    for hints, sign, decode in ESCAPES:
        if any(hint in text for hint in hints) and sign.search(text):
            yield decode(text)
    codes = QUICK * all(SIGNS.fullmatch(word) for word in text[:HEAD].split()) + SLOW * (len(data) <= LONGEST_SLOW)
    if codes or text.startswith("begin "):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        yield from _by_lines(lines, codes)


def _by_lines(lines: list[str], codes: tuple[Decoder, ...]) -> Iterator[bytes]:
    body = [line for line in lines if not line.startswith(("begin ", "-----")) and line not in ("end", "`")]
    if lines and lines[0].startswith("begin "):
        yield from _plausible(_uuencoded, body, b"")
    if any(" " in line for line in body):
        return
    for decode in codes:
        yield from _plausible(decode, ["".join(body)], b"")
        if len(body) > 1:
            yield from _plausible(decode, body, b"\n")


def _plausible(decode: Decoder, pieces: list[str], between: bytes) -> Iterator[bytes]:
    """What the pieces give together, where that is a text or a packed file."""
    try:
        content = between.join(decode(piece) for piece in pieces)
    except ValueError:  # binascii.Error is one
        return
    content = _inflated(content)
    if len(content) >= SHORTEST and (content.startswith(PACKED) or _is_text(content)):
        yield content


def _inflated(content: bytes) -> bytes:
    """What zlib packed, which has no file of its own; at most LONGEST bytes of it."""
    if content[:1] != b"\x78":
        return content
    try:
        return zlib.decompressobj().decompress(content, LONGEST)
    except zlib.error:
        return content


def _is_text(content: bytes) -> bool:
    try:
        return not CONTROLS.search(content.decode(wide_encoding_of(content[:SAMPLE]) or "utf-8"))
    except UnicodeDecodeError:
        return False
