"""Spoiled registers in the portal: held first, counted with a report by row, or refused; never a value on the page."""

from pathlib import Path

import pytest

from lumbung.invent import people
from lumbung.portal.intake.states import CountingState
from tests.invented_mischief import SPOILED, spoiled
from tests.portal.counted import count, families
from tests.portal.shelves import Desk, desk, signed_in

__all__ = ["desk"]
pytestmark = pytest.mark.django_db(transaction=True)  # signs of life and stages come from other threads


@pytest.mark.parametrize("what", list(SPOILED))
def test_a_spoiled_register_is_told_by_count_and_row(what: str, desk: Desk, tmp_path: Path) -> None:
    _, code, note = SPOILED[what]
    one = count(desk, spoiled(what, families(), tmp_path).read_bytes())
    assert one.code == code
    assert one.state == (CountingState.STOPPED if code else CountingState.DONE)
    assert not note or note in {said["code"] for said in one.report["notes"]}
    browser = signed_in(desk.producer)
    page = browser.get(one.submission.get_absolute_url()).content.decode()
    page += browser.get(one.result.get_absolute_url()).content.decode() if one.result else ""
    secrets = {value for home, person in people(families()) for value in (person.nik, home.kk, person.mother)}
    assert not [value for value in secrets if len(value) > 8 and value in page + str(one.report)]
