"""A function of two: one has the key, the other the input, and neither learns the other's (RFC 9497, mode OPRF).

The suite is ristretto255-SHA512. The one who asks blinds the input, the one with the key evaluates what looks like a
random element, and the asker takes the blinding off. Who has the key learns neither the input nor the output; who asks
cannot try inputs without asking each time.
"""

import hashlib
import secrets

from lumbung.trace import ristretto
from lumbung.trace.ristretto import ORDER

_CONTEXT = b"OPRFV1-" + bytes([0]) + b"-ristretto255-SHA512"
BYTES = 64


class Refused(ValueError):
    """An input or an element with which nothing may be done."""


def derive_key(seed: bytes, info: bytes) -> int:
    """The key of a seed of 32 bytes, one for each `info` (RFC 9497, 3.2.1)."""
    given = seed + len(info).to_bytes(2, "big") + info
    for counter in range(256):
        key = _to_scalar(given + bytes([counter]), b"DeriveKeyPair" + _CONTEXT)
        if key:
            return key
    raise Refused


def blind(given: bytes, *, scalar: int | None = None) -> tuple[int, bytes]:
    """A secret scalar and the blinded element to send. Raise Refused where the input has no element."""
    element = _to_group(given)
    scalar = scalar or 1 + secrets.randbelow(ORDER - 1)
    return scalar, ristretto.encode(ristretto.multiply(scalar, element))


def evaluate(key: int, blinded: bytes) -> bytes:
    """What the holder of the key sends back. Raise Refused for bytes that are no element.

    The key is split at random into two that add up to it, for each evaluation anew: how long one takes says nothing
    about the key, though the arithmetic is not in constant time.
    """
    try:
        element = ristretto.decode(blinded)
    except ristretto.NotAnElement:
        raise Refused from None
    if not any(blinded):
        raise Refused  # the identity would give the key away to nobody, and is never sent
    share = secrets.randbelow(ORDER)
    parts = (ristretto.multiply(one % ORDER, element) for one in (share, key - share))
    return ristretto.encode(ristretto.add(*parts))


def finalize(given: bytes, scalar: int, evaluated: bytes) -> bytes:
    """The 64 bytes of output, for the one who asked. Raise Refused for bytes that are no element."""
    try:
        element = ristretto.multiply(pow(scalar, -1, ORDER), ristretto.decode(evaluated))
    except ristretto.NotAnElement:
        raise Refused from None
    return _output(given, ristretto.encode(element))


def direct(key: int, given: bytes) -> bytes:
    """The same output, for the holder of the key who has the input as well: that is how a filter is made."""
    return _output(given, ristretto.encode(ristretto.multiply(key, _to_group(given))))


def _output(given: bytes, element: bytes) -> bytes:
    parts = b"".join(len(part).to_bytes(2, "big") + part for part in (given, element))
    return hashlib.sha512(parts + b"Finalize").digest()


def _to_group(given: bytes) -> ristretto.Point:
    element = ristretto.from_uniform(_expanded(given, b"HashToGroup-" + _CONTEXT, 64))
    if len(given) > 2**16 - 1 or not any(ristretto.encode(element)):
        raise Refused
    return element


def _to_scalar(given: bytes, separator: bytes) -> int:
    return int.from_bytes(_expanded(given, separator, 64), "little") % ORDER


def _expanded(given: bytes, separator: bytes, length: int) -> bytes:
    """expand_message_xmd of RFC 9380 with SHA-512, for lengths of one block."""
    suffix = separator + bytes([len(separator)])
    first = hashlib.sha512(bytes(128) + given + length.to_bytes(2, "big") + b"\x00" + suffix).digest()
    return hashlib.sha512(first + b"\x01" + suffix).digest()[:length]
