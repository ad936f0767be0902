"""What the server of the affected-check sees: whether a linear classifier tells matched from unmatched askers."""

import time
from collections.abc import Iterator

import numpy as np

from lumbung.trace import affected, oprf

SECRET = oprf.derive_key(bytes(32), b"bench")


def measure(*, askers: int) -> Iterator[tuple[str, str, str]]:
    """Half of the transcripts of `askers` matched and as many unmatched ones teach, the other half are told apart."""
    began = time.perf_counter()
    seen = np.vstack([_bits(range(askers)), _bits(range(askers, 2 * askers))])
    blinding = (time.perf_counter() - began) / (2 * askers)
    matched = np.repeat([1.0, 0.0], askers)
    order = np.random.default_rng(5).permutation(2 * askers)
    learn, test = order[:askers], order[askers:]
    with_one = np.hstack([seen, np.ones((2 * askers, 1))])
    weights = np.linalg.lstsq(with_one[learn], matched[learn], rcond=None)[0]
    area = _area(with_one[test] @ weights, matched[test])
    yield (
        f"{askers:,} matched and {askers:,} unmatched askers, by what the server sees",
        f"AUC {area:.3f}",
        "0.50 within 0.01",
    )
    yield (
        "one evaluation at the server",
        f"{1000 * _evaluation():.1f} ms (blinding in Python {1000 * blinding:.1f} ms)",
        "",
    )


def _bits(people: range) -> np.ndarray:
    """The blinded elements of invented people, bit by bit."""
    sent = b"".join(oprf.blind(affected.asked(f"{9912010101009000 + one}", f"{one:016}"))[1] for one in people)
    return np.unpackbits(np.frombuffer(sent, dtype=np.uint8).reshape(len(people), 32), axis=1).astype(float)


def _area(scores: np.ndarray, matched: np.ndarray) -> float:
    """Under the curve: how often a matched asker has the higher score."""
    ranks = scores.argsort().argsort() + 1
    positive = int(matched.sum())
    above = ranks[matched == 1].sum() - positive * (positive + 1) / 2
    return float(above / (positive * (len(matched) - positive)))


def _evaluation() -> float:
    blinded = oprf.blind(b"bench")[1]
    began = time.perf_counter()
    for _time in range(20):
        oprf.evaluate(SECRET, blinded)
    return (time.perf_counter() - began) / 20
