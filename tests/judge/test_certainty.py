"""What follows from a finding: rows of evidence and the answer to each. What must not be held comes first."""

import pytest

from lumbung.detect.finding import Finding
from lumbung.document import Place
from lumbung.judge import policy
from lumbung.judge.certainty import severity
from lumbung.judge.inspection import Verdict

HOLD, REVIEW = Verdict.HOLD, Verdict.REVIEW


def answer(kind: str, hits: int, of: int, chance: float = 1.0, among_people: bool = False, **seen: float) -> Verdict:
    evidence = {key.replace("_", "-"): figure for key, figure in seen.items()}
    finding = Finding(kind=kind, place=Place(), hits=hits, of=of, chance=chance, evidence=evidence)
    return severity(finding, among_people=among_people, policy=policy())


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (answer("nik", 1, 1000, 0.02), REVIEW),  # one number that may be anything
        (answer("nik", 2, 2, 1e-9), REVIEW),  # two are no column
        (answer("nik", 40, 1000, 1e-3), REVIEW),  # as many as chance gives
        (answer("nik", 500, 500, 1e-300, other_header=1.0), REVIEW),  # asset numbers that share a region and dates
        (answer("nomor-kk", 500, 500, 1e-300, undecided=1.0), REVIEW),  # numbers with dates, and no heading says KK
        (answer("nik", 2, 100, masked=1.0), REVIEW),  # two masked cells somewhere
        (answer("nik", 3, 100, scientific=1.0), REVIEW),  # three cells with E+15 in a column of sums
        (answer("nik", 30, 30, 5e-3, series=1.0), REVIEW),  # a counter that may have come by a region and a date
        (answer("nik", 30, 30, 5e-4, series=1.0), HOLD),  # it would be a rare one
        (answer("nik", 3, 3, 1e-6), HOLD),  # three, and too unlikely by chance
        (answer("nik", 1, 1, 0.02, header=1.0), HOLD),  # one number under the heading NIK
        (answer("nik", 500, 500, 1e-300, other_header=1.0, agrees_birth_date=0.98), HOLD),  # called otherwise, but NIK
        (answer("nik", 500, 500, 1e-300, sex_mix=0.5), HOLD),  # no heading at all
        (answer("nik", 40, 40, masked=1.0), HOLD),  # a whole column of masked numbers
        (answer("nik", 1, 40, masked=1.0, header=1.0), HOLD),  # masked, and the heading says NIK
        (answer("nik", 40, 40, scientific=0.9), HOLD),
        (answer("nomor-kk", 9, 10, header=1.0), HOLD),
        (answer("nomor-kk", 9, 10, 1e-12, undecided=1.0, among_people=True), HOLD),  # beside a list of people
        (answer("phone", 10, 10), REVIEW),
        (answer("nik", 1, 1, 0.001, in_name=1.0), HOLD),  # a photo called by its number
        (answer("e-mail", 10, 10, office=0.9), REVIEW),
        (answer("phone", 10, 10, among_people=True), HOLD),
        (answer("bank-account", 9, 9, header=1.0), REVIEW),
        (answer("bank-account", 9, 9, header=1.0, beside_names=1.0), HOLD),
        (answer("nip", 9, 9, header=1.0, beside_names=1.0), REVIEW),  # a list of staff
        (answer("nip", 9, 9, header=1.0, among_people=True), HOLD),  # with their private facts
        (answer("public-role", 30, 30, named=1.0, strong=0, attributes=0, public_role=1.0), REVIEW),
        (answer("public-role", 30, 30, named=1.0, strong=3, attributes=4, public_role=1.0), HOLD),  # candidates' homes
        (answer("specific-data", 9, 9, header=1.0, beside_names=1.0, religion=1.0, public_role=1.0), REVIEW),
        (answer("specific-data", 9, 9, header=1.0, beside_names=1.0, health=1.0), HOLD),
        (answer("home-coordinates", 9, 9, header=1.0, beside_names=1.0), HOLD),
        (answer("named-in-text", 1, 900), REVIEW),  # a word that may be a name
        (answer("named-in-text", 3, 900), HOLD),
        (answer("small-cells", 9, 90), REVIEW),
        (answer("re-identifiable", 2, 900, k=1.0, unique=0.002), REVIEW),
        (answer("re-identifiable", 300, 900, k=1.0, unique=0.33), HOLD),
        (answer("iris-scan", 1, 1), HOLD),  # a kind that the policy does not know
    ],
)
def test_answers(given: Verdict, expected: Verdict) -> None:
    assert given is expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (answer("person-table", 30, 30, named=1.0, strong=1, attributes=2, public_role=1.0), REVIEW),  # candidates
        (answer("person-table", 30, 30, named=1.0, attributes=1), REVIEW),  # names and sex: members of a committee
        (answer("person-table", 30, 30, named=1.0, strong=2, attributes=2, place_names=1.0), REVIEW),  # Rumah Bpk ...
        (
            answer("person-table", 3, 3, named=0.67, strong=1, attributes=1, headerless=1.0),
            REVIEW,
        ),  # words of a debate
        (answer("person-table", 3, 3, named=1.0, strong=2, attributes=2, headerless=1.0), HOLD),  # birth date and RT
        (answer("person-table", 30, 30, named=0.1, strong=1, attributes=1), REVIEW),
        (answer("person-table", 30, 30, named=1.0, strong=1, attributes=1), HOLD),  # name and birth date
        (answer("person-table", 30, 30, named=0.6, attributes=3), HOLD),  # name, sex, religion, occupation
        (answer("person-table", 30, 30, named=0.0, strong=2, attributes=2), HOLD),  # birth date and RT, no name
        (answer("person-table", 30, 30, named=1.0, strong=3, attributes=4, public_role=1.0), HOLD),  # staff, privately
        (answer("person-table", 1, 1, named=1.0, strong=2, attributes=3, key_value=1.0), HOLD),  # one person's form
    ],
)
def test_people(given: Verdict, expected: Verdict) -> None:
    assert given is expected
