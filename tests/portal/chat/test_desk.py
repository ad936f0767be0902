"""The desk and the public page: roads off until an admin turns them on, texts with nothing but a ticket code."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client

from lumbung.portal.accounts.models import Person
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.chat.models import Channel, ReadyText
from tests.portal.conftest import Regency
from tests.portal.intake.conftest import secret_numbers
from tests.portal.shelves import signed_in

MakePerson = Callable[..., Person]
pytestmark = pytest.mark.django_db
TICKET = "NS2KR-2EHZ7-N"


def add(browser: Client, regency: Regency, **said: str) -> int:
    form = {"organisation": regency.agency.pk, "kind": "whatsapp", "shown": "+62 857-0000-0000", "account": "1"}
    return browser.post("/meja/obrolan/jalur", {**form, **said}).status_code


def test_a_road_is_off_until_its_secrets_are_there(regency: Regency, person: MakePerson, home: Path) -> None:
    keeper = signed_in(person("admin", regency.agency))
    assert add(keeper, regency, shown="0857") == 422
    assert add(keeper, regency, account="") == 422
    assert add(keeper, regency, kind="email", shown="bukan surel") == 422
    assert add(keeper, regency) == 302
    assert add(keeper, regency) == 409, "the same number twice"
    road = Channel.objects.get()
    assert (road.shown, road.is_on) == ("6285700000000", False)
    assert "wa.me" not in Client().get("/obrolan/").content.decode()
    turn = f"/meja/obrolan/jalur/{road.pk}"
    assert keeper.post(turn, {"on": "1"}).status_code == 422
    (home / "obrolan.toml").write_text(f'[channels."{road.pk}"]\napp_secret = "x"\n')
    assert keeper.post(turn, {"on": "1"}).status_code == 302
    page = Client().post("/obrolan/", {"kode": TICKET.lower()}).content.decode()
    assert f"https://wa.me/6285700000000?text={quote(f'Kode tiket {TICKET}')}" in page
    assert keeper.post(turn, {"on": "0"}).status_code == 302
    kinds = Event.objects.filter(kind__startswith="channel").order_by("sequence").values_list("kind", flat=True)
    assert list(kinds) == [Kind.CHANNEL_MADE, Kind.CHANNEL_ON, Kind.CHANNEL_OFF]


def test_strangers_keep_nothing(regency: Regency, person: MakePerson) -> None:
    keeper, stranger = signed_in(person("admin", regency.agency)), signed_in(person("admin", regency.village))
    add(keeper, regency)
    road = Channel.objects.get()
    assert stranger.post(f"/meja/obrolan/jalur/{road.pk}", {"on": "1"}).status_code == 403
    assert add(stranger, regency, shown="6281") == 422, "no office of theirs"
    assert str(road.pk) not in stranger.get("/meja/obrolan/").content.decode()
    assert signed_in(person("produsen", regency.agency)).get("/meja/obrolan/").status_code == 403
    assert Client().get("/meja/obrolan/").status_code == 302


def test_ready_texts_hold_a_code_and_nothing_else(regency: Regency, person: MakePerson) -> None:
    serving = signed_in(person("petugas_layanan", regency.agency))

    def write(words: str) -> int:
        form = {"organisation": regency.agency.pk, "title": "Siap diambil", "words": words}
        return serving.post("/meja/obrolan/teks", form).status_code

    assert write("Permohonan {nama} siap") == 422
    assert write(f"Untuk {secret_numbers(1)[0]}") == 422
    assert write("Permohonan {kode} siap diambil.") == 302
    page = serving.post("/meja/obrolan/", {"kode": TICKET})
    words = f"Permohonan {TICKET} siap diambil."
    assert words in page.content.decode()
    assert f"https://wa.me/?text={quote(words)}" in page.content.decode()
    assert serving.post("/meja/obrolan/", {"kode": "NS2KR-2EHZ7-M"}).status_code == 422
    one = ReadyText.objects.get()
    away = signed_in(person("petugas_layanan", regency.village))
    assert away.post(f"/meja/obrolan/teks/{one.pk}/hapus").status_code == 403
    assert serving.post(f"/meja/obrolan/teks/{one.pk}/hapus").status_code == 302
    assert not ReadyText.objects.exists()


def test_what_is_typed_by_mistake_is_not_shown_again_on_the_public_page(client: Client, db: None) -> None:
    nik = secret_numbers(1)[0]
    assert 'method="post"' in client.get("/obrolan/").content.decode(), "no number in an address"
    page = client.post("/obrolan/", {"kode": nik})
    assert page.status_code == 422
    assert f"text={nik}" not in page.content.decode()
