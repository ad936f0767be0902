"""A mail message as it travels: .eml, and web archives (.mht), which are one. Source: RFC 5322, RFC 2045 to 2047.

Every leaf of the MIME tree is opened as a file of its own, whatever its headers call it; what the tree does not speak
of (text before, between and behind its parts) is swept. Python's own parser bears any damage, and names it.
"""

import binascii
import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value

from lumbung.document import Passage, Place
from lumbung.read.books_mail import HEADERS, key_of_body
from lumbung.read.harvest import Harvest
from lumbung.read.sweep import swept, text_of_bytes
from lumbung.read.unreadable import Unreadable

SAID = frozenset({"subject", "from", "to", "cc", "bcc", "reply-to", "sender", "comments", "keywords"})
SAID_OF_PARTS = frozenset({"content-description", "content-disposition", "content-type"})
PLAIN_CODES = frozenset({"", "7bit", "8bit", "binary", "quoted-printable", "x-uuencode", "uuencode", "uue", "x-uue"})
AS_THEY_ARE = frozenset({"", "7bit", "8bit", "binary"})
CODED_LINE = re.compile(rb"^[A-Za-z0-9+/=]{40,}\r?$", re.MULTILINE)
NOT_CODE = re.compile(rb"[^A-Za-z0-9+/=]")
SEALED = re.compile(r"multipart/encrypted|application/(?:x-)?pkcs7-mime")
PGP = b"-----BEGIN PGP MESSAGE-----"
UUENCODED = re.compile(rb"^begin [0-7]{3,4} [^\r\n]*\r?\n(.*?)^end\s*$", re.DOTALL | re.MULTILINE)
LOST = 3  # bytes that the padding of Base64 may hide


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A part of the tree, with its number ("1.2") for a place."""

    message: Message
    number: str


def harvest_mail(harvest: Harvest, data: bytes, *, prefix: str = "") -> str:
    """Open a message into the basket; give its kind. Raise Unreadable("bomb") for absurd nesting."""
    try:
        leaves = list(_leaves(email.message_from_bytes(data), "1", harvest.limits.depth))
    except RecursionError as deep:
        raise Unreadable("bomb") from deep
    if len(leaves) > harvest.limits.members:
        raise Unreadable("bomb")
    for leaf in leaves:
        _take_leaf(harvest, leaf, prefix)
    harvest.ledger.take(prefix, HEADERS)
    raw = text_of_bytes(CODED_LINE.sub(b"", data))
    harvest.say(swept(Place(part=prefix + "(sumber surat)", hidden=True), raw))
    return "eml"


def _leaves(message: Message, number: str, depth: int) -> Iterator[Leaf]:
    """The part itself and all below it, each once."""
    if depth <= 0:
        raise Unreadable("bomb")
    yield Leaf(message=message, number=number)
    if message.is_multipart():
        parts = message.get_payload()
        for index, part in enumerate(parts if isinstance(parts, list) else [], start=1):
            if isinstance(part, Message):
                yield from _leaves(part, f"{number}.{index}", depth - 1)


def _take_leaf(harvest: Harvest, leaf: Leaf, prefix: str) -> None:
    message = leaf.message
    place = Place(part=f"{prefix}(surat {leaf.number})")
    _say_headers(harvest, message, place)
    if SEALED.match(message.get_content_type()) and "signed" not in str(message.get("Content-Type", "")).lower():
        harvest.miss(place, "encrypted")
    if message.is_multipart():
        for edge in (message.preamble, message.epilogue):
            harvest.say([Passage(place=place.but(hidden=True), text=edge or "")])
        _take_coded_message(harvest, message, place)
        return
    content = _content(harvest, message, place)
    if content.strip():
        _take_content(harvest, message, content, place)
    harvest.ledger.take(prefix, key_of_body(_as_it_travelled(message)))


def _say_headers(harvest: Harvest, message: Message, place: Place) -> None:
    """Headers that a person reads as prose, the others swept; file names are among the parts' own."""
    said: list[str] = []
    other: list[str] = []
    for name, value in message.items():
        text = decoded(str(value))
        (said if name.lower() in SAID else other).append(f"{name}: {text}")
        if name.lower() in SAID_OF_PARTS:
            said.append(message.get_filename() or "")
            other.append(collapse_rfc2231_value(message.get_param("name") or ""))
    harvest.say([Passage(place=place, text="\n".join(line for line in dict.fromkeys(said) if line))])
    harvest.say(swept(place, "\n".join(dict.fromkeys(other))))


def decoded(value: str) -> str:
    """A header's value with its encoded words spelled out (RFC 2047), unfolded."""
    unfolded = re.sub(r"\r?\n[ \t]+", " ", value)
    try:
        pieces = decode_header(unfolded)
    except (HeaderParseError, ValueError, binascii.Error):
        return unfolded
    return "".join(
        piece if isinstance(piece, str) else text_in(piece, encoding or "latin-1") for piece, encoding in pieces
    )


def text_in(data: bytes, encoding: str) -> str:
    """The bytes as text in an encoding that the file names; where it names nonsense, as Latin-1."""
    try:
        return data.decode(encoding, "replace")
    except (LookupError, UnicodeError, ValueError):
        return data.decode("latin-1")


def _content(harvest: Harvest, message: Message, place: Place) -> bytes:
    """The leaf's bytes out of their transfer encoding; what does not come out whole is named."""
    code = str(message.get("Content-Transfer-Encoding", "")).partition(";")[0].strip().lower()
    payload = message.get_payload()
    content = message.get_payload(decode=True)
    if code == "base64" and isinstance(payload, str):
        content, whole = from_base64(payload.encode("ascii", "replace"))
        if not whole:
            harvest.miss(place, "broken")
            harvest.say(swept(place, text_of_bytes(payload.encode("utf-8", "replace"))))
    elif code not in PLAIN_CODES:
        harvest.miss(place, "unknown-format")
    return content if isinstance(content, bytes) else b""


def _as_it_travelled(message: Message) -> bytes:
    """The leaf's bytes in their transfer encoding; of foreign letters in coded text, what they look like."""
    payload = message.get_payload()
    if not isinstance(payload, str):
        return b""
    if payload.isascii():
        return payload.encode("ascii")
    bare = message.get_payload(decode=True)  # undoes an encoding where there is one, else these are the very bytes
    coded = str(message.get("Content-Transfer-Encoding", "")).strip().lower() not in AS_THEY_ARE
    return payload.encode("utf-8", "replace") if coded or not isinstance(bare, bytes) else bare


def from_base64(text: bytes) -> tuple[bytes, bool]:
    """What Base64 says, in however many padded stretches, and whether that was all of it."""
    code = NOT_CODE.sub(b"", text)
    foreign = len(b"".join(text.split())) - len(code)
    out = []
    for stretch in re.findall(rb"[^=]+=*", code):
        bare = stretch.rstrip(b"=")
        out.append(binascii.a2b_base64(bare[: len(bare) - (len(bare) % 4 == 1)] + b"=" * (-len(bare) % 4)))
    return b"".join(out), foreign == 0


def _take_coded_message(harvest: Harvest, message: Message, place: Place) -> None:
    """A message inside a message that is itself in Base64, which the standard forbids and programs write."""
    code = str(message.get("Content-Transfer-Encoding", "")).strip().lower()
    parts = message.get_payload()
    if code == "base64" and isinstance(parts, list):
        inner = b"\n".join(part.as_bytes() for part in parts if isinstance(part, Message))
        harvest.find_inside(from_base64(inner)[0], place)


def _take_content(harvest: Harvest, message: Message, content: bytes, place: Place) -> None:
    """Text to be read is said as prose; everything goes through the doors besides."""
    kind = message.get_content_type()
    if kind == "message/partial" or (kind == "application/octet-stream" and PGP in content[:200]):
        harvest.miss(place, "broken")
    if PGP in content:
        harvest.miss(place, "encrypted")
    if message.get_content_maintype() == "text":
        text = text_in(content, message.get_content_charset("utf-8"))
        content = text.encode("utf-8", "replace")
        if kind in {"text/plain", "text/enriched", "text/richtext"}:
            harvest.say([Passage(place=place, text=text)])
        for found in UUENCODED.findall(content):
            _take_uuencoded(harvest, found, place)
    harvest.find_inside(content, place)


def _take_uuencoded(harvest: Harvest, lines: bytes, place: Place) -> None:
    """A file that a text carries in itself, as old programs send them."""
    try:
        data = b"".join(binascii.a2b_uu(line) for line in lines.splitlines() if line.strip())
    except binascii.Error:
        harvest.miss(place, "broken")
        return
    if data:
        harvest.find_inside(data, place)
