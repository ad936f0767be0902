"""The files that are damaged: every file of the list of hiding places, and the hostile ones beside the repository."""

import contextlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.hiding import all_places

NIK = "3308204102999001"  # an invented serial that no office issues
HOSTILE = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "hostile"
LARGEST = 256 * 2**10


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """`planted` says that NIK stands in it."""

    format: str
    name: str
    data: bytes
    planted: bool


def planted_seeds() -> tuple[Seed, ...]:
    """One file for each row of the list, each with NIK in it."""
    return tuple(
        Seed(format=place.format, name=place.where, data=place.plant(NIK), planted=True) for place in all_places()
    )


def hostile_seeds() -> tuple[Seed, ...]:
    """Files that broke other programs; none where the corpora are absent. Large ones are left out."""
    files = sorted(path for path in HOSTILE.rglob("*") if path.is_file() and 0 < path.stat().st_size <= LARGEST)
    return tuple(
        Seed(format=path.suffix.lstrip(".").lower() or "?", name=path.name, data=path.read_bytes(), planted=False)
        for path in files
    )


def by_format(seeds: Sequence[Seed]) -> dict[str, list[Seed]]:
    """The seeds of each format, so that formats with few of them have the same share of the damage."""
    formats: dict[str, list[Seed]] = {}
    for seed in seeds:
        formats.setdefault(seed.format, []).append(seed)
    return formats


def still_there(data: bytes) -> bool:
    """Whether the number stands for itself in the bytes, or in anything in them that was packed by deflate.

    An independent look, by other means than the reader's: no directory, no format.
    """
    return _shows(data) or any(_shows(unpacked) for unpacked in _inflated(data))


def _shows(data: bytes) -> bool:
    return any(_stands(data, encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))


def _stands(data: bytes, encoding: str) -> bool:
    """Whether the number stands somewhere in this encoding, with no letter or figure right before or behind it."""
    number = NIK.encode(encoding)
    at, wide = data.find(number), len(number) // len(NIK)
    while at >= 0:
        end = at + len(number)
        around = (data[max(0, at - wide) : at] + data[end : end + wide]).decode(encoding, "replace")
        if not any(letter.isascii() and (letter.isalnum() or letter in ".,-+_") for letter in around):
            return True
        at = data.find(number, at + 1)
    return False


def _inflated(data: bytes) -> list[bytes]:
    found = []
    at = data.find(b"PK\x03\x04")
    while at >= 0:
        start = (
            at
            + 30
            + int.from_bytes(data[at + 26 : at + 28], "little")
            + int.from_bytes(data[at + 28 : at + 30], "little")
        )
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompressobj(-15).decompress(data[start:], 2**24))
        at = data.find(b"PK\x03\x04", at + 4)
    return found
