"""What was seen, where, and how often. A finding carries no value from the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lumbung.document import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One kind of personal data at one place. Says nothing about what should follow: that is `judge`'s.

    `hits` of `of` non-empty cells (or matches in a passage) looked like `kind`; `chance` is the probability of at
    least as many hits if the cells held unrelated numbers or words (a binomial tail; 1.0 where it was not computed).
    `evidence` names what supports it, with its figure: "header" 1.0, "sex-mix" 0.49, "agrees-birth-date" 0.98.
    `masked` holds up to three masked samples, and is empty unless the caller asked for evidence.
    """

    kind: str
    place: Place
    hits: int
    of: int
    chance: float = 1.0
    evidence: Mapping[str, float] = field(default_factory=dict)
    masked: tuple[str, ...] = ()
