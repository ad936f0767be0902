"""What a reason says to people: what was found, where, why the law minds, what to do next."""

from dataclasses import dataclass

from lumbung.judge.inspection import Reason
from lumbung.judge.rules import rule_for
from lumbung.judge.where import where


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A reason in words, of one language."""

    message: str
    next_step: str
    citation: str


def sentence(reason: Reason, lang: str = "id") -> Sentence:
    """The reason in Indonesian ("id") or English ("en"). Raise KeyError for another language or an unknown code."""
    rule = rule_for(reason.code)
    message = rule.messages[lang].format(
        where=where(reason.place, lang=lang), hits=_figure(reason.hits, lang), of=_figure(reason.of, lang)
    )
    ways = next((rule.ways[why] for why in reason.evidence if why in rule.ways), rule.next_steps)
    return Sentence(message=message, next_step=ways[lang], citation=reason.citation)


def _figure(number: int, lang: str) -> str:
    grouped = f"{number:,}"
    return grouped.replace(",", ".") if lang == "id" else grouped
