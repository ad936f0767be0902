"""Findings into a Verdict. The rules cite the law; every threshold stands in policy.toml."""

from lumbung.judge.answer import checked, held, inspected
from lumbung.judge.inspection import Inspection, Reason, Verdict
from lumbung.judge.policy import Policy, policy
from lumbung.judge.rule import Rule
from lumbung.judge.rules import RULES, version
from lumbung.judge.sentence import Sentence, sentence
from lumbung.judge.verdict import judge

__all__ = [
    "RULES", "Inspection", "Policy", "Reason", "Rule", "Sentence", "Verdict",
    "checked", "held", "inspected", "judge", "policy", "sentence", "version",
]  # fmt: skip
