"""The printed pages say what the code says."""

import pytest

from tests.house.generate import PAGES, ROOT


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_fresh(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == PAGES[name](), f"docs/{name} is stale: make fix"
