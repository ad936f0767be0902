"""Findings into a verdict: the worst of all reasons, and all of them, not the first."""

from collections.abc import Iterable, Mapping

from lumbung.detect.finding import Finding
from lumbung.document import Place, Unread
from lumbung.judge.certainty import LISTS_OF_PEOPLE, is_of_office, severity
from lumbung.judge.inspection import Reason, Verdict
from lumbung.judge.labels import scrub_place
from lumbung.judge.policy import Policy
from lumbung.judge.rules import NOT_FULLY_READ, UNREADABLE, rule_for
from lumbung.judge.where import where

_WORST_FIRST = (Verdict.HOLD, Verdict.REVIEW)
_CODES = {"broken": UNREADABLE.code}  # what a reader says, where the rule has another name


def judge(
    findings: Iterable[Finding], *, unread: tuple[Unread, ...], policy: Policy
) -> tuple[Verdict, tuple[Reason, ...]]:
    """The verdict, with every reason, worst first. Open only where nothing was found and nothing was left unread.

    Raise KeyError for a finding of a kind that no rule knows. Does not look at a value: findings carry none.
    """
    findings = tuple(findings)
    crowded = {_sheet(finding.place) for finding in findings if _is_held_list(finding, policy)}
    beside = [(finding, _sheet(finding.place) in crowded) for finding in findings]
    reasons = [
        _reason(finding, severity(finding, among_people=among, policy=policy))
        for finding, among in beside
        if not is_of_office(finding, among_people=among, policy=policy)
    ]
    reasons += [_left_unread(part) for part in unread]
    reasons.sort(key=lambda reason: _WORST_FIRST.index(reason.severity))
    return worst(reasons), tuple(reasons)


def worst(reasons: Iterable[Reason]) -> Verdict:
    """The severest answer among the reasons; open where there is none."""
    given = {reason.severity for reason in reasons}
    return next((severity for severity in _WORST_FIRST if severity in given), Verdict.OPEN)


def refusal(code: str, *, evidence: Mapping[str, float] | None = None) -> Reason:
    """The reason for a file that could not be read as a whole; `code` is a rule's, or a reader's."""
    rule = rule_for(_CODES.get(code, code))
    return Reason(
        code=rule.code,
        severity=Verdict.HOLD,
        citation=rule.citation,
        place=Place(),
        hits=0,
        of=0,
        evidence=evidence or {},
    )


def name_unread(part: Unread) -> str:
    """A part that was not wholly read, with the reader's word for why, fit to be shown."""
    return f"{where(scrub_place(part.place))}: {part.why}"


def _reason(finding: Finding, severity: Verdict) -> Reason:
    """A heading is named only where the detector recognised one: the first row of a list may be a person."""
    place = finding.place if _has_heading(finding) else finding.place.but(header=None)
    return Reason(
        code=finding.kind,
        severity=severity,
        citation=rule_for(finding.kind).citation,
        place=scrub_place(place),
        hits=finding.hits,
        of=finding.of,
        evidence={**finding.evidence, "chance": finding.chance},
        masked=finding.masked,
    )


def _left_unread(part: Unread) -> Reason:
    return Reason(
        code=NOT_FULLY_READ.code,
        severity=Verdict.HOLD,
        citation=NOT_FULLY_READ.citation,
        place=scrub_place(part.place),
        hits=0,
        of=0,
        evidence={part.why: 1.0},
    )


def _has_heading(finding: Finding) -> bool:
    return any(finding.evidence.get(key) for key in ("header", "other-header"))


def _is_held_list(finding: Finding, policy: Policy) -> bool:
    return finding.kind in LISTS_OF_PEOPLE and severity(finding, among_people=False, policy=policy) is Verdict.HOLD


def _sheet(place: Place) -> tuple[str | None, str | None, str | None]:
    """What a person would call one table: the same sheet of the same part."""
    return place.part, place.sheet, place.path
