"""Producer and walidata talk about a file; nobody else reads it, and the record keeps no word of it."""

import pytest
from django.test import Client

from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.review.models import Comment
from tests.portal.shelves import Desk, signed_in

pytestmark = pytest.mark.django_db


def test_both_read_and_answer(desk: Desk) -> None:
    submission = desk.send()
    address = f"/meja/percakapan/{submission.pk}"
    producer, walidata = signed_in(desk.producer), signed_in(desk.walidata)
    assert walidata.post(address, {"words": "Kolom C itu satuannya apa?"}).status_code == 302
    assert producer.post(address, {"words": "Jiwa."}).status_code == 302
    for client in (producer, walidata):
        page = client.get(address).content.decode()
        assert "Kolom C itu satuannya apa?" in page
        assert "Jiwa." in page
    assert "Jiwa." in walidata.get(f"/meja/tinjau/{submission.pk}").content.decode()
    assert address in producer.get(f"/meja/kiriman/{submission.pk}").content.decode()
    lines = Event.objects.filter(kind=Kind.COMMENTED)
    assert [line.subject for line in lines] == [submission.subject.key] * 2
    assert "satuannya" not in str(list(lines.values()))


@pytest.mark.parametrize("who", ["stranger", "duty", "admin", "ppdp"])
def test_not_for_others(desk: Desk, who: str) -> None:
    address = f"/meja/percakapan/{desk.send().pk}"
    client = signed_in(getattr(desk, who))
    assert client.get(address).status_code == client.post(address, {"words": "Halo"}).status_code == 404


def test_the_public_is_asked_to_sign_in(desk: Desk, client: Client) -> None:
    assert client.get(f"/meja/percakapan/{desk.send().pk}").headers["Location"].startswith("/masuk")


@pytest.mark.parametrize("words", ["", "   ", "9901014107909001", "a" * 1001])
def test_refuses_what_names_somebody_or_says_nothing(desk: Desk, words: str) -> None:
    address = f"/meja/percakapan/{desk.send().pk}"
    assert signed_in(desk.walidata).post(address, {"words": words}).status_code == 422
    assert not Comment.objects.exists()


def test_markup_is_text(desk: Desk) -> None:
    address = f"/meja/percakapan/{desk.send().pk}"
    client = signed_in(desk.walidata)
    client.post(address, {"words": "<script>alert(1)</script>"})
    assert "<script>alert" not in client.get(address).content.decode()
