"""Sealed envelopes for tests: random bytes, for the counter cannot tell them from sealed ones."""

import hashlib
import json
import random
from typing import Any

from lumbung.counter.headers import Header, read_header

CHANCE = random.Random(9)


def envelope(size: int = 1_000, **other: Any) -> tuple[Header, bytes]:
    """A header and the body that it announces."""
    body = CHANCE.randbytes(size)
    return read_header(json.dumps(words(body) | other).encode()), body


def words(body: bytes) -> dict[str, Any]:
    """What stands on an envelope with this body, under a number of its own."""
    return {
        "number": f"{CHANCE.getrandbits(128):032x}",
        "service": "kk",
        "office": "disdukcapil",
        "key": "0123456789abcdef",
        "verifier": f"{CHANCE.getrandbits(256):064x}",
        "size": len(body),
        "sha256": hashlib.sha256(body).hexdigest(),
        "made": "2026-11-22",
    }
