"""The key of the fingerprints: 32 random bytes, in a file of their own or under "trace" in the portal's key file.

It is no other key: whoever holds it and an index can ask whether a person stands there, and nobody else can. Lost, the
indexes made with it are of no use; destroyed, so are they.
"""

import base64
import binascii
import hashlib
import json
import os
import secrets
from pathlib import Path

NAME = "trace"
BYTES = 32


class NoKey(Exception):
    """There is no such file, or it holds no key for fingerprints."""


def make(path: Path) -> None:
    """Write a new key, readable by its owner alone. Raise FileExistsError rather than replace one."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({NAME: base64.b64encode(secrets.token_bytes(BYTES)).decode()}, file)
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> bytes:
    """The key in a file of the shape that `make` writes; other entries are left alone. Raise NoKey."""
    try:
        key = base64.b64decode(json.loads(path.read_text(encoding="utf-8"))[NAME], validate=True)
    except (OSError, ValueError, KeyError, TypeError, binascii.Error):
        raise NoKey from None
    if len(key) != BYTES:
        raise NoKey
    return key


def key_id(key: bytes) -> str:
    """Sixteen hexadecimal digits that name a key and say nothing about it."""
    return hashlib.blake2b(key=key, digest_size=8, person=b"key-id").hexdigest()
