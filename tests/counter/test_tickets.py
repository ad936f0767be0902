"""Tickets: a wrong letter or two exchanged ones never pass, and everything a person may type is read."""

import doctest

import pytest

from lumbung.counter import tickets
from lumbung.counter.tickets import LETTERS, read_ticket, ticket_of, verifier_of
from tests.counter.envelopes import CHANCE

NUMBER = "000102030405060708090a0b0c0d0e0f"


def test_the_examples() -> None:
    assert doctest.testmod(tickets).failed == 0
    assert verifier_of(NUMBER) == "fc556e99c26d7d5ad8f9676fd4f5acfaca43f3be95af5955ca81cb5143cc74ff"


def test_no_wrong_letter_passes() -> None:
    for _ in range(40):
        ticket = ticket_of(f"{CHANCE.getrandbits(128):032x}")
        letters = ticket.replace("-", "")
        assert read_ticket(ticket) == ticket
        for at in range(len(letters)):
            for wrong in set(LETTERS) - {letters[at]}:
                assert read_ticket(letters[:at] + wrong + letters[at + 1 :]) is None
            for other in range(at):
                swapped = list(letters)
                swapped[at], swapped[other] = swapped[other], swapped[at]
                assert letters[at] == letters[other] or read_ticket("".join(swapped)) is None


@pytest.mark.parametrize(
    "typed", ["ns2kr2ehz7n", "NS2KR 2EHZ7 N", " ns2kr-2ehz7-n\n", "NS2KR–2EHZ7–N".replace("–", "-")]
)
def test_what_people_type(typed: str) -> None:
    assert read_ticket(typed) == ticket_of(NUMBER)


@pytest.mark.parametrize(
    "typed", ["", "-", "NS2KR-2EHZ7", "NS2KR-2EHZ7-NN", "NS2KR-2EHZU-N", "٣" * 11, "0" * 5000, "\0"]
)
def test_what_is_no_ticket(typed: str) -> None:
    assert read_ticket(typed) is None


@pytest.mark.parametrize("said", ["", "0" * 31, "0" * 33, "A" * 32, "٣" * 32, "0" * 31 + "\n", NUMBER + "\n"])
def test_what_is_no_number(said: str) -> None:
    for asked in (ticket_of, verifier_of):
        with pytest.raises(ValueError, match="not a"):
            asked(said)
