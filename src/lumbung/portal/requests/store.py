"""Where sealed requests lie: sealed to the office already, and once more under a key of their own, to be destroyed.

The outer seal is that of the intake room. Whoever has the disk, an old backup and even the office's key file still
cannot open a request whose outer key was destroyed on its day.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from lumbung.portal.audit.keys import master_key
from lumbung.portal.intake.seal import CHUNK, Sealer, unseal, unwrap, wrap

LEFTOVER = 3600  # seconds; longer than any request takes between its file and its row


def folder() -> Path:
    """Readable by this account alone."""
    place = Path(settings.STORED) / "requests"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def write(body: Iterable[bytes], *, number: str) -> tuple[Path, bytes]:
    """Write the envelope under a passing name and wait until the disk has it; gives the place and the wrapped key."""
    key = os.urandom(32)
    sealer = Sealer(key, bound_to=number.encode())
    passing = folder() / f"{number}.{os.urandom(8).hex()}"
    descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for part in body:
            file.write(sealer.update(part))
        file.write(sealer.finish())
        file.flush()
        os.fsync(file.fileno())
    return passing, wrap(key, key=master_key(), bound_to=number.encode())


def place(passing: Path, *, number: str) -> None:
    """Give it its lasting name: for who has the row, so that of two at once the other's key is not left with it."""
    passing.rename(folder() / number)
    _sync(folder())


def envelope(number: str, wrapped_key: bytes) -> Iterator[bytes]:
    """The bytes as the applicant's browser sealed them. Raise Tampered, or FileNotFoundError once destroyed."""
    key = unwrap(wrapped_key, key=master_key(), bound_to=number.encode())
    with (folder() / number).open("rb", buffering=CHUNK) as sealed:
        yield from unseal(sealed, key=key, bound_to=number.encode())


def destroy(number: str) -> None:
    """Delete the file. Does nothing the second time."""
    (folder() / number).unlink(missing_ok=True)


def strangers(known: set[str], *, before: float) -> Iterator[Path]:
    """Files that no row knows and that are older than a moment: the traces of a sudden end."""
    for path in folder().iterdir():
        if path.name not in known and path.stat().st_mtime < before:
            yield path


def _sync(place: Path) -> None:
    descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
