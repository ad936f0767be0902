"""The tree over the record: RFC 9162, section 2.1 (SHA-256; the same tree as RFC 6962).

Leaves are given as their hashes (32 bytes each). A `Frontier` holds the roots of the full trees of which a growing
tree consists, at most one for each power of two: what is needed to go on without reading what went before.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

EMPTY = hashlib.sha256().digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass
class Frontier:
    """A tree that grows at its right edge. `peaks` are the roots of its full trees, the largest first."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def extend(self, leaves: Iterable[bytes]) -> "Frontier":
        """Add leaves; each joins with the full trees of its own size."""
        for leaf in leaves:
            grown, joined = leaf, self.size
            while joined & 1:
                grown, joined = node(self.peaks.pop(), grown), joined >> 1
            self.peaks.append(grown)
            self.size += 1
        return self

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        if not self.peaks:
            return EMPTY
        whole = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            whole = node(peak, whole)
        return whole


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over these leaves."""
    return Frontier().extend(leaves).root()


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from the leaf at `index` (from 0) to the root, the nearest first (section 2.1.3.1).

    Raise IndexError where there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*inclusion_proof(leaves[:split], index), root(leaves[split:])]
    return [*inclusion_proof(leaves[split:], index - split), root(leaves[:split])]


def is_included(*, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from this leaf to this root (section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, reached = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            reached = node(step, reached)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            reached = node(reached, step)
        place, last = place >> 1, last >> 1
    return last == 0 and reached == root


def consistency_proof(leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """The hashes that show that the first `earlier` leaves are still the first of these (section 2.1.4.1).

    Raise IndexError where there were never so many, or none.
    """
    if not 0 < earlier <= len(leaves):
        raise IndexError(earlier)
    return [] if earlier == len(leaves) else _grown(leaves, earlier, whole=True)


def _grown(leaves: Sequence[bytes], earlier: int, *, whole: bool) -> list[bytes]:
    if earlier == len(leaves):
        return [] if whole else [root(leaves)]
    split = _split(len(leaves))
    if earlier <= split:
        return [*_grown(leaves[:split], earlier, whole=whole), root(leaves[split:])]
    return [*_grown(leaves[split:], earlier - split, whole=False), root(leaves[:split])]


def is_consistent(*, earlier: int, earlier_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the tree of `size` has grown from that of `earlier` (section 2.1.4.2)."""
    if earlier == size:
        return not proof and earlier_root == root
    if not 0 < earlier < size or not proof:
        return False
    steps = list(proof) if earlier & (earlier - 1) else [earlier_root, *proof]
    place, last = earlier - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    then = now = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            then, now = node(step, then), node(step, now)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            now = node(now, step)
        place, last = place >> 1, last >> 1
    return last == 0 and then == earlier_root and now == root


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1
