"""Sealing bytes with AES-256-GCM in chunks: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizar 2015).

Each chunk of 1 MiB is sealed on its own under a nonce of an 11-byte counter and one byte that marks the last chunk, so
that a chunk can be neither altered, moved, repeated nor cut off unseen. Every file has its own random key, hence the
counter may start at nought. The name of the file's submission is bound in as associated data.
"""

import os
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK = 1024 * 1024  # plain bytes
TAG = 16


class Tampered(Exception):
    """The seal does not fit: these are not the bytes that were stored, or not under this key."""


def _nonce(counter: int, *, last: bool) -> bytes:
    return counter.to_bytes(11, "big") + bytes([last])


class Sealer:
    """Seals a stream of unknown length. Holds at most one chunk of plain bytes."""

    def __init__(self, key: bytes, *, bound_to: bytes) -> None:
        self._cipher = AESGCM(key)
        self._bound_to = bound_to
        self._waiting = bytearray()
        self._counter = 0

    def update(self, plain: bytes) -> bytes:
        """Take some bytes in; give what is sealed by now, possibly nothing. A last chunk is always kept back."""
        self._waiting += plain
        sealed = []
        while len(self._waiting) > CHUNK:
            sealed.append(self._seal(bytes(self._waiting[:CHUNK]), last=False))
            del self._waiting[:CHUNK]
        return b"".join(sealed)

    def finish(self) -> bytes:
        """The last chunk, marked as such; an empty stream gives one empty chunk."""
        return self._seal(bytes(self._waiting), last=True)

    def _seal(self, plain: bytes, *, last: bool) -> bytes:
        sealed = self._cipher.encrypt(_nonce(self._counter, last=last), plain, self._bound_to)
        self._counter += 1
        return sealed


def unseal(sealed: BinaryIO, *, key: bytes, bound_to: bytes) -> Iterator[bytes]:
    """The plain chunks, each checked before it is given. Raise Tampered at the first that does not fit."""
    cipher = AESGCM(key)
    counter, chunk = 0, sealed.read(CHUNK + TAG)
    while True:
        following = sealed.read(CHUNK + TAG)
        try:
            yield cipher.decrypt(_nonce(counter, last=not following), chunk, bound_to)
        except InvalidTag:
            raise Tampered from None
        if not following:
            return
        counter, chunk = counter + 1, following


def wrap(secret: bytes, *, key: bytes, bound_to: bytes) -> bytes:
    """A short secret sealed in one piece, its random nonce in front."""
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, secret, bound_to)


def unwrap(wrapped: bytes, *, key: bytes, bound_to: bytes) -> bytes:
    """The secret. Raise Tampered where the key or the owner is another."""
    try:
        return AESGCM(key).decrypt(wrapped[:12], wrapped[12:], bound_to)
    except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce and a tag
        raise Tampered from None
