"""The reviewer's pages: who sees them, what they show, and what a hostile table does to them."""

import pytest
from django.test import Client

from lumbung.portal.intake.models import Submission
from lumbung.portal.review.models import Decision
from lumbung.portal.review.queries import as_seen
from tests.portal.shelves import Desk, signed_in

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
HOSTILE = f"kecamatan,{SCRIPT}\n{SCRIPT},1\n=cmd|'/C calc'!A0,2\nSalam,3\n".encode()


def address(submission: Submission) -> str:
    return f"/meja/tinjau/{submission.pk}"


def test_the_way_from_queue_to_shelf(desk: Desk) -> None:
    submission, client = desk.send(), signed_in(desk.walidata)
    assert submission.title in client.get("/meja/tinjau/").content.decode()
    page = client.get(address(submission)).content.decode()
    assert as_seen(submission) in page
    form = {"answer": "approve", "because": "Sudah lengkap.", "seen": as_seen(submission)}
    page = client.post(address(submission), form, follow=True).content.decode()
    assert f"/meja/data/terbitkan/{submission.pk}" in page
    shelved = client.post(f"/meja/data/terbitkan/{submission.pk}", follow=True)
    assert shelved.redirect_chain[-1][0] == "/dataset/jumlah-penduduk-menurut-kecamatan"
    assert "Sukatani" in Client().get(shelved.redirect_chain[-1][0]).content.decode()


@pytest.mark.parametrize("who", ["stranger", "producer", "duty", "admin", "ppdp"])
def test_a_stranger_gets_the_404_of_what_does_not_exist(desk: Desk, who: str) -> None:
    client, submission = signed_in(getattr(desk, who)), desk.send()
    for path in (address(submission), f"{address(submission)}/pratinjau"):
        assert client.get(path).status_code == 404
    assert client.post(f"/meja/data/terbitkan/{submission.pk}").status_code == 404


def test_the_public_is_asked_to_sign_in(desk: Desk, client: Client) -> None:
    submission = desk.send()
    for path in ("/meja/tinjau/", address(submission), f"{address(submission)}/pratinjau", "/meja/data/"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/masuk")


def test_one_s_own_file_may_be_looked_at_and_not_decided(desk: Desk, person: object) -> None:
    submission = desk.send()
    Submission.objects.filter(pk=submission.pk).update(submitted_by=desk.walidata)
    page = signed_in(desk.walidata).get(address(submission)).content.decode()
    assert "kiriman Anda sendiri" in page
    assert 'name="because"' not in page


def test_the_preview_shows_the_rebuilt_table_and_is_kept_nowhere(desk: Desk) -> None:
    answer = signed_in(desk.walidata).get(f"{address(desk.send())}/pratinjau")
    page = answer.content.decode()
    assert "jumlah penduduk" in page
    assert "12.450" in page
    assert "no-store" in answer.headers["Cache-Control"]


def test_markup_in_cells_and_titles_is_text(desk: Desk) -> None:
    submission, client = desk.send(HOSTILE, title=SCRIPT, source=SCRIPT), signed_in(desk.walidata)
    for path in (address(submission), f"{address(submission)}/pratinjau", "/meja/tinjau/"):
        page = client.get(path).content.decode()
        assert SCRIPT not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize("form", [{}, {"answer": "approve"}, {"answer": "ya", "because": "x", "seen": "x"}])
def test_a_broken_form_decides_nothing(desk: Desk, form: dict[str, str]) -> None:
    submission = desk.send()
    assert signed_in(desk.walidata).post(address(submission), form).status_code == 422
    assert not Decision.objects.exists()


def test_a_stale_page_gets_a_kind_sentence(desk: Desk) -> None:
    submission = desk.send()
    form = {"answer": "approve", "because": "Baik.", "seen": "lama"}
    answer = signed_in(desk.walidata).post(address(submission), form)
    assert answer.status_code == 409
    assert "berubah sejak halaman Anda dibuka" in answer.content.decode()
