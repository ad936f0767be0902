"""Where the copies lie until they are fetched, sealed under keys of their own, and their fingerprints beside them.

The seal is that of the intake room. To destroy the wrapped key is to destroy the copy.
"""

import io
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from lumbung.portal.audit.keys import master_key
from lumbung.portal.copies.models import Copy
from lumbung.portal.intake.seal import Sealer, Tampered, unseal, unwrap, wrap
from lumbung.trace.index import SUFFIX


def folder() -> Path:
    """Sealed copies, and indexes of their fingerprints."""
    place = Path(settings.STORED) / "copies"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def index_of(copy: Copy) -> Path:
    """The fingerprints of everybody in it."""
    return folder() / f"{copy.pk.hex}{SUFFIX}"


def keep(copy: Copy, plain: bytes) -> None:
    """Seal the bytes and wait until the disk has them; sets the fields of the copy and does not save it."""
    key = os.urandom(32)
    sealer = Sealer(key, bound_to=copy.pk.bytes)
    place = folder() / copy.pk.hex
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(sealer.update(plain) + sealer.finish())
        file.flush()
        os.fsync(file.fileno())
    copy.wrapped_key = wrap(key, key=master_key(), bound_to=copy.pk.bytes)
    copy.storage_key = copy.pk.hex


def plain_of(copy: Copy) -> bytes:
    """The bytes. Raise Tampered where they are not what was sealed, or are gone."""
    key = unwrap(bytes(copy.wrapped_key), key=master_key(), bound_to=copy.pk.bytes)
    try:
        sealed = (folder() / (copy.storage_key or "gone")).read_bytes()
    except FileNotFoundError:
        raise Tampered from None
    return b"".join(unseal(io.BytesIO(sealed), key=key, bound_to=copy.pk.bytes))


def destroy(storage_key: str) -> None:
    """Delete the ciphertext. Does nothing the second time."""
    if storage_key:
        (folder() / storage_key).unlink(missing_ok=True)


def sealed_secret(content: bytes, *, bound_to: bytes) -> bytes:
    """The secret of the marks, as the database keeps it."""
    return wrap(content, key=master_key(), bound_to=bound_to)


def secret_of(sealed: bytes, *, bound_to: bytes) -> bytes:
    """The inverse. Raise Tampered."""
    return unwrap(sealed, key=master_key(), bound_to=bound_to)


def strangers(known: set[str], *, before: float) -> Iterator[Path]:
    """Files that no row knows and that are older than a moment: the traces of a sudden end."""
    for path in folder().iterdir():
        if path.name not in known and path.stat().st_mtime < before:
            yield path
