"""An index: the sorted fingerprints of one source in one version, in one file that is safe to carry.

Layout: eight bytes of name and format, four of length, a header of JSON and its keyed digest, filled to 4096 bytes;
then for each kind its fingerprints, ascending, eight bytes each, little-endian. The header names how many there are,
their keyed digest, the key (by its id), where they come from, and the day on which the file has to be destroyed.
"""

import hashlib
import hmac
import json
import os
import secrets
import struct
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from lumbung.trace.fingerprint import KINDS, Numbers
from lumbung.trace.keyfile import key_id

MAGIC = b"LUMBFP\x00\x01"
HEADER, SEAL, EACH = 4096, 16, 8
SUFFIX = ".sidik"
PIECE = 1 << 22  # fingerprints looked at together
NAMED = 120  # characters that a source or a version may have


class Unusable(Exception):
    """This file cannot be asked. `code` says why: not-an-index, wrong-key, altered, cut-off, expired."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What an index is of. `until` is the day after which it must be gone (ISO), `rows` how many people were read."""

    source: str
    version: str
    made: str
    until: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An opened index: for each kind its fingerprints, mapped and not read."""

    about: About
    numbers: Mapping[str, Numbers]


def write(path: Path, numbers: Mapping[str, Numbers], *, about: About, key: bytes) -> dict[str, int]:
    """Write a whole index or nothing, and give how many different fingerprints of each kind it has.

    Raise FileExistsError; ValueError for names that are too long.
    """
    if len(about.source) > NAMED or len(about.version) > NAMED:
        raise ValueError("the name of a source or a version is too long")
    kept = {kind: _ascending(numbers[kind]) for kind in KINDS if kind in numbers}
    parts, at = [], HEADER
    for kind, ascending in kept.items():
        digest = _digest(memoryview(ascending).cast("B"), kind, key)  # type: ignore[arg-type]
        parts.append({"kind": kind, "count": len(ascending), "offset": at, "digest": digest})
        at += len(ascending) * EACH
    header = {"format": 1, "key": key_id(key), **asdict(about), "kinds": parts}
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")  # two at once have two of them
    try:
        with beside.open("xb") as file:
            file.write(_sealed(header, key))
            for ascending in kept.values():
                file.write(memoryview(ascending))  # type: ignore[arg-type]
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(beside)
    finally:
        beside.unlink(missing_ok=True)
    return {kind: len(ascending) for kind, ascending in kept.items()}


def open_index(path: Path, *, key: bytes, today: date) -> Index:
    """Check the whole file and map it. Raise Unusable; OSError where it cannot be opened."""
    header = _header(path, key=key)
    about = About(**{name: header[name] for name in About.__slots__})
    if date.fromisoformat(about.until) < today:
        raise Unusable("expired")
    if path.stat().st_size != HEADER + sum(part["count"] for part in header["kinds"]) * EACH:
        raise Unusable("cut-off")
    numbers = {part["kind"]: _mapped(path, part) for part in header["kinds"]}
    for part in header["kinds"]:
        said = _digest(memoryview(numbers[part["kind"]]).cast("B"), part["kind"], key)  # type: ignore[arg-type]
        if not hmac.compare_digest(said, part["digest"]):
            raise Unusable("altered")
    return Index(about=about, numbers=numbers)


def is_expired(path: Path, *, key: bytes, today: date) -> bool:
    """Whether an index must be destroyed by now. Raise Unusable for a file that is none, or of another key."""
    return date.fromisoformat(_header(path, key=key)["until"]) < today


def listed(folder: Path) -> Iterable[Path]:
    """The indexes in a folder, by name."""
    return sorted(path for path in folder.iterdir() if path.suffix == SUFFIX and path.is_file())


def _ascending(given: Numbers) -> Numbers:
    """Each once, in order. What ascends already is taken as it lies: it may be mapped, and larger than memory."""
    numbers = np.asarray(given, dtype="<u8")
    pieces = (numbers[at : at + PIECE + 1] for at in range(0, len(numbers), PIECE))
    return numbers if all((piece[1:] > piece[:-1]).all() for piece in pieces) else np.unique(numbers)


def _sealed(header: dict[str, Any], key: bytes) -> bytes:
    body = json.dumps(header, ensure_ascii=False, sort_keys=True).encode()
    if len(body) > HEADER - len(MAGIC) - 4 - SEAL:
        raise ValueError("the header does not fit")
    start = MAGIC + struct.pack("<I", len(body)) + body
    return (start + _seal(start, key)).ljust(HEADER, b"\x00")


def _seal(start: bytes, key: bytes) -> bytes:
    return hashlib.blake2b(start, key=key, digest_size=SEAL, person=b"header").digest()


def _header(path: Path, *, key: bytes) -> dict[str, Any]:
    with path.open("rb") as file:
        start = file.read(HEADER)
    if not start.startswith(MAGIC):
        raise Unusable("not-an-index")
    if len(start) < HEADER:
        raise Unusable("cut-off")
    (length,) = struct.unpack_from("<I", start, len(MAGIC))
    end = len(MAGIC) + 4 + length
    if end > HEADER - SEAL:
        raise Unusable("altered")
    if not hmac.compare_digest(_seal(start[:end], key), start[end : end + SEAL]):
        raise Unusable(_why(start[len(MAGIC) + 4 : end], key))
    return dict(json.loads(start[len(MAGIC) + 4 : end]))


def _why(body: bytes, key: bytes) -> str:
    """An index of another key is whole and of no use here; one of this key was changed."""
    try:
        return "altered" if json.loads(body)["key"] == key_id(key) else "wrong-key"
    except (ValueError, KeyError, TypeError):
        return "altered"


def _digest(body: memoryview, kind: str, key: bytes) -> str:
    return hashlib.blake2b(body, key=key, digest_size=SEAL, person=f"body {kind}".encode()[:16]).hexdigest()


def _mapped(path: Path, part: Mapping[str, Any]) -> Numbers:
    if not part["count"]:
        return np.empty(0, dtype="<u8")
    return np.memmap(path, dtype="<u8", mode="r", offset=part["offset"], shape=(part["count"],))
