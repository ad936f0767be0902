"""The page of a dataset in a browser: table, chart and filter by hand and by address, on a phone and at a desk."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Walk
from tests.journeys.test_weight import TRANSFERS

pytestmark = pytest.mark.journey
Visitor = Callable[..., Walk]
AT_MOST = 150_000  # bytes, compressed, before charts and maps
PATIENCE = 60_000  # milliseconds, on a busy machine


def first_dataset(walker: Walk) -> str:
    walker.go("/")
    address = walker.page.locator("main a[href^='/dataset/']").first.get_attribute("href")
    assert address is not None
    return address


def test_the_first_page_is_light_and_the_chart_comes_when_it_is_seen(visitor: Visitor) -> None:
    walker = visitor()
    address = first_dataset(walker)
    walker.page.set_viewport_size({"width": 360, "height": 640})
    walker.context.clear_cookies()
    walker.go(address)
    walker.page.wait_for_load_state("networkidle")
    transfers = walker.page.evaluate(TRANSFERS)
    total = sum(size for _, size in transfers)
    assert not any("chart" in name for name, _ in transfers), transfers
    assert total < AT_MOST, transfers
    walker.page.locator("#bagan").scroll_into_view_if_needed()
    expect(walker.page.locator("#bagan canvas")).to_be_visible(timeout=PATIENCE)
    walker.look()


def test_sorting_and_narrowing_keep_the_address(visitor: Visitor) -> None:
    walker = visitor()
    address = first_dataset(walker)
    walker.go(address)
    page = walker.page
    head = page.locator(".data-table thead a").last
    head.click()
    expect(page.locator(".data-table th[aria-sort='ascending']")).to_have_count(1, timeout=PATIENCE)
    page.locator(".data-table thead a").last.click()
    expect(page.locator(".data-table th[aria-sort='descending']")).to_have_count(1, timeout=PATIENCE)
    assert "arah=turun" in page.url
    page.get_by_label("Cari di dalam tabel").fill("a")
    page.locator(".asking").get_by_role("button", name="Cari").click()
    expect(page.get_by_text(re.compile("Hapus semua saringan"))).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".data-table th[aria-sort='descending']")).to_have_count(1, timeout=PATIENCE)
    assert "q=a" in page.url
    walker.look()
    page.reload()
    expect(page.get_by_label("Cari di dalam tabel")).to_have_value("a", timeout=PATIENCE)


def test_a_chart_is_changed_and_its_address_shows_the_same(visitor: Visitor) -> None:
    walker = visitor(scheme="dark")
    walker.go(first_dataset(walker))
    page = walker.page
    page.locator("#bagan").scroll_into_view_if_needed()
    expect(page.locator("#bagan canvas")).to_be_visible(timeout=PATIENCE)
    page.get_by_text("Ubah bagan").click()
    page.get_by_label("Bentuk").select_option("garis")
    page.get_by_role("button", name="Gambar ulang").click()
    expect(page.locator("#bagan figure[data-chart*='garis'] canvas")).to_be_visible(timeout=PATIENCE)
    assert "bagan=garis" in page.url
    walker.look()
    without_script = page.request.get(page.url).text()
    assert "garis" in without_script.partition('data-chart="')[2].partition(">")[0]
    assert 'class="chart-table"' in without_script
    walker.page.get_by_role("button", name="English").click()
    expect(walker.page.get_by_role("heading", name="Chart")).to_be_visible(timeout=PATIENCE)
