"""docs/rules.md, printed from the rules themselves, so that it cannot go stale."""

from lumbung.judge.rule import Rule
from lumbung.judge.rules import RULES

_APPEAL = {"none": "nobody: the file has to change", "ppdp": "the data protection officer (PPDP), on a legal basis"}
_HEAD = """# The rules of the gate

Printed from `judge/rules.py` by `make fix`. Thresholds stand in `judge/policy.toml`, with a reason beside each.
A file is *open* when nothing was found and everything was read; *review* means that a person looks first; *hold*
means that it stays here. All reasons are given, not only the first.

| code | in Indonesian | law | since | who may decide otherwise |
| --- | --- | --- | --- | --- |
"""


def rules_page() -> str:
    """The page as Markdown: a table of all rules, then what each says in both languages."""
    return _HEAD + "".join(_row(rule) for rule in RULES) + "".join(_section(rule) for rule in RULES)


def _row(rule: Rule) -> str:
    cells = (f"`{rule.code}`", rule.title["id"], rule.citation, rule.since.isoformat(), _APPEAL[rule.appeal])
    return f"| {' | '.join(cells)} |\n"


def _section(rule: Rule) -> str:
    lines = [f"\n## `{rule.code}`: {rule.title['en']}\n"]
    for lang, name in (("id", "Indonesian"), ("en", "English")):
        ways = "".join(f"*{way[lang]}*\n\n" for way in rule.ways.values())
        lines.append(f"{name}: {rule.messages[lang]}\n\n*{rule.next_steps[lang]}*\n\n{ways}".rstrip("\n") + "\n")
    return "\n".join(lines)
