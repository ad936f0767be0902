"""What a village phone pays for the first page: bytes over the wire, from an empty cache."""

from collections.abc import Callable

import pytest

from tests.journeys.browser import Walk

pytestmark = pytest.mark.journey
AT_MOST = 150_000  # bytes, compressed, before charts and maps
TRANSFERS = """
[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .map((entry) => [entry.name, entry.transferSize])
"""


def test_the_first_page_is_light(visitor: Callable[..., Walk]) -> None:
    walker = visitor()
    walker.go("/")
    walker.page.wait_for_load_state("networkidle")
    transfers = walker.page.evaluate(TRANSFERS)
    total = sum(size for _, size in transfers)
    print(f"first page: {total} bytes in {len(transfers)} answers")
    assert any(".woff2" in name for name, _ in transfers), "the font was not counted"
    assert total < AT_MOST, transfers
