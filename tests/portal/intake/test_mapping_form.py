"""Columns of an unknown register: asked about by letter, guessed, confirmed by the person; never headed by a name."""

import pytest
from django.test import Client
from django.utils import timezone

from lumbung.portal.intake.columns import UNUSED
from lumbung.portal.intake.models import Counting, Submission
from lumbung.portal.intake.states import CountingState
from tests.portal.counted import DAY, KODE, register, with_kode
from tests.portal.shelves import Desk, desk, signed_in

__all__ = ["desk"]
pytestmark = pytest.mark.django_db
COLUMNS = [
    {"letter": "F", "heading": "Keyakinan", "field": "agama"},
    {"letter": "G", "heading": "", "field": "pendidikan"},
    {"letter": "K", "heading": "Kolom Catatan", "field": ""},
]


@pytest.fixture
def asked(desk: Desk) -> Submission:
    """A held register whose columns nobody could name."""
    with_kode(desk.village)
    held = desk.send(register(), name="penduduk.xlsx", title="Data")
    now = timezone.now()
    Counting.objects.create(
        submission=held, organisation=desk.village, village=KODE, reference_date=DAY, asked_by=desk.producer,
        asked_at=now, state_since=now, heartbeat=now, state=CountingState.STOPPED, code="needs-confirmation",
        proposal={"columns": COLUMNS},
    )  # fmt: skip
    return held


def form(desk: Desk, held: Submission) -> tuple[Client, str]:
    browser = signed_in(desk.producer)
    return browser, browser.get(f"{held.get_absolute_url()}/statistik").content.decode()


def test_the_page_asks_about_each_column_with_the_guess_filled_in(desk: Desk, asked: Submission) -> None:
    _, page = form(desk, asked)
    assert "Cocokkan kolomnya" in page and "belum kami kenal" in page
    assert "Kolom F “Keyakinan”" in page and "Kolom K “Kolom Catatan”" in page
    assert "Kolom G (judulnya tidak kami tampilkan)" in page and "Kolom G “" not in page
    for letter, field in (("F", "agama"), ("G", "pendidikan"), ("K", "")):
        chosen = page.split(f'name="kolom-{letter}"')[1].split("</select>")[0]
        assert f'value="{field}" selected' in chosen, letter


def test_what_the_person_says_is_what_is_counted(desk: Desk, asked: Submission) -> None:
    browser, _ = form(desk, asked)
    said = {"kolom-F": "agama", "kolom-G": "pekerjaan", "kolom-K": ""}
    given = {"village": desk.village.pk, "reference_date": DAY.isoformat(), **said}
    assert browser.post(f"{asked.get_absolute_url()}/statistik", given).status_code == 302
    newest = Counting.objects.order_by("-pk").first()
    assert newest is not None
    assert (newest.state, newest.mapping) == (CountingState.WAITING, {"F": "agama", "G": "pekerjaan", "K": UNUSED})


def test_a_field_that_nobody_knows_is_not_taken(desk: Desk, asked: Submission) -> None:
    browser, _ = form(desk, asked)
    given = {"village": desk.village.pk, "reference_date": DAY.isoformat(), "kolom-F": "nama_ibu"}
    answer = browser.post(f"{asked.get_absolute_url()}/statistik", given)
    assert answer.status_code == 422
    assert Counting.objects.count() == 1
