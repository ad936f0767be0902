"""Every rule can be explained, in both languages, by its code."""

import pytest

from lumbung.gate import mending, rules
from tests.cli.test_check import lumbung


def test_every_rule_says_how_to_mend_a_file() -> None:
    for rule in rules():
        assert len(mending(rule.code, "id")) == len(mending(rule.code, "en")) >= 2


@pytest.mark.parametrize("code", ["nik", "small-cells", "not-fully-read"])
def test_a_rule_in_full(code: str) -> None:
    (rule,) = (rule for rule in rules() if rule.code == code)
    run = lumbung("explain", code)
    assert run.returncode == 0
    flat = " ".join(run.stdout.split())
    assert rule.title["id"] in flat and "Dasar hukum" in flat and "1. " in flat and "{" not in flat
    assert rule.title["en"] in " ".join(lumbung("explain", code.upper(), "--lang", "en").stdout.split())


def test_without_a_code_all_rules_are_listed() -> None:
    listed = lumbung("explain").stdout
    assert all(rule.code in listed for rule in rules())


def test_an_unknown_code_is_exit_2_and_says_what_was_meant() -> None:
    run = lumbung("explain", "nomor_kk")
    assert (run.returncode, run.stdout) == (2, "") and "nomor-kk" in run.stderr
    assert "lumbung explain" in lumbung("explain", "zzz").stderr
    assert "passport" in lumbung("explain", "paspor").stderr, "asked by a word of its title"
