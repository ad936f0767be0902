"""The archives of Apple's Numbers, Pages and Keynote (.iwa): objects, each a Protocol Buffers message of a known type.

Sources: Protocol Buffers "Encoding"; Snappy "Format Description". Apple publishes no description of its messages: the
numbers of types and fields are those of the projects numbers-parser and keynote-parser, taken from Apple's programs.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
LARGEST = 16 * 2**20  # bytes of one piece, unpacked; programs write pieces of 64 KiB
DEEPEST = 24
SIXTEEN, SEVENTEEN = 10**15, 10**16

Field = tuple[int, int, int | bytes]


class Damaged(Exception):
    """The bytes are not what Apple's programs write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Object:
    """One message. `kind` is the number of its type, `body` its fields."""

    identifier: int
    kind: int
    body: bytes


def unpacked(data: bytes, *, limit: int) -> bytes:
    """The pieces of an archive, unpacked and joined. Raise Damaged, past `limit` bytes too."""
    import pyarrow

    snappy, whole, position = pyarrow.Codec("snappy"), bytearray(), 0
    while position < len(data):
        size = int.from_bytes(data[position + 1 : position + 4], "little")
        piece = data[position + 4 : position + 4 + size]
        if data[position] != 0 or len(piece) < size:
            raise Damaged
        length, _ = _varint(piece, 0)
        if length > LARGEST or len(whole) + length > limit:
            raise Damaged
        try:
            whole += snappy.decompress(piece, length, asbytes=True)
        except (OSError, ValueError) as damage:
            raise Damaged from damage
        position += 4 + size
    return bytes(whole)


def objects(data: bytes) -> Iterator[Object]:
    """Every object of an unpacked archive, each as its header says. Raise Damaged."""
    position = 0
    while position < len(data):
        length, position = _varint(data, position)
        header = data[position : position + length]
        position += length
        identifier = number_of(header, 1)
        for number, _, value in fields(header):
            if number == 2 and isinstance(value, bytes):
                size = number_of(value, 3)
                if position + size > len(data):
                    raise Damaged
                yield Object(identifier=identifier, kind=number_of(value, 1), body=data[position : position + size])
                position += size


def fields(message: bytes) -> Iterator[Field]:
    """Number, wire type and value of each field. Raise Damaged."""
    position = 0
    while position < len(message):
        key, position = _varint(message, position)
        number, wire = key >> 3, key & 7
        value: int | bytes
        if wire == VARINT:
            value, position = _varint(message, position)
        elif wire in (FIXED64, FIXED32):
            size = 8 if wire == FIXED64 else 4
            value = message[position : position + size]
            position += size
        elif wire == BYTES:
            size, position = _varint(message, position)
            value = message[position : position + size]
            position += size
        else:
            raise Damaged
        if not number or position > len(message):
            raise Damaged
        yield number, wire, value


def values(message: bytes, number: int) -> list[bytes]:
    """What the fields of this number hold, as bytes. Raise Damaged."""
    return [value for found, _, value in fields(message) if found == number and isinstance(value, bytes)]


def number_of(message: bytes, number: int) -> int:
    """The last whole number in the fields of this number; 0 where there is none. Raise Damaged."""
    found = [value for at, _, value in fields(message) if at == number and isinstance(value, int)]
    return found[-1] if found else 0


def first(message: bytes, *path: int) -> bytes:
    """The first field of this number, in it the first of the next number; b"" where there is none. Raise Damaged."""
    for number in path:
        message = next(iter(values(message, number)), b"")
    return message


def texts(message: bytes, depth: int = 0) -> Iterator[str]:
    """Whatever in a message may be a text, and every number of sixteen digits, at any depth."""
    try:
        found = list(fields(message))
    except Damaged:
        return
    for _, wire, value in found:
        if isinstance(value, int):
            if SIXTEEN <= value < SEVENTEEN:
                yield str(value)
        elif wire == BYTES:
            text = _text(value)
            if text:
                yield text
            if depth < DEEPEST:
                yield from texts(value, depth + 1)
        elif wire == FIXED64:
            yield from _large(value)


def _text(value: bytes) -> str:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return text if len(text) > 2 and not any(ord(letter) < 32 and letter not in "\t\n\r" for letter in text) else ""


def _large(value: bytes) -> Iterator[str]:
    (whole,), (number,) = struct.unpack("<q", value), struct.unpack("<d", value)
    if SIXTEEN <= whole < SEVENTEEN:
        yield str(whole)
    if SIXTEEN <= number < SEVENTEEN:
        yield f"{number:.0f}"


def _varint(data: bytes, position: int) -> tuple[int, int]:
    """A number of seven bits a byte, and the place behind it."""
    number = shift = 0
    while position < len(data) and shift < 70:
        byte = data[position]
        number |= (byte & 0x7F) << shift
        position, shift = position + 1, shift + 7
        if byte < 0x80:
            return number, position
    raise Damaged
