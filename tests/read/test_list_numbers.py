"""Lists that write digits of their own. What is an ordinary list stands first."""

import pytest

from lumbung.read.list_numbers import writes_digits


@pytest.mark.parametrize(
    ("name", "attributes"),
    [
        ("lvlText", {"val": "%1."}),
        ("lvlText", {"val": "Pasal 1.%1.%2"}),
        ("start", {"val": "1"}),
        ("start", {"val": "single"}),
        ("buAutoNum", {"type": "arabicPeriod"}),
        ("buAutoNum", {"startAt": "12"}),
        ("buChar", {"char": "\u2022"}),
        ("list-level-style-number", {"num-suffix": ".", "start-value": "1"}),
        ("p", {"val": "330820", "start-value": "330820"}),
    ],
)
def test_an_ordinary_list(name: str, attributes: dict[str, str]) -> None:
    assert not writes_digits(name, attributes)


@pytest.mark.parametrize(
    ("name", "attributes"),
    [
        ("lvlText", {"val": "330820%1"}),
        ("start", {"val": "3308"}),
        ("startOverride", {"val": "330820"}),
        ("buAutoNum", {"startAt": "3308"}),
        ("buChar", {"char": "330"}),
        ("list-level-style-number", {"num-prefix": "330820"}),
        ("list-level-style-number", {"start-value": "3308"}),
        ("list-item", {"start-value": "330820"}),
    ],
)
def test_half_a_number_as_a_label(name: str, attributes: dict[str, str]) -> None:
    assert writes_digits(name, attributes)
