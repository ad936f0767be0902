"""What a seller says: how many rows, of what, from where; and whether the figures alone can be true.

Nothing here is true or false as a whole: each check says what was seen, what is known, and whether that supports the
claim, contradicts it, or cannot tell.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lumbung.trace.population import COUNTRY, Figure, of_region

SUPPORTS, CONTRADICTS, CANNOT_TELL = "supports", "contradicts", "cannot-tell"
OF = ("penduduk", "pemilih")
GROWTH = (
    0.015  # a year, between the published figure and the year of the claim; no regency of that size grows faster long
)
SLACK = 0.02  # of a current register over the published figure
WHOLE = 0.95  # of the published figure a current register has at least


class NotAClaim(ValueError):
    """The file does not say what it has to; carries which of its entries."""

    def __init__(self, entry: str) -> None:
        super().__init__(entry)
        self.entry = entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """`of` is penduduk or pemilih, `year` the year that the data are said to be of (0: not said)."""

    total: int
    of: str
    year: int
    regions: tuple[tuple[str, int], ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the answer. `about` is a region, the number of a sample, or nothing; `source` says where the
    reference was published.

    `observed` and `reference` are numbers; shares lie between 0 and 1. `unchecked` says that nobody has seen the
    reference where it is said to be published.
    """

    code: str
    observed: float
    reference: float
    finding: str
    about: str = ""
    source: str = ""
    unchecked: bool = False


def parse(raw: Mapping[str, Any]) -> Claim:
    """A claim from what TOML or JSON gave. Raise NotAClaim."""
    regions = tuple((_text(one, "name"), _count(one, "count")) for one in _list(raw, "regions"))
    figures = tuple(
        Figure(
            name=_text(one, "name"),
            of=_of(one),
            year=_count(one, "year"),
            count=_count(one, "count"),
            source=_text(one, "source"),
            checked=True,
        )
        for one in _list(raw, "figures")
    )
    year = _count(raw, "year") if "year" in raw else 0
    return Claim(total=_count(raw, "total"), of=_of(raw), year=year, regions=regions, figures=figures)


def of_figures(claim: Claim) -> list[Check]:
    """What the claim's own figures say: against each other, and against what is published."""
    known = [(name, count, of_region(name, of=claim.of, brought=claim.figures)) for name, count in claim.regions]
    checks = [_sum(claim), *(_against(name, count, figure, claim) for name, count, figure in known)]
    if not claim.regions:
        checks.append(_against(COUNTRY, claim.total, of_region(COUNTRY, of=claim.of, brought=claim.figures), claim))
    elif len(known) > 1 and all(figure for _, _, figure in known):
        together = sum(figure.count for _, _, figure in known if figure)
        year = min(figure.year for _, _, figure in known if figure)
        seen = all(figure.checked for _, _, figure in known if figure)
        whole = Figure(name="", of=claim.of, year=year, count=together, source="", checked=seen)
        checks.append(_against("", claim.total, whole, claim))
    return checks


def _sum(claim: Claim) -> Check:
    if not claim.regions:
        return Check(code="breakdown-sum", observed=0, reference=claim.total, finding=CANNOT_TELL)
    together = sum(count for _, count in claim.regions)
    finding = SUPPORTS if together == claim.total else CONTRADICTS
    return Check(code="breakdown-sum", observed=together, reference=claim.total, finding=finding)


def _against(name: str, count: int, figure: Figure | None, claim: Claim) -> Check:
    """More people than live there cannot be a current register; fewer may be a part of one."""
    if figure is None:
        return Check(code="population", about=name, observed=count, reference=0, finding=CANNOT_TELL)
    years = max(0, claim.year - figure.year) if claim.of == "penduduk" else 0
    most = figure.count * (1 + GROWTH * years + SLACK)
    finding = CONTRADICTS if count > most else SUPPORTS if count >= WHOLE * figure.count else CANNOT_TELL
    source = f"{figure.source}, {figure.year}" if figure.source else str(figure.year)
    return Check(
        code="population",
        about=name,
        observed=count,
        reference=figure.count,
        finding=finding,
        source=source,
        unchecked=not figure.checked,
    )


def _list(raw: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    listed = raw.get(name, [])
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise NotAClaim(name)
    return listed


def _count(raw: Mapping[str, Any], name: str) -> int:
    """A whole number, however an officer groups it; a decimal is none."""
    written = raw.get(name)
    digits = written.replace(".", "").replace(" ", "") if isinstance(written, str) else written
    if isinstance(digits, str) and digits.isdecimal():
        digits = int(digits)
    if not isinstance(digits, int) or isinstance(digits, bool) or not 0 <= digits < 10**12:
        raise NotAClaim(name)
    return digits


def _text(raw: Mapping[str, Any], name: str) -> str:
    written = raw.get(name)
    if not isinstance(written, str) or not 0 < len(written.strip()) <= 120:
        raise NotAClaim(name)
    return written.strip()


def _of(raw: Mapping[str, Any]) -> str:
    of = raw.get("of", OF[0])
    if of not in OF:
        raise NotAClaim("of")
    return str(of)
