"""Reminders by e-mail: to everybody on duty, at the right hours, once, without a word of the data; a real server."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from lumbung.portal.accounts.permissions import Conflicting, Refused
from lumbung.portal.audit.models import Event
from lumbung.portal.incidents.duties import call_to_mind, finish
from lumbung.portal.incidents.jobs import keep_incidents
from lumbung.portal.incidents.models import Duty, Incident, Task
from lumbung.portal.publication.actions import quarantine
from tests.portal.shelves import Desk, actor, signed_in

pytestmark = pytest.mark.django_db


class Letterbox:
    """Keeps what comes in."""

    def __init__(self) -> None:
        self.came: list[Any] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.came.append(envelope)
        return "250 OK"


@pytest.fixture
def post(settings: Any) -> Iterator[Letterbox]:
    box = Letterbox()
    server = Controller(box, hostname="127.0.0.1", server_hostname="kotak-surat")
    with socket.create_server(("127.0.0.1", 0)) as door:  # only asked for a number that is free
        server.port = door.getsockname()[1]
    server.start()
    settings.LUMBUNG_HOME.joinpath("insiden.toml").write_text(
        f'[surel]\nserver = "127.0.0.1"\nport = {server.port}\nfrom = "lumbung@contoh.test"\n'
    )
    yield box
    server.stop()


@pytest.fixture
def incident(desk: Desk) -> Incident:
    dataset = desk.publish()
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Tampak NIK.")
    keep_incidents()
    return Incident.objects.get()


def left(hours: float) -> None:
    Task.objects.exclude(duty=Duty.CAUSE).update(due_at=timezone.now() + timedelta(hours=hours), tried_at=None)


def test_everybody_on_duty_is_reminded_once_an_hour_that_counts(
    desk: Desk, incident: Incident, post: Letterbox
) -> None:
    left(30)
    assert call_to_mind() == 0
    for hours in (23, 5, -1):
        left(hours)
        assert [call_to_mind(), call_to_mind()] == [1, 0], hours
    assert len(post.came) == 3
    assert set(post.came[0].rcpt_tos) == {
        one.email for one in (desk.duty, desk.walidata, desk.ppdp, desk.admin, desk.colleague)
    }
    body = post.came[0].content.decode()
    assert incident.dataset.title not in body and f"/meja/insiden/{incident.pk}" in body.replace("=\n", "")
    assert Event.objects.filter(kind="reminded").count() == 3


def test_what_is_done_or_over_reminds_nobody(desk: Desk, incident: Incident, post: Letterbox) -> None:
    left(5)
    for task in Task.objects.all():
        finish(task, person=desk.duty, by=actor(desk.duty), words="Sudah.")
    assert (call_to_mind(), post.came) == (0, [])
    Task.objects.update(done_at=None)
    Incident.objects.update(ended_at=timezone.now())
    assert (call_to_mind(), post.came) == (0, [])


def test_a_server_that_is_down_holds_nothing_up_and_is_asked_again_later(incident: Incident, settings: Any) -> None:
    settings.LUMBUNG_HOME.joinpath("insiden.toml").write_text(
        '[surel]\nserver = "127.0.0.1"\nport = 9\nfrom = "lumbung@contoh.test"\n'
    )
    left(5)
    assert [call_to_mind(), call_to_mind()] == [0, 0]
    assert set(Task.objects.exclude(duty=Duty.CAUSE).values_list("reminders", flat=True)) == {0}
    assert not Event.objects.filter(kind="reminded").exists()


def test_without_an_office_file_nobody_is_reminded_and_the_page_says_so(desk: Desk, incident: Incident) -> None:
    left(-1)
    assert call_to_mind() == 0
    assert "insiden.toml" in signed_in(desk.duty).get(f"/meja/insiden/{incident.pk}").content.decode()


@pytest.mark.parametrize(
    "written",
    [
        b'instansi = "tanpa penutup',
        b"\xff\xfe",
        b"surel = 3\ninstansi = 7\n",
        b'[surel]\nserver = 1\nfrom = "a"\n',
        b'[surel]\nserver = "127.0.0.1"\nport = 9\nfrom = "a\\nb@contoh.test"\n',
        b'[surel]\nserver = "127.0.0.1"\nport = [9]\nfrom = "a@contoh.test"\n',
    ],
)
def test_an_office_file_with_a_mistake_stops_nothing(
    desk: Desk, incident: Incident, settings: Any, written: bytes
) -> None:
    settings.LUMBUNG_HOME.joinpath("insiden.toml").write_bytes(written)
    left(-1)
    assert call_to_mind() == 0
    assert signed_in(desk.duty).get(f"/meja/insiden/{incident.pk}").status_code == 200


def test_a_duty_is_ticked_off_on_the_page_with_words_and_once(desk: Desk, incident: Incident) -> None:
    task = Task.objects.get(duty=Duty.SEARCH_ENGINES)
    client, address = signed_in(desk.duty), f"/meja/insiden/{incident.pk}/tugas/{task.pk}"
    assert client.post(address, {"words": ""}).status_code == 422
    assert client.post(address, {"words": "3308 1201 0190 9000"}).status_code == 422
    assert client.post(address, {"words": "Google dan Bing dihubungi."}).status_code == 302
    assert client.post(address, {"words": "Sekali lagi."}).status_code == 409
    assert "Google dan Bing dihubungi." in client.get(f"/meja/insiden/{incident.pk}").content.decode()
    assert signed_in(desk.stranger).post(address, {"words": "x"}).status_code == 404
    with pytest.raises(Conflicting):
        finish(task, person=desk.duty, by=actor(desk.duty), words="Sudah.")
    with pytest.raises(Refused):
        finish(Task.objects.get(duty=Duty.CAUSE), person=desk.stranger, by=actor(desk.stranger), words="Sudah.")
