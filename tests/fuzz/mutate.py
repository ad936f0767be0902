"""Damage, the same for the same seed: of bytes, of lengths, of archives by their members, of markup by its tags."""

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Callable
from random import Random

Damage = Callable[[bytes, Random], bytes]
EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
WORDS = (
    b"-1",
    b"0",
    b"99999999999999999999",
    b"1e400",
    b"NaN",
    b"%s%n",
    b"../../x",
    b"\0",
    b"&x;",
    b"",
    b"A1:XFD1048576",
)
DIGITS = re.compile(rb"\d+")
TAG = re.compile(rb"<[^<>]{1,300}>")
MOST_MEMBERS = 200


def mutated(data: bytes, other: bytes, random: Random) -> bytes:
    """The file with one to four damages; `other` is another file, to be spliced in now and then."""
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4))):
        data = splice(data, other, random) if random.random() < 0.06 else random.choice(_fitting(data))(data, random)
    return data


def _fitting(data: bytes) -> tuple[Damage, ...]:
    if data.startswith(b"PK\x03\x04"):
        return (*BYTES, *ARCHIVE)
    return (*BYTES, *MARKUP) if data.lstrip()[:1] == b"<" else BYTES


def flip_bits(data: bytes, random: Random) -> bytes:
    """One to sixteen bits."""
    changed = bytearray(data)
    for _ in range(random.randint(1, 16) if changed else 0):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def cut(data: bytes, random: Random) -> bytes:
    """The beginning only."""
    return data[: random.randrange(len(data) + 1)]


def behead(data: bytes, random: Random) -> bytes:
    """All but some of the first bytes."""
    return data[random.randint(1, 64) :]


def overwrite(data: bytes, random: Random) -> bytes:
    """A block of noise, zeros or ones."""
    start, end = _block(data, random)
    noise = random.choice((random.randbytes(end - start), bytes(end - start), b"\xff" * (end - start)))
    return data[:start] + noise + data[end:]


def remove(data: bytes, random: Random) -> bytes:
    """Without a block."""
    start, end = _block(data, random)
    return data[:start] + data[end:]


def repeat(data: bytes, random: Random) -> bytes:
    """A block twice, or many times."""
    start, end = _block(data, random)
    return data[:end] + data[start:end] * random.choice((1, 1, 2, 50)) + data[end:]


def swap(data: bytes, random: Random) -> bytes:
    """Two blocks in each other's place."""
    (a, b), (c, d) = sorted((_block(data, random), _block(data, random)))
    return data if c < b else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def lie(data: bytes, random: Random) -> bytes:
    """A field of two, four or eight bytes with an extreme number in it."""
    size = random.choice((2, 4, 8))
    number = random.choice(EXTREMES) & (1 << 8 * size) - 1
    at = random.randrange(max(1, len(data) - size))
    return data[:at] + number.to_bytes(size, random.choice(("little", "big"))) + data[at + size :]


def misspell(data: bytes, random: Random) -> bytes:
    """A number in letters, with another in its place."""
    found = [match.span() for _, match in zip(range(5000), DIGITS.finditer(data), strict=False)]
    if not found:
        return data
    start, end = random.choice(found)
    return data[:start] + random.choice(WORDS) + data[end:]


def splice(data: bytes, other: bytes, random: Random) -> bytes:
    """The head of one file and the tail of another."""
    return data[: random.randrange(len(data) + 1)] + other[random.randrange(len(other) + 1) :]


def double_tag(data: bytes, random: Random) -> bytes:
    """A tag twice, without its end, or thousands deep."""
    start, end = _tag(data, random)
    return data[:end] + data[start:end] * random.choice((1, 1, 3000)) + data[end:]


def drop_tag(data: bytes, random: Random) -> bytes:
    """Without a tag."""
    start, end = _tag(data, random)
    return data[:start] + data[end:]


def declare(data: bytes, random: Random) -> bytes:
    """A document type with an entity, before the first tag or in the middle."""
    start, _ = random.choice(((0, 0), _tag(data, random)))
    entity = random.choice((b'<!ENTITY x "y">', b'<!ENTITY x SYSTEM "file:///etc/hostname">', b'<!ENTITY % p "x">'))
    return data[:start] + b"<!DOCTYPE a [" + entity + b"]>" + data[start:]


def mutate_member(data: bytes, random: Random) -> bytes:
    """An archive written anew, with one member damaged in itself."""

    def change(members: list[tuple[str, bytes]]) -> None:
        index = random.randrange(len(members))
        name, content = members[index]
        members[index] = name, random.choice(_fitting(content))(content, random)

    return _written_anew(data, change)


def shuffle_members(data: bytes, random: Random) -> bytes:
    """An archive written anew, with a member lost, doubled, renamed, emptied, or two in each other's place."""

    def change(members: list[tuple[str, bytes]]) -> None:
        index, other = random.randrange(len(members)), random.randrange(len(members))
        name, content = members[index]
        what = random.randrange(5)
        if what == 0:
            members.pop(index)
        elif what == 1:
            members.append((name, members[other][1]))
        elif what == 2:
            members[index] = random.choice((name.upper(), "../" + name, name + "/", "", name[::-1])), content
        elif what == 3:
            members[index] = name, b""
        else:
            members[index] = name, members[other][1]

    return _written_anew(data, change)


def lie_about_member(data: bytes, random: Random) -> bytes:
    """A size, a checksum, a method or an offset of the directory or of a local header changed."""
    found = [match.start() for match in re.finditer(rb"PK\x01\x02|PK\x03\x04|PK\x05\x06", data)]
    at = random.choice(found) + random.choice((6, 8, 10, 14, 16, 18, 20, 22, 24, 26, 28, 30, 42))
    return data[:at] + struct.pack("<H", random.choice(EXTREMES) & 0xFFFF) + data[at + 2 :]


def _written_anew(data: bytes, change: Callable[[list[tuple[str, bytes]]], None]) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(entry.filename, archive.read(entry)) for entry in archive.infolist()[:MOST_MEMBERS]]
            change(members)
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError, EOFError, IndexError):
        return data  # damaged already
    except Exception:  # noqa: BLE001  # zlib.error and what else zipfile raises on files damaged before
        return data
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # two members of one name are what a damaged archive may well have
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name or "x", (2024, 1, 2, 8, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _block(data: bytes, random: Random) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(len(data), start + random.choice((1, 4, 16, 64, 512, 4096)))


def _tag(data: bytes, random: Random) -> tuple[int, int]:
    found = [match.span() for _, match in zip(range(5000), TAG.finditer(data), strict=False)]
    return random.choice(found) if found else (0, 0)


BYTES: tuple[Damage, ...] = (flip_bits, cut, behead, overwrite, remove, repeat, swap, lie, misspell)
MARKUP: tuple[Damage, ...] = (double_tag, drop_tag, declare)
ARCHIVE: tuple[Damage, ...] = (mutate_member, mutate_member, mutate_member, shuffle_members, lie_about_member)
