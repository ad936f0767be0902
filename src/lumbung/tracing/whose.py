"""What is kept of marked copies, and whose copy a leaked file was: the same for a desk without network and the portal.

The secret is kept as JSON, `rahasia.json`; its SHA-256 is what is committed to before any copy can be seen. With it go
the names of the recipients and the rows that were handed out, by keyed numbers alone.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from lumbung.trace import accuse, marks
from lumbung.trace.accuse import Whole
from lumbung.trace.fingerprint import Numbers


class Unreadable(ValueError):
    """This is no secret of marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What was handed out to whom: the secret of the marks, the recipients in order, the rows and their hamlets."""

    secret: bytes
    recipients: tuple[str, ...]
    known: Numbers
    units: Whole


def written(handed: Handed) -> bytes:
    """As `rahasia.json` holds it."""
    told = {
        "secret": handed.secret.hex(),
        "recipients": list(handed.recipients),
        "keys": base64.b64encode(handed.known.astype("<u8").tobytes()).decode(),
        "units": base64.b64encode(handed.units.astype("<i8").tobytes()).decode(),
    }
    return json.dumps(told, ensure_ascii=False).encode()


def read(content: bytes) -> Handed:
    """The inverse. Raise Unreadable."""
    try:
        kept = json.loads(content)
        known = np.frombuffer(base64.b64decode(kept["keys"], validate=True), dtype="<u8")
        units = np.frombuffer(base64.b64decode(kept["units"], validate=True), dtype="<i8")
        secret, recipients = bytes.fromhex(kept["secret"]), tuple(str(name) for name in kept["recipients"])
    except (ValueError, KeyError, TypeError, binascii.Error):
        raise Unreadable from None
    if len(known) != len(units) or not recipients:
        raise Unreadable
    return Handed(secret=secret, recipients=recipients, known=known, units=units)


def commitment(content: bytes) -> str:
    """What is written down before any copy can be seen."""
    return hashlib.sha256(content).hexdigest()


def scores(folder: Path, handed: Handed, *, codes: Sequence[int]) -> list[dict[str, Any]]:
    """Of every recipient, in order: the Score as plain values, with `recipient` and `code`: whether the copy's own
    code stands in the file, which nobody else could know. `folder` and `codes` are what `tracing.leaked` gave.
    """
    leak = accuse.Leak(
        keys=np.frombuffer((folder / "keys").read_bytes(), dtype="<u8"),
        places=np.frombuffer((folder / "places").read_bytes(), dtype=np.int8),
        lines=np.frombuffer((folder / "lines").read_bytes(), dtype=np.int8),
    )
    copies = range(len(handed.recipients))
    told = [marks.carriers(handed.known, secret=handed.secret, copy=copy) for copy in copies]
    found = [asdict(score) for score in accuse.scores(leak, known=handed.known, units=handed.units, copies=told)]
    for copy, (score, recipient) in enumerate(zip(found, handed.recipients, strict=True)):
        score |= {"recipient": recipient, "code": copy in codes, "accused": score["accused"] or copy in codes}
    return found


def recognised(folder: Path, handed: Handed) -> int:
    """How many different rows of what was handed out stand in a leaked file."""
    return int(np.isin(handed.known, np.frombuffer((folder / "keys").read_bytes(), dtype="<u8")).sum())
