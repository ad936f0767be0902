"""One line of the record, shown by itself: with the hashes that lead from it to a signed head (RFC 9162, 2.1.3).

Whoever is shown it needs nothing else of the record: `verify.py --lines` checks it.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from lumbung.portal.audit.exports import lines
from lumbung.portal.audit.heads import kept, leaves
from lumbung.portal.audit.merkle import node
from lumbung.portal.audit.models import Event, Head

WIDTH = 32  # bytes of a hash


def proofs(chosen: QuerySet[Event], *, personal: bool) -> Iterator[dict[str, Any]]:
    """What the verifier wants of each chosen line, oldest first; lines that stand under no head yet are left out.

    `entry`, `leaf` and `opened` are those of an export, `head` is the newest one and `proof` leads to its root.
    Reads every leaf of the record once, however few lines are asked for. Signs nothing.
    """
    head = Head.objects.first()
    if head is None:
        return
    wanted = chosen.filter(sequence__lte=head.size)
    if not wanted.exists():
        return
    levels = _levels(head.size)
    for line, number in zip(lines(wanted, personal=personal), _ordered(wanted), strict=True):
        yield {**line, "proof": [step.hex() for step in path(levels, number - 1)], "head": kept(head)}


def path(levels: list[bytes], index: int) -> Iterator[bytes]:
    """The hashes beside the way from a leaf (from 0) to the root, the nearest first."""
    for level in levels[:-1]:
        beside = (index ^ 1) * WIDTH
        if beside < len(level):
            yield level[beside : beside + WIDTH]
        index >>= 1


def _levels(size: int) -> list[bytes]:
    """The whole tree, from its leaves to its root; a node without a neighbour goes up as it is."""
    level = b"".join(bytes.fromhex(leaf) for leaf in leaves(until=size))
    levels = [level]
    while len(level) > WIDTH:
        level = above(level)
        levels.append(level)
    return levels


def above(level: bytes) -> bytes:
    """The next level of the tree."""
    paired = len(level) // (2 * WIDTH) * 2 * WIDTH
    joined = (node(level[at : at + WIDTH], level[at + WIDTH : at + 2 * WIDTH]) for at in range(0, paired, 2 * WIDTH))
    return b"".join(joined) + level[paired:]


def _ordered(wanted: QuerySet[Event]) -> Iterator[int]:
    return wanted.order_by("sequence").values_list("sequence", flat=True).iterator()
