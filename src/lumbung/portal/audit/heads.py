"""The signed heads of the record: after RFC 9162, section 4.10, in JSON. Ed25519 after RFC 8032."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import transaction
from django.utils import timezone

from lumbung.portal.audit import keys
from lumbung.portal.audit.merkle import Frontier
from lumbung.portal.audit.models import Event, Head

CHUNK = 10_000  # leaves read at a time


@transaction.atomic
def sign_head() -> Head | None:
    """Sign the record as it stands; None where it has no line yet, or none since the last head.

    Goes on from the last head's peaks, so it never asks whether what they stand for is still there: that is what
    verifying does, by somebody else.
    """
    last = Head.objects.first()
    tree = grown(Frontier(last.size, [bytes.fromhex(peak) for peak in last.peaks]) if last else Frontier())
    if tree.size == (last.size if last else 0):
        return None
    return _signed(tree, at=timezone.now())


def grown(tree: Frontier) -> Frontier:
    """The tree with every line that the record has beyond its size."""
    return tree.extend(bytes.fromhex(leaf) for leaf in leaves(after=tree.size))


def leaves(*, after: int = 0, until: int | None = None) -> Iterator[str]:
    """The leaves of the lines beyond a number, and up to another, in order, in hexadecimal."""
    lines = Event.objects.filter(sequence__gt=after).order_by("sequence")
    if until is not None:
        lines = lines.filter(sequence__lte=until)
    return lines.values_list("leaf", flat=True).iterator(chunk_size=CHUNK)


def statement(*, size: int, root: str, at: datetime) -> str:
    """The canonical JSON that is signed."""
    said = {"at": at.astimezone(UTC).isoformat(timespec="microseconds"), "root": root, "size": size}
    return json.dumps(said, sort_keys=True, separators=(",", ":"))


def kept(head: Head) -> dict[str, str]:
    """What whoever keeps a head needs to have of it; one line of heads.jsonl."""
    return {"statement": head.statement, "signature": head.signature, "key": head.key}


def as_line(head: Head) -> str:
    """The same as text."""
    return json.dumps(kept(head), separators=(",", ":"))


def _signed(tree: Frontier, *, at: datetime) -> Head:
    signer = Ed25519PrivateKey.from_private_bytes(keys.audit_key())
    root = tree.root().hex()
    said = statement(size=tree.size, root=root, at=at)
    return Head.objects.create(
        size=tree.size,
        root=root,
        at=at,
        statement=said,
        signature=signer.sign(said.encode()).hex(),
        key=signer.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex(),
        peaks=[peak.hex() for peak in tree.peaks],
    )
