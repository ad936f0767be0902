"""docs/kinds.md, printed from the recognisers and the policy, so that it cannot go stale."""

from types import ModuleType

from lumbung.detect import RECOGNISERS
from lumbung.judge.policy import Policy, policy
from lumbung.judge.rules import rule_for

_HEAD = """# What the gate recognises

Printed from `detect/` and `judge/policy.toml` by `make fix`. One file in `detect/` for each kind. *Certain*,
*doubtful* and *among people* (in a table that has one row for each person) are the answers of the policy;
`docs/rules.md` has the law and what is said to people.

| kind | what | certain | doubtful | among people |
| --- | --- | --- | --- | --- |
"""


def kinds_page() -> str:
    """The page as Markdown: a table of all kinds, then the description and source of each."""
    rows = "".join(_row(recogniser.KIND, policy()) for recogniser in RECOGNISERS)
    return _HEAD + rows + "".join(_section(recogniser) for recogniser in RECOGNISERS)


def _row(kind: str, rules: Policy) -> str:
    answer = rules.answers[kind]
    cells = (f"`{kind}`", rule_for(kind).title["en"], answer.certain, answer.doubtful, answer.among_people)
    return f"| {' | '.join(cells)} |\n"


def _section(recogniser: ModuleType) -> str:
    return f"\n## `{recogniser.KIND}`\n\n{(recogniser.__doc__ or '').strip()}\n"
