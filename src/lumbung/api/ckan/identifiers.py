"""The ids that clients keep: uuids that say nothing, lead back to what they name, and stay the same for all releases.

Each is one block of AES over a mark, the kind, the key of the row and a digest of the rest: a permutation, so no two
fall together and no table is kept. Nobody can count by them what is hidden, for without the site's key they cannot be
made; and one that is made up opens to nothing.
"""

import hashlib
from enum import IntEnum
from functools import lru_cache
from uuid import UUID

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB
from django.conf import settings

MARK = b"lbg"
ROW, REST = 6, 6  # bytes


class Kind(IntEnum):
    """What an id names."""

    DATASET = 1
    ORGANISATION = 2
    RESOURCE = 3
    PERSON = 4
    WORD = 5  # a theme, a tag


def sealed(kind: Kind, row: int, rest: str = "") -> str:
    """The id of a row, or of what `rest` names beside it."""
    return _sealed(str(settings.SECRET_KEY), kind, row, rest)


@lru_cache(maxsize=100_000)
def _sealed(secret: str, kind: Kind, row: int, rest: str) -> str:
    digest = hashlib.sha256(rest.encode()).digest()[:REST] if rest else bytes(REST)
    block = MARK + bytes([kind]) + row.to_bytes(ROW, "big") + digest
    return str(UUID(bytes=_made(secret).encryptor().update(block)))


def opened(kind: Kind, text: object) -> int | None:
    """The key of the row that an id of this kind names; None for every other text."""
    try:
        sealed_block = UUID(str(text)).bytes
    except ValueError:
        return None
    decryptor: CipherContext = _made(str(settings.SECRET_KEY)).decryptor()
    block = decryptor.update(sealed_block)
    if block[:3] != MARK or block[3] != kind:
        return None
    return int.from_bytes(block[4 : 4 + ROW], "big")


@lru_cache(maxsize=2)
def _made(secret: str) -> "Cipher[ECB]":
    key = hashlib.sha256(b"lumbung ids of the interface " + secret.encode()).digest()
    return Cipher(AES(key), ECB())  # noqa: S305 - one block, never two: here ECB is the permutation itself
