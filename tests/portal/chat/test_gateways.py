"""What comes by WhatsApp, SMS and e-mail is answered once, and nothing of it stays: against local stand-ins."""

import hashlib
import hmac
import json
import logging
import socket
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiosmtpd.controller import Controller
from django.http import HttpResponse
from django.test import Client

from lumbung.portal.accounts.models import Person
from lumbung.portal.audit.models import Event
from lumbung.portal.chat import answering, jobs
from lumbung.portal.chat.models import Channel, Heard, Outcome, Tally
from tests.portal.chat.standins import TOKEN, Box, Calls, http_gateway, imap_server
from tests.portal.conftest import Regency
from tests.portal.intake.conftest import secret_numbers
from tests.portal.intake.test_secret import everything_in_the_database

SECRET, VERIFY, ACCOUNT, SENDER = "rahasia-aplikasi", "kata-jabat-tangan", "10650001", "6281290009022"
NIK, KK = secret_numbers(2)
PLANTED = (NIK, KK, "Wulandari Kacapiring", SENDER, "wamid.HBgM")
REAL = f"#KTP#{NIK}#{KK}#Wulandari Kacapiring#Madusari#Secang#Hilang"
MakePerson = Callable[..., Person]


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A loaded machine takes its time for the gate: what is answered here must not hang on it."""
    monkeypatch.setattr(answering, "LONGEST", 3_600.0)


@pytest.fixture
def graph() -> Iterator[Calls]:
    with http_gateway() as calls:
        yield calls


@pytest.fixture
def channel(regency: Regency, person: MakePerson) -> Callable[..., Channel]:
    def make(kind: str, *, shown: str = "6285700000000", account: str = ACCOUNT) -> Channel:
        owner = {"organisation": regency.agency, "made_by": person("admin", regency.agency)}
        return Channel.objects.create(kind=kind, shown=shown, account=account, is_on=True, **owner)

    return make


def configure(home: Path, channel: Channel, *, origins: list[str], **texts: str) -> None:
    """As the machine's keeper writes it."""
    lines = [f"origins = {json.dumps(origins)}", f'[channels."{channel.pk}"]']
    (home / "obrolan.toml").write_text(
        "\n".join([*lines, *(f"{key} = {json.dumps(text)}" for key, text in texts.items())])
    )


def notification(*messages: dict[str, Any], account: str = ACCOUNT) -> bytes:
    """A notification as Meta documents it."""
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "6285700000000", "phone_number_id": account},
        "contacts": [{"profile": {"name": "Wulandari Kacapiring"}, "wa_id": SENDER}],
        "messages": list(messages),
        "statuses": [{"id": "wamid.s", "status": "delivered", "recipient_id": SENDER}],
    }
    change = {"id": "1", "changes": [{"field": "messages", "value": value}]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [change]}).encode()


def text(body: str, *, number: str = "wamid.HBgM1", sender: str = SENDER) -> dict[str, Any]:
    return {"from": sender, "id": number, "timestamp": "1", "type": "text", "text": {"body": body}}


def deliver(channel: Channel, body: bytes, *, secret: str = SECRET) -> HttpResponse:
    signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {"X-Hub-Signature-256": signature}
    return Client().post(
        f"/obrolan/kiriman/whatsapp/{channel.pk}", body, content_type="application/json", headers=headers
    )


@pytest.fixture
def whatsapp(channel: Callable[..., Channel], home: Path, graph: Calls) -> Channel:
    made = channel("whatsapp")
    keys = {"app_secret": SECRET, "verify_token": VERIFY, "access_token": TOKEN, "base": f"{graph.origin}/v23.0"}
    configure(home, made, origins=[graph.origin], **keys)
    return made


def counted(channel: Channel) -> dict[str, int]:
    return dict(channel.tallies.values_list("outcome", "count"))


def left(home: Path, *texts: str) -> list[tuple[str, str]]:
    """Planted values in anything that was written or said."""
    places = {
        "database": everything_in_the_database(),
        "files": b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file()),
        "said": "\n".join(texts).encode(),
    }
    return [(place, one) for place, said in places.items() for one in PLANTED if one.encode() in said]


@pytest.mark.django_db(transaction=True)
def test_an_identity_number_is_answered_and_nothing_of_it_stays(
    whatsapp: Channel, graph: Calls, home: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = deliver(whatsapp, notification(text(REAL), text("halo", number="wamid.HBgM2")))
    assert answer.status_code == 200
    assert [one["to"] for one in graph.bodies() if "to" in one] == [SENDER, SENDER]
    first, second = graph.texts()
    assert first.startswith("Jangan kirim NIK")
    assert "/layanan/" in first and "/layanan/" in second
    read = [one["message_id"] for one in graph.bodies() if one.get("status") == "read"]
    assert read == ["wamid.HBgM1", "wamid.HBgM2"]
    assert counted(whatsapp) == {Outcome.IDENTITY: 1, Outcome.MENU: 1}
    said = "".join(capfd.readouterr())
    assert left(home, caplog.text, said, *graph.texts(), answer.content.decode()) == []
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_a_photo_is_never_fetched(whatsapp: Channel, graph: Calls) -> None:
    for number, kind in enumerate(("image", "document", "video", "audio", "sticker")):
        part = {"id": f"media/{number}", "mime_type": "image/jpeg", "caption": "KTP saya", "sha256": "x"}
        one = {"from": SENDER, "id": f"wamid.{number}", "type": kind, kind: part}
        assert deliver(whatsapp, notification(one)).status_code == 200
    card = {"from": SENDER, "id": "wamid.9", "type": "contacts", "contacts": [{"name": {"first_name": "x"}}]}
    deliver(whatsapp, notification(card))
    assert {method for method, _path, _body in graph.listed} == {"POST", "DELETE"}
    assert next(path for method, path, _body in graph.listed if method == "DELETE") == "/v23.0/media%2F0"
    assert all(one.startswith("Jangan kirim foto") for one in graph.texts())
    assert counted(whatsapp) == {Outcome.PHOTO: 6}


@pytest.mark.django_db
def test_a_ticket_is_no_oracle(whatsapp: Channel, graph: Calls) -> None:
    deliver(whatsapp, notification(text("NS2KR-2EHZ7-N"), text("ns2kr2ehz7n ya", number="wamid.2")))
    deliver(whatsapp, notification(text("NS2KR-2EHZ7-M", number="wamid.3")))
    first, second, wrong = graph.texts()
    assert first == second
    assert "/layanan/status/NS2KR-2EHZ7-N" in first
    assert "NS2KR-2EHZ7-M" not in wrong
    assert counted(whatsapp) == {Outcome.TICKET: 2, Outcome.MENU: 1}


@pytest.mark.django_db
def test_the_same_message_is_answered_once(whatsapp: Channel, graph: Calls) -> None:
    for _ in range(4):
        assert deliver(whatsapp, notification(text("halo"), text("halo"))).status_code == 200
    assert len(graph.texts()) == 1
    assert counted(whatsapp) == {Outcome.MENU: 1}


@pytest.mark.django_db
def test_a_flood_is_bounded(whatsapp: Channel, graph: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [text("halo", number=f"wamid.{number}") for number in range(40)]
    assert deliver(whatsapp, notification(*many)).status_code == 200
    assert len(graph.texts()) == answering.MOST_OF_SENDER
    assert counted(whatsapp) == {Outcome.MENU: answering.MOST_OF_SENDER, Outcome.DROPPED: 30}
    monkeypatch.setattr(answering, "MOST_OF_CHANNEL", 41)
    others = [text("halo", number=f"wamid.o{number}", sender=f"62812000{number:04d}") for number in range(9)]
    deliver(whatsapp, notification(*others))
    assert len(graph.texts()) == answering.MOST_OF_SENDER + 1


@pytest.mark.django_db
def test_what_comes_after_the_time_is_counted_and_left(
    whatsapp: Channel, graph: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "LONGEST", -1.0)
    assert deliver(whatsapp, notification(text("halo"))).status_code == 200
    assert (graph.listed, counted(whatsapp)) == ([], {Outcome.DROPPED: 1})


@pytest.mark.django_db
def test_only_what_is_signed_and_for_this_number_is_heard(whatsapp: Channel, graph: Calls) -> None:
    body = notification(text("halo"))
    assert deliver(whatsapp, body, secret="lain").status_code == 403
    for signature in ("", "sha256=", "sha1=abc", "sha256=" + "é" * 64):
        headers = {"X-Hub-Signature-256": signature.encode().decode("latin-1")}
        address = f"/obrolan/kiriman/whatsapp/{whatsapp.pk}"
        assert Client().post(address, body, content_type="application/json", headers=headers).status_code == 403
    for broken in (b"{", b"[]", b'{"object": "page"}', b"\xff", b"[" * 90_000):
        assert deliver(whatsapp, broken).status_code == 400
    for strange in ({"entry": 7}, {"entry": [7, {"changes": [{"value": {"metadata": 3, "messages": {}}}]}]}):
        assert (
            deliver(whatsapp, json.dumps({"object": "whatsapp_business_account", **strange}).encode()).status_code
            == 200
        )
    assert deliver(whatsapp, notification(text("halo"), account="999")).status_code == 200
    halves = text("halo", number="\ud800", sender="62812") | {"type": "image", "image": {"id": "\ud800"}}
    assert deliver(whatsapp, notification(halves)).status_code == 200
    graph.listed.clear()
    odd = [{"id": "x"}, {"from": "abc", "id": "y", "type": "text"}, {"from": SENDER, "id": "z", "type": "reaction"}]
    assert deliver(whatsapp, notification(*odd)).status_code == 200
    assert graph.listed == []
    Channel.objects.update(is_on=False)
    assert deliver(whatsapp, body).status_code == 404


@pytest.mark.django_db
def test_the_handshake(whatsapp: Channel) -> None:
    address = f"/obrolan/kiriman/whatsapp/{whatsapp.pk}"
    good = {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "1158201444"}
    answer = Client().get(address, good)
    assert (answer.status_code, answer.content) == (200, b"1158201444")
    assert answer.headers["Content-Type"].startswith("text/plain")
    for wrong in ({"hub.verify_token": "x"}, {"hub.mode": "x"}, {"hub.challenge": "<script>"}, {"hub.challenge": ""}):
        assert Client().get(address, {**good, **wrong}).status_code == 403


@pytest.mark.django_db
def test_nothing_is_sent_where_nothing_is_listed(whatsapp: Channel, graph: Calls, home: Path) -> None:
    keys = {"app_secret": SECRET, "access_token": TOKEN, "base": f"{graph.origin}/v23.0"}
    configure(home, whatsapp, origins=["https://graph.facebook.com"], **keys)
    assert deliver(whatsapp, notification(text(REAL))).status_code == 200
    assert graph.listed == []
    assert counted(whatsapp) == {Outcome.IDENTITY: 1, Outcome.UNSENT: 1}
    (home / "obrolan.toml").write_text("[[[")
    assert deliver(whatsapp, notification(text("halo"))).status_code == 403, "without secrets nothing is genuine"


@pytest.mark.django_db
def test_a_gateway_that_refuses_is_counted(whatsapp: Channel, graph: Calls) -> None:
    graph.status = 500
    assert deliver(whatsapp, notification(text("halo"))).status_code == 200
    assert counted(whatsapp) == {Outcome.MENU: 1, Outcome.UNSENT: 1}


@pytest.mark.django_db(transaction=True)
def test_by_sms(channel: Callable[..., Channel], home: Path, graph: Calls) -> None:
    made = channel("sms", account="")
    configure(home, made, origins=[graph.origin], incoming="masuk", outgoing=TOKEN, base=f"{graph.origin}/kirim")

    def sent(form: dict[str, str], key: str = "masuk") -> int:
        headers = {"Authorization": f"Bearer {key}"}
        return (
            Client()
            .post(f"/obrolan/kiriman/sms/{made.pk}", _form(form), content_type=FORM, headers=headers)
            .status_code
        )

    assert sent({"id": "wamid.HBgM", "from": SENDER, "text": REAL}) == 200
    assert sent({"id": "wamid.HBgM", "from": SENDER, "text": REAL}) == 200
    assert sent({"id": "2", "from": SENDER, "text": "NS2KR-2EHZ7-N"}) == 200
    assert sent({"id": "3", "from": SENDER}, key="lain") == 403
    assert sent({"from": SENDER, "text": "tanpa id"}) == 400
    first, second = [parse_qs(body) for _method, _path, body in graph.listed]
    assert (first["to"], first["text"][0][:17]) == ([SENDER], "Jangan kirim NIK,")
    assert "/layanan/status/NS2KR-2EHZ7-N" in second["text"][0]
    assert counted(made) == {Outcome.IDENTITY: 1, Outcome.TICKET: 1}
    assert left(home) == []


FORM = "application/x-www-form-urlencoded"


def _form(fields: dict[str, str]) -> str:
    from urllib.parse import urlencode

    return urlencode(fields)


class Post:
    """Keeps what was sent."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], str]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.letters.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[Box]:
    with imap_server() as box:
        yield box


def letter(sender: str, body: str, *headers: str) -> bytes:
    lines = [
        f"From: {sender}",
        "To: loket@contoh.test",
        "Subject: tanya",
        *headers,
        "Content-Type: text/plain; charset=utf-8",
    ]
    return "\r\n".join([*lines, "", body, ""]).encode()


@pytest.mark.django_db(transaction=True)
def test_by_email(channel: Callable[..., Channel], home: Path, mailbox: Box) -> None:
    post = Post()
    smtp = Controller(post, hostname="127.0.0.1", server_hostname="kotak-surat")
    with socket.create_server(("127.0.0.1", 0)) as door:  # only asked for a number that is free
        smtp.port = door.getsockname()[1]
    smtp.start()
    try:
        made = channel("email", shown="loket@contoh.test", account="")
        hosts = {"imap": f"127.0.0.1:{mailbox.port}", "smtp": f"127.0.0.1:{smtp.port}"}
        configure(home, made, origins=[f"mail://{one}" for one in hosts.values()], **hosts, user="loket", password="x")
        mailbox.put(letter("Wulandari Kacapiring <w@contoh.test>", REAL))
        mailbox.put(letter("w2@contoh.test", "NS2KR-2EHZ7-N"))
        mailbox.put(letter("robot@contoh.test", "otomatis", "Auto-Submitted: auto-replied"))
        mailbox.put(letter("MAILER-DAEMON@contoh.test", "gagal"))
        parts = (
            "--b\r\nContent-Type: text/plain\r\n\r\nini KTP saya\r\n--b\r\nContent-Type: image/jpeg\r\n\r\nx\r\n--b--"
        )
        photo = letter("w3@contoh.test", parts).replace(
            b"text/plain; charset=utf-8", b"multipart/mixed; boundary=b", 1
        )
        mailbox.put(photo)
        mailbox.put(letter("w4@contoh.test", "x" * 80_000))
        hidden = b64encode(NIK.encode()).decode()
        mailbox.put(letter("w5@contoh.test", "lihat subjek").replace(b"tanya", f"=?utf-8?b?{hidden}?=".encode()))
        part = b"Content-Type:multipart/mixed;boundary=%x\n\n--%x\n"
        parts_in_parts = b"".join(part % (at, at) for at in range(1_300))
        for odd in (
            b"",
            b"From: w6@contoh.test\n" + parts_in_parts,
            b"From: " + b"(" * 2_000 + b" w7@contoh.test\n\nx",
            b'From: "w8@contoh.test,w9@contoh.test,w10@contoh.test\n\nx',
            b"\xff\xfe\r\n\r\n",
            b"From: =?x?q?=\r\nSubject: =?utf-8?b?!!?=\r\n\r\nx",
            b"From: a@b\nTo: c",
        ):
            mailbox.put(odd)
        jobs.visit_mailboxes()
        jobs.visit_mailboxes()
    finally:
        smtp.stop()
    assert [to for to, _content in post.letters] == [
        [f"{one}@contoh.test"] for one in ("w", "w2", "w3", "w4", "w5")
    ] + [["a@b"]]
    assert all("Auto-Submitted: auto-replied" in content for _to, content in post.letters)
    assert not {"1", "5", "6", "7"}.intersection(mailbox.letters), "the number and the photos are deleted"
    assert counted(made) == {Outcome.IDENTITY: 2, Outcome.TICKET: 1, Outcome.PHOTO: 2, Outcome.MENU: 1}
    assert left(home, *(content for _to, content in post.letters)) == []


@pytest.mark.django_db
def test_a_mailbox_that_does_not_open_stops_nothing(channel: Callable[..., Channel], home: Path) -> None:
    made = channel("email", shown="loket@contoh.test", account="")
    jobs.visit_mailboxes()
    configure(home, made, origins=["mail://127.0.0.1:9"], imap="127.0.0.1:9", smtp="127.0.0.1:9")
    jobs.visit_mailboxes()
    configure(home, made, origins=["mail://mail.contoh.test:143"], imap="mail.contoh.test:143")
    jobs.visit_mailboxes()
    assert not Tally.objects.exists()


@pytest.mark.django_db
def test_who_wrote_is_forgotten(whatsapp: Channel, graph: Calls) -> None:
    deliver(whatsapp, notification(text("halo")))
    one = Heard.objects.get()
    assert SENDER not in one.sender and one.sender
    Heard.objects.update(at=one.at - answering.FORGET_SENDER)
    assert jobs.forget_senders() == 0
    assert Heard.objects.get().sender == ""
    Heard.objects.update(at=one.at - answering.FORGET)
    assert jobs.forget_senders() == 1
