"""Where uploaded bytes lie, encrypted, each file under a key of its own that only the master key can unwrap.

Plain bytes never touch a disk: they are sealed while they arrive and unsealed into memory. To destroy the wrapped key
is to destroy the file (crypto-shredding); deleting the ciphertext is only tidiness.
"""

import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings

from lumbung.portal.audit.keys import master_key
from lumbung.portal.intake.seal import CHUNK, Sealer, Tampered, unseal, unwrap, wrap


class Stored(Protocol):
    """What `open_plain` needs of a submission."""

    id: uuid.UUID
    storage_key: str
    wrapped_key: bytes | memoryview
    sealed_name: bytes | memoryview


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A file that has wholly arrived and lies sealed under a passing name, waiting to be kept or discarded."""

    id: uuid.UUID
    name: str
    size: int
    sha256: str
    wrapped_key: bytes
    sealed_name: bytes
    passing: Path

    def discard(self) -> None:
        """Forget it. Does nothing once it is kept."""
        self.passing.unlink(missing_ok=True)


class Arriving:
    """A file while it arrives: sealed, counted and digested in one pass. Raise OSError where the disk is full."""

    def __init__(self, name: str) -> None:
        self.id = uuid.uuid4()
        self.size = 0
        self._name = name
        self._key = os.urandom(32)
        self._wrapped_key = wrap(self._key, key=master_key(), bound_to=self.id.bytes)
        self._sealer = Sealer(self._key, bound_to=self.id.bytes)
        self._digest = hashlib.sha256()
        self._passing = incoming() / f"{self.id}.part"
        descriptor = os.open(self._passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(descriptor, "wb", buffering=0)

    def write(self, plain: bytes) -> None:
        """Take the next bytes."""
        self.size += len(plain)
        self._digest.update(plain)
        self._put(self._sealer.update(plain))

    def finish(self) -> Sealed:
        """Seal the last bytes and wait until the disk has them."""
        self._put(self._sealer.finish())
        os.fsync(self._file.fileno())
        self._file.close()
        return Sealed(
            id=self.id,
            name=self._name,
            size=self.size,
            sha256=self._digest.hexdigest(),
            wrapped_key=self._wrapped_key,
            sealed_name=wrap(self._name.encode(), key=self._key, bound_to=self.id.bytes),
            passing=self._passing,
        )

    def abandon(self) -> None:
        """Leave nothing behind: a lost connection, a full disk, a file too large."""
        with suppress(OSError):  # closing a file on a full disk may fail again; the file goes all the same
            self._file.close()
        self._passing.unlink(missing_ok=True)

    def _put(self, sealed: bytes) -> None:
        """Write all of it: an unbuffered file may take less than it is given."""
        rest = memoryview(sealed)
        while rest:
            rest = rest[self._file.write(rest) or 0 :]


def incoming() -> Path:
    """The folder for files that have not wholly arrived; swept by a job."""
    folder = _root() / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def seal_bytes(chunks: Iterable[bytes], *, name: str) -> Sealed:
    """Seal a file that comes from this house itself, such as a demonstration file. Raise OSError."""
    arriving = Arriving(name)
    try:
        for chunk in chunks:
            arriving.write(chunk)
        return arriving.finish()
    except BaseException:
        arriving.abandon()
        raise


def keep(sealed: Sealed) -> str:
    """Move a sealed file to its lasting place and wait until the disk has it; gives the storage key."""
    storage_key = f"{sealed.id.hex[:2]}/{sealed.id}"
    place = _root() / storage_key
    place.parent.mkdir(mode=0o700, exist_ok=True)
    sealed.passing.rename(place)
    for folder in (place.parent, _root()):
        _sync(folder)
    return storage_key


def destroy(storage_key: str) -> None:
    """Delete the ciphertext. Cannot be undone; does nothing the second time."""
    if storage_key:
        (_root() / storage_key).unlink(missing_ok=True)


def true_name(stored: Stored) -> str:
    """The uploader's own name for the file: for the gate alone, never for a page, a log or a message."""
    name = unwrap(bytes(stored.sealed_name), key=_key_of(stored), bound_to=stored.id.bytes)
    return name.decode()


@contextmanager
def open_plain(stored: Stored) -> Iterator[BinaryIO]:
    """The plain bytes as a seekable file in memory, checked to the last byte before it is given.

    Raise Tampered where the ciphertext, its key or its owner is not what was stored, KeyFileMissing without key file.
    """
    descriptor = os.memfd_create("submission", os.MFD_CLOEXEC)
    with os.fdopen(descriptor, "w+b") as plain:
        try:
            with (_root() / (stored.storage_key or "gone")).open("rb", buffering=CHUNK) as sealed:
                for chunk in unseal(sealed, key=_key_of(stored), bound_to=stored.id.bytes):
                    plain.write(chunk)
        except FileNotFoundError:
            raise Tampered from None
        plain.flush()
        plain.seek(0)
        yield plain


def _key_of(stored: Stored) -> bytes:
    return unwrap(bytes(stored.wrapped_key), key=master_key(), bound_to=stored.id.bytes)


def _root() -> Path:
    return Path(settings.STORED) / "submissions"


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
