"""What a rule of the gate is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One reason why a file is not simply open, with the law behind it and the way on.

    `messages` and `next_steps` have a text for each language ("id", "en"), with {where}, {hits} and {of} to fill in.
    `since` is the day from which the cited law holds. `appeal` says who may decide otherwise: nobody, or the data
    protection officer (PPDP) on a legal basis. `ways` are other next steps, by the reader's word for why.
    """

    code: str
    title: Mapping[str, str]
    citation: str
    since: date
    messages: Mapping[str, str]
    next_steps: Mapping[str, str]
    appeal: Literal["none", "ppdp"]
    ways: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
