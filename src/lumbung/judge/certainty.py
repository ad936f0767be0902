"""How sure a finding is, and so what follows from it. Thresholds come from the policy, none stands here."""

from lumbung.detect.finding import Finding
from lumbung.judge.inspection import Verdict
from lumbung.judge.policy import Policy

IDENTIFIERS = frozenset({"nik", "nomor-kk"})
LISTS_OF_PEOPLE = frozenset({"person-table", "public-role"})


def severity(finding: Finding, *, among_people: bool, policy: Policy) -> Verdict:
    """What the policy answers to this finding; a kind that the policy does not know is held."""
    answer = policy.answers.get(finding.kind)
    if answer is None:
        return Verdict.HOLD
    if among_people:
        return answer.among_people
    return answer.certain if is_certain(finding, policy) else answer.doubtful


def is_of_office(finding: Finding, *, among_people: bool, policy: Policy) -> bool:
    """Whether the finding is about an office's contacts alone, and so no reason at all."""
    return not among_people and finding.evidence.get("office", 0.0) >= policy.contacts.of_office


def is_certain(finding: Finding, policy: Policy) -> bool:
    """Whether the finding is beyond doubt: by the thresholds for its kind, or because the same rows name people."""
    if finding.kind in LISTS_OF_PEOPLE:
        return _people_certain(finding, policy)
    if finding.kind == "re-identifiable":
        return finding.evidence.get("unique", 0.0) >= policy.microdata.unique
    if finding.kind == "named-in-text":
        return finding.hits >= policy.text.people
    if finding.kind not in IDENTIFIERS:
        return _has(finding, ("beside-names",)) and not _has(finding, ("public-role",))
    return _damaged_certain(finding, policy) if _is_damaged(finding, policy) else _number_certain(finding, policy)


def _number_certain(finding: Finding, policy: Policy) -> bool:
    rule = policy.certainty
    if _has(finding, rule.supported_by):
        return True
    if _has(finding, rule.doubted_by):
        return False
    chance = rule.chance_of_series if _has(finding, ("series",)) else rule.chance
    return finding.hits >= rule.hits and finding.chance <= chance


def _is_damaged(finding: Finding, policy: Policy) -> bool:
    damaged = finding.evidence.get("masked", 0.0) + finding.evidence.get("scientific", 0.0)
    return damaged >= policy.damaged.share_of_hits


def _damaged_certain(finding: Finding, policy: Policy) -> bool:
    rule = policy.damaged
    whole_column = finding.hits >= rule.hits and finding.hits >= rule.share * finding.of
    return whole_column or _has(finding, policy.certainty.supported_by)


def _people_certain(finding: Finding, policy: Policy) -> bool:
    rule, seen = policy.people, finding.evidence
    strong = seen.get("strong", 0.0)
    if seen.get("place-names"):
        return False
    if seen.get("public-role"):
        return strong >= rule.strong_of_office
    if seen.get("named", 0.0) < rule.named:
        return strong >= rule.strong_without_names
    enough = rule.strong_without_headings if seen.get("headerless") else rule.strong
    return strong >= enough or seen.get("attributes", 0.0) >= rule.attributes


def _has(finding: Finding, keys: tuple[str, ...]) -> bool:
    return any(finding.evidence.get(key, 0.0) > 0.0 for key in keys)
