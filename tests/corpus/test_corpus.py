"""A representative part of the corpus, with every test run: whole registers, some damages, every family."""

from itertools import chain
from pathlib import Path

import pytest

from lumbung.detect import RECOGNISERS
from lumbung.gate import Verdict
from tests.corpus import attacks, hiding, kinds, negatives, registers
from tests.corpus.case import Case, Outcome
from tests.corpus.score import ask, ask_all

SHOWN = {"bip-ektp", "opensid-ekspor", "dpt"}
WHOLE = list(registers.whole())
DAMAGED = [case for case in chain(registers.damaged(), registers.spelt()) if case.subject in SHOWN]
ATTACKS = list(attacks.attacks())
PLACES = list(hiding.hidden_places())
LOOKALIKES = list(negatives.lookalikes())
MOST_REVIEWED = 0.03


def name_of(case: Case) -> str:
    return case.name


@pytest.mark.parametrize("case", WHOLE, ids=name_of)
def test_a_whole_register_is_held_for_every_reason_in_its_place(case: Case, tmp_path: Path) -> None:
    outcome = ask(case, tmp_path)
    assert outcome.held
    assert not outcome.missed


@pytest.mark.parametrize("case", DAMAGED, ids=name_of)
def test_a_damaged_register_is_held_for_a_right_reason(case: Case, tmp_path: Path) -> None:
    outcome = ask(case, tmp_path)
    assert outcome.right, (outcome.verdict, outcome.codes)


@pytest.mark.parametrize("case", ATTACKS, ids=name_of)
def test_a_register_on_which_somebody_worked_is_held_for_a_right_reason(case: Case, tmp_path: Path) -> None:
    outcome = ask(case, tmp_path)
    assert outcome.right, (outcome.verdict, outcome.codes)


@pytest.mark.parametrize("case", [case for case in kinds.kinds() if case.format == "csv"], ids=name_of)
def test_every_kind_is_named_by_itself(case: Case, tmp_path: Path) -> None:
    outcome = ask(case, tmp_path)
    assert outcome.held and not outcome.missed


def test_no_kind_is_without_a_table() -> None:
    assert set(kinds.TABLES) == {recogniser.KIND for recogniser in RECOGNISERS}


@pytest.mark.parametrize("case", PLACES, ids=name_of)
def test_identifiers_outside_the_cells_are_found(case: Case, tmp_path: Path) -> None:
    assert ask(case, tmp_path).held


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return list(ask_all(LOOKALIKES))


def test_no_table_without_residents_is_held_and_few_need_a_person(outcomes: list[Outcome]) -> None:
    silent = [one for one in outcomes if one.case.subject not in negatives.LAWFUL]
    assert [(one.case.name, one.codes) for one in outcomes if one.held] == []
    review = [one.case.name for one in silent if one.verdict is Verdict.REVIEW]
    assert len(review) <= MOST_REVIEWED * len(silent), review


def test_lawful_names_are_looked_at_by_a_person(outcomes: list[Outcome]) -> None:
    lawful = [one for one in outcomes if one.case.subject == "officials"]
    assert lawful and all(one.verdict is Verdict.REVIEW for one in lawful)


def test_the_corpus_is_as_large_as_it_says() -> None:
    assert len([case for case in LOOKALIKES if case.subject not in negatives.LAWFUL]) >= 200
    assert len({case.subject for case in WHOLE}) == 24
