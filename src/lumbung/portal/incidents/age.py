"""Files sealed to somebody else's key in the age format, version 1 (https://age-encryption.org/v1, C2SP/age).

Whoever receives one opens it with the program `age` or with `lumbung evidence open`. Recipients are X25519 keys
("age1..."); a fresh file key is wrapped for the recipient, the content is sealed in chunks of 64 KiB, of which none
can be altered, moved or cut off unseen.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from lumbung.portal.incidents.bech32 import decoded, encoded

FIRST, LABEL = b"age-encryption.org/v1\n", b"age-encryption.org/v1/X25519"
PUBLIC, SECRET = "age", "age-secret-key-"
SEALED = "isi.zip.age"  # the sealed member of a bundle of evidence
CHUNK, TAG, LONGEST_HEADER = 64 * 1024, 16, 64 * 1024


class NotAKey(ValueError):
    """What was given is no key of this kind."""


class NotOpened(Exception):
    """Sealed for somebody else, or changed on the way."""


def new_key() -> tuple[str, str]:
    """A secret key ("AGE-SECRET-KEY-1...") and its public one ("age1...")."""
    secret = X25519PrivateKey.generate()
    public = encoded(PUBLIC, secret.public_key().public_bytes_raw())
    return encoded(SECRET, secret.private_bytes_raw()).upper(), public


def checked(recipient: str) -> str:
    """A public key without blanks around it. Raise NotAKey for anything else."""
    plain = recipient.strip()
    _key_of(plain, PUBLIC)
    return plain


class Sealing:
    """A file to write into: what goes in comes out sealed in `out`. `close` seals the last chunk; without it nothing
    can be opened. Cannot be sought in.
    """

    def __init__(self, out: BinaryIO, *, recipient: str) -> None:
        file_key, nonce = os.urandom(16), os.urandom(16)
        out.write(_header(file_key, X25519PublicKey.from_public_bytes(_key_of(recipient, PUBLIC))) + nonce)
        self._out, self._waiting, self._counter = out, bytearray(), 0
        self._cipher = ChaCha20Poly1305(_derived(file_key, salt=nonce, info=b"payload"))

    def write(self, plain: bytes) -> int:
        """Take some bytes in; the last chunk is always kept back."""
        self._waiting += plain
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(plain)

    def flush(self) -> None:
        """Nothing to do: chunks are written when they are full."""

    def close(self) -> None:
        """Seal what is left. Does not close `out`."""
        self._seal(bytes(self._waiting), last=True)

    def _seal(self, plain: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._counter, last=last), plain, None))
        self._counter += 1


def opened(sealed: BinaryIO, *, secret: str) -> Iterator[bytes]:
    """The plain chunks, each checked before it is given. Raise NotAKey or NotOpened."""
    key = X25519PrivateKey.from_private_bytes(_key_of(secret.strip().lower(), SECRET))
    file_key = _unwrapped(_lines(sealed), key)
    cipher = ChaCha20Poly1305(_derived(file_key, salt=sealed.read(16), info=b"payload"))
    counter, chunk = 0, sealed.read(CHUNK + TAG)
    while True:
        following = sealed.read(CHUNK + TAG)
        try:
            plain = cipher.decrypt(_nonce(counter, last=not following), chunk, None)
        except InvalidTag:
            raise NotOpened from None
        if counter and not plain:
            raise NotOpened
        yield plain
        if not following:
            return
        counter, chunk = counter + 1, following


def _header(file_key: bytes, recipient: X25519PublicKey) -> bytes:
    passing = X25519PrivateKey.generate()
    share = passing.public_key().public_bytes_raw()
    wrap_key = _derived(passing.exchange(recipient), salt=share + recipient.public_bytes_raw(), info=LABEL)
    body = ChaCha20Poly1305(wrap_key).encrypt(bytes(12), file_key, None)
    head = FIRST + b"-> X25519 " + _base64(share) + b"\n" + _base64(body) + b"\n---"
    return head + b" " + _base64(_mac(file_key, head)) + b"\n"


def _lines(sealed: BinaryIO) -> list[bytes]:
    """The header's lines, up to the one with its code. Raise NotOpened for what is no such file."""
    lines, read = [sealed.readline(LONGEST_HEADER)], 0
    while lines[0] == FIRST and read < LONGEST_HEADER:
        lines.append(sealed.readline(LONGEST_HEADER))
        read += len(lines[-1])
        if lines[-1].startswith(b"--- "):
            return lines
        if not lines[-1]:
            break
    raise NotOpened


def _unwrapped(lines: list[bytes], key: X25519PrivateKey) -> bytes:
    """The file key out of the first stanza that is for this key, once the header's code agrees."""
    public = key.public_key().public_bytes_raw()
    for stanza, body in pairwise(lines):
        if not stanza.startswith(b"-> X25519 "):
            continue
        try:
            share = _unbase64(stanza.removeprefix(b"-> X25519 "))
            shared = key.exchange(X25519PublicKey.from_public_bytes(share))
            wrap_key = _derived(shared, salt=share + public, info=LABEL)
            file_key = ChaCha20Poly1305(wrap_key).decrypt(bytes(12), _unbase64(body), None)
        except (InvalidTag, ValueError):
            continue
        head = b"".join(lines[:-1]) + b"---"
        if hmac.compare_digest(_base64(_mac(file_key, head)), lines[-1].removeprefix(b"--- ").rstrip(b"\n")):
            return file_key
    raise NotOpened


def _mac(file_key: bytes, head: bytes) -> bytes:
    return hmac.digest(_derived(file_key, salt=b"", info=b"header"), head, hashlib.sha256)


def _derived(secret: bytes, *, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(secret)


def _nonce(counter: int, *, last: bool) -> bytes:
    return counter.to_bytes(11, "big") + bytes([last])


def _base64(raw: bytes) -> bytes:
    return base64.b64encode(raw).rstrip(b"=")


def _unbase64(text: bytes) -> bytes:
    plain = text.rstrip(b"\n")
    return base64.b64decode(plain + b"=" * (-len(plain) % 4), validate=True)


def _key_of(text: str, prefix: str) -> bytes:
    raw = decoded(text, prefix)
    if raw is None or len(raw) != 32:
        raise NotAKey
    return raw
