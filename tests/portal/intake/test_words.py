"""What may be written about a file, and how much of it."""

import pytest

from lumbung.portal.intake.forms import DescriptionForm
from tests.portal.shelves import DESCRIPTION


@pytest.mark.parametrize(("length", "fits"), [(5000, True), (5001, False)])
def test_a_description_is_no_book(length: int, fits: bool) -> None:
    form = DescriptionForm({**DESCRIPTION, "description": "x" * length})
    assert form.is_valid() is fits


def test_nobody_needs_a_description_at_once(db: None) -> None:
    assert DescriptionForm({**DESCRIPTION, "description": ""}).is_valid()
