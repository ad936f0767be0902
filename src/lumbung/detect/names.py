"""Do these cells name people? Given and family names (reference/given_names.txt, our own writing), and names built as
Javanese ones are, against things and regions.

Officials, streets, villages, posyandu Melati and Mawar all look like names; so the whole column is weighed, and words
of things (reference/values.toml) and the names of regions speak against it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lumbung.detect.lists import value_lists

_SHAPE = re.compile(r"^[A-Z][A-Z.'`´’\-]*(?:[ ,/]+[A-Z(][A-Z.'`´’()\-]*){0,6}\.?$")
_WORDS = re.compile(r"[A-Z]+")
_BUILT = re.compile(
    r"\b(?:PON|TUK|SUK|NGAT|NGAD|WAG|LEG|KAS|SAR|PAR|TUM|JUM|KEM|PAI|SAK|SUM|SUP|SUT|TUG|WAK|SAT|RAT|GIM|MUJ|SAM|MIS|BUN)"
    r"(?:IMAN|IRAN|IJAN|IMIN|IJO|IDJO|IYO|IYATI|IJAH|INAH|IRAH|IMAH|IYEM|INEM|IJEM|IKEM|IRIN)\b"
    r"|[A-Z]{2}(?:IYEM|IJEM|INEM|IKEM|UKEM|INAH|IJAH|YATI|NINGSIH|YANTO|WANTO|IYONO|UDDIN)\b"
)
"""Names after the day of the market on which somebody was born, and endings that hardly a village or a thing has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Shares of the values that are built like names, hold a given name, name a thing, are a region's name."""

    shape: float
    given: float
    things: float
    regions: float
    distinct: float


def weigh(values: Sequence[str]) -> Likeness:
    """Weigh capitalised, stripped, non-empty values; at least one."""
    different = {value.replace("_", " ") for value in values}
    count = len(different)
    words = {value: set(_WORDS.findall(value)) for value in different}
    return Likeness(
        shape=sum(bool(_SHAPE.match(value)) and len(value) <= 60 for value in different) / count,
        given=sum(bool(words[value] & given() or _BUILT.search(value)) for value in different) / count,
        things=sum(bool(words[value] & things()) for value in different) / count,
        regions=sum(value in _regions() for value in different) / count,
        distinct=count / len(values),
    )


def under_header(likeness: Likeness, *, role: str, facts: int) -> float:
    """1.0 where a name header and the values agree, else 0.0. `facts` beside it make up for names we do not know."""
    if likeness.shape < 0.5 or likeness.things > 0.3 or likeness.regions > 0.5:
        return 0.0
    least = {"name": 0.1, "office-name": 0.1}.get(role, 0.25)
    return 1.0 if likeness.given >= (0.0 if facts >= 4 else least / 3 if facts >= 2 else least) else 0.0


def alone(likeness: Likeness) -> float:
    """The share of known names in a column without a header, 0.0 where they are not clearly people's."""
    plain = likeness.shape >= 0.75 and likeness.things <= 0.1 and likeness.regions <= 0.3 and likeness.distinct >= 0.3
    return likeness.given if plain and likeness.given >= 0.4 else 0.0


@cache
def given() -> frozenset[str]:
    """Given names in capitals."""
    return frozenset(_text("given_names.txt").split())


@cache
def things() -> frozenset[str]:
    """Words in capitals that no person's name holds."""
    words: list[str] = value_lists()["things"]["words"]
    return frozenset(words)


@cache
def _regions() -> frozenset[str]:
    return frozenset(_text("region_names.txt").splitlines())


def _text(name: str) -> str:
    return files("lumbung.detect.reference").joinpath(name).read_text(encoding="utf-8")
