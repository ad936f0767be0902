"""Findings into a Verdict. The rules cite the law; every threshold stands in policy.toml."""

from lumbung.judge.answer import checked, held, inspected
from lumbung.judge.inspection import Inspection, Reason, Verdict, covered
from lumbung.judge.labels import scrub
from lumbung.judge.mending import mending
from lumbung.judge.policy import Policy, policy
from lumbung.judge.reopened import NotTheInspectedFile, contents, countable
from lumbung.judge.rule import Rule
from lumbung.judge.rules import RULES, rule_for
from lumbung.judge.sentence import Sentence, sentence
from lumbung.judge.verdict import judge
from lumbung.judge.version import version
from lumbung.judge.where import where

__all__ = [
    "RULES", "Inspection", "NotTheInspectedFile", "Policy", "Reason", "Rule", "Sentence", "Verdict",
    "checked", "contents", "countable", "covered", "held", "inspected", "judge", "mending", "policy", "rule_for",
    "scrub", "sentence", "version", "where",
]  # fmt: skip
