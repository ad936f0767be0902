"""The policy file: complete, strict, and never a way to let a finding go."""

import copy
import tomllib
from dataclasses import fields
from typing import Any

import pytest

from lumbung.judge.policy import PATH, policy, policy_from
from lumbung.read import Limits


@pytest.fixture
def plain() -> dict[str, Any]:
    return copy.deepcopy(tomllib.loads(PATH.read_text(encoding="utf-8")))


def test_the_file_is_the_policy(plain: dict[str, Any]) -> None:
    assert policy_from(plain) == policy()


def test_a_finding_cannot_be_let_go(plain: dict[str, Any]) -> None:
    plain["answers"]["phone"]["doubtful"] = "open"
    with pytest.raises(ValueError):
        policy_from(plain)


def test_a_missing_threshold_is_an_error(plain: dict[str, Any]) -> None:
    del plain["certainty"]["chance"]
    with pytest.raises(TypeError):
        policy_from(plain)


@pytest.mark.parametrize("part", ["people", "reading"])
def test_an_unknown_threshold_is_an_error(part: str, plain: dict[str, Any]) -> None:
    plain[part]["friendly"] = 1
    with pytest.raises(TypeError):
        policy_from(plain)


@pytest.mark.parametrize("limit", [field.name for field in fields(Limits)])
def test_every_limit_of_the_readers_is_in_the_file(limit: str, plain: dict[str, Any]) -> None:
    assert getattr(policy().reading, limit) == getattr(Limits(), limit)  # so that their own tests speak of the gate's
    del plain["reading"][limit]
    with pytest.raises(KeyError):
        policy_from(plain)


def test_every_kind_that_is_recognised_has_an_answer_and_a_rule() -> None:
    from lumbung.detect import RECOGNISERS
    from lumbung.judge.rules import rule_for

    kinds = {recogniser.KIND for recogniser in RECOGNISERS}
    assert kinds <= set(policy().answers)
    assert all(rule_for(kind) for kind in kinds)
