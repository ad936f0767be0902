"""A policy that would count somebody twice, or not at all, is not loaded."""

from pathlib import Path

import pytest

from lumbung.aggregate.plan import plans
from lumbung.aggregate.policy import PATH, Policy, load


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("school = [[7, 13]", "school = [[6, 13]"),  # 6 is no cut
        ('weights = "log"', 'weights = "none"'),
        ('groups = [["wni"], ["wna"]]', 'groups = [["wni"]]'),
    ],
)
def test_refuses(tmp_path: Path, before: str, after: str) -> None:
    text = PATH.read_text(encoding="utf-8")
    assert before in text
    (tmp_path / "policy.toml").write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(ValueError, match=r"band|weights|category"):
        load(tmp_path / "policy.toml")


def test_every_code_has_one_category(policy: Policy) -> None:
    codes = {"occupation": 89, "religion": 7, "education": 10, "marital": 4, "blood": 13, "citizenship": 3}
    for table in policy.tables:
        listed = sorted(code for group in table.categories.values() for code in group)
        assert listed == list(range(1, codes[table.column] + 1))


def test_steps_only_join_what_was_apart(policy: Policy) -> None:
    for plan in plans(policy):
        for finer, coarser in zip(plan.ways, plan.ways[1:], strict=False):
            for _, names in finer.groups:
                assert any(names <= joined for _, joined in coarser.groups) or plan.name == "dusun"
