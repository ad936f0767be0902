"""An inspection as a person reads it: found what, where, why the law minds, and which ways lead on."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import get_language

from lumbung import gate
from lumbung.gate import Reason, Verdict
from lumbung.portal.intake.models import Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One rule that spoke, with a sentence for each place where it did."""

    code: str
    title: str
    holds: bool
    released: bool
    sentences: tuple[str, ...]
    masked: tuple[str, ...]
    next_step: str
    citation: str


def language() -> str:
    """The language of the rules' texts: "id", or "en" where the page is English."""
    return "en" if (get_language() or "").startswith("en") else "id"


def findings(submission: Submission) -> list[Found]:
    """Every rule that spoke about the file, those that hold it first; empty where it was not inspected."""
    plain = (submission.inspection or {}).get("reasons", [])
    return in_words([Reason.from_dict(reason) for reason in plain], released=set(submission.released_codes))


def in_words(reasons: list[Reason], *, released: set[str]) -> list[Found]:
    """The reasons grouped by rule, in the order of the rules: a NIK weighs more than a certificate's number."""
    order = {rule.code: place for place, rule in enumerate(gate.rules())}
    ordered = sorted(reasons, key=lambda reason: (reason.severity is not Verdict.HOLD, order[reason.code]))
    return list(_grouped(ordered, released))


def _grouped(reasons: list[Reason], released: set[str]) -> Iterator[Found]:
    lang = language()
    titles = {rule.code: rule.title[lang] for rule in gate.rules()}
    for (_, code), group in groupby(reasons, key=lambda reason: (reason.severity, reason.code)):
        members = list(group)
        sentences = [gate.sentence(reason, lang) for reason in members]
        yield Found(
            code=code,
            title=titles[code],
            holds=members[0].severity is Verdict.HOLD,
            released=code in released,
            sentences=tuple(sentence.message for sentence in sentences),
            masked=tuple(sample for reason in members for sample in reason.masked),
            next_step=sentences[0].next_step,
            citation=members[0].citation,
        )
