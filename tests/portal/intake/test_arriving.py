"""A file in pieces: sealed, bounded, gone on with after a break, swept; and nobody else's."""

import errno
import os
import shutil
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import TooLarge
from lumbung.portal.intake import actions, arriving, jobs, vault
from lumbung.portal.intake.arriving import PIECE
from lumbung.portal.intake.models import Arrival, Submission
from tests.portal.conftest import CSV, Regency
from tests.portal.intake.conftest import MakePerson

CONTENT = os.urandom(PIECE * 2 + 777)


@pytest.fixture
def signed_in(producer: Person, client: Client) -> Client:
    client.force_login(producer)
    return client


def begin(client: Client, content: bytes = CONTENT, *, name: str = "besar.csv") -> dict:
    return client.post("/meja/unggahan/", {"name": name, "size": len(content)}).json()


def put(client: Client, number: str, offset: int, content: bytes):
    address = f"/meja/unggahan/{number}"
    return client.put(address, content, content_type="application/octet-stream", HTTP_UPLOAD_OFFSET=str(offset))


def send_all(client: Client, content: bytes = CONTENT, *, name: str = "besar.csv") -> str:
    standing = begin(client, content, name=name)
    for offset in range(0, len(content), PIECE):
        assert put(client, standing["id"], offset, content[offset : offset + PIECE]).status_code == 200
    return standing["id"]


def hand_in(client: Client, regency: Regency, *numbers: str, **more: object):
    about = {"organisation": regency.village.pk, "title": "Besar", "arrived": list(numbers), **more}
    return client.post("/meja/kiriman/baru", about)


def pieces(home: Path) -> list[Path]:
    return [path for path in (home / "arriving").rglob("*") if path.is_file()] if (home / "arriving").exists() else []


def test_it_arrives_whole(signed_in: Client, regency: Regency, home: Path) -> None:
    number = send_all(signed_in)
    assert all(CONTENT[:32] not in path.read_bytes() for path in pieces(home)), "a piece lies there in clear"
    answer = hand_in(signed_in, regency, number)
    submission = Submission.objects.get()
    assert answer.headers["Location"] == submission.get_absolute_url()
    with vault.open_plain(submission) as plain:
        assert plain.read() == CONTENT
    assert vault.true_name(submission) == "besar.csv"
    assert (Arrival.objects.count(), pieces(home)) == (0, [])


def test_it_goes_on_where_it_broke_off(signed_in: Client, regency: Regency) -> None:
    standing = begin(signed_in)
    put(signed_in, standing["id"], 0, CONTENT[:PIECE])
    assert signed_in.get(f"/meja/unggahan/{standing['id']}").json()["offset"] == PIECE
    early = put(signed_in, standing["id"], 0, CONTENT[:PIECE])
    assert (early.status_code, early.json()["offset"]) == (409, PIECE)
    assert put(signed_in, standing["id"], PIECE, CONTENT[PIECE : PIECE * 2]).json()["offset"] == PIECE * 2
    unfinished = hand_in(signed_in, regency, standing["id"])
    assert unfinished.status_code == 409
    assert "belum sampai seluruhnya" in unfinished.content.decode()


@pytest.mark.parametrize("length", [0, 5, PIECE - 1])
def test_a_piece_that_is_cut_is_not_taken(length: int, signed_in: Client, home: Path) -> None:
    standing = begin(signed_in)
    assert put(signed_in, standing["id"], 0, CONTENT[:length]).status_code in (400, 422)
    assert pieces(home) == []


def test_a_piece_too_large_is_not_even_read(signed_in: Client, home: Path) -> None:
    standing = begin(signed_in)
    assert put(signed_in, standing["id"], 0, CONTENT).status_code == 400
    assert pieces(home) == []


@pytest.mark.parametrize("offset", ["", "-1", "x", "١", "9" * 30])
def test_an_offset_that_is_none(offset: str, signed_in: Client) -> None:
    standing = begin(signed_in)
    assert put(signed_in, standing["id"], offset, CONTENT[:PIECE]).status_code in (400, 409)


@pytest.mark.parametrize("size", ["", "0", "-5", "x", "9" * 40])
def test_a_size_that_is_none(size: str, signed_in: Client) -> None:
    answer = signed_in.post("/meja/unggahan/", {"name": "a", "size": size})
    assert answer.status_code in (413, 422)
    assert "kosong" in answer.json()["sentence"]


def test_the_limits(signed_in: Client, settings) -> None:
    settings.UPLOAD_LIMIT = 1000
    assert signed_in.post("/meja/unggahan/", {"name": "a", "size": 1001}).status_code == 413
    answers = [signed_in.post("/meja/unggahan/", {"name": "a", "size": 900}).status_code for _ in range(3)]
    assert answers == [201, 201, 413], "twice the limit may be open at once"


def test_no_more_than_so_many_at_once(signed_in: Client) -> None:
    answers = [signed_in.post("/meja/unggahan/", {"name": "a", "size": 9}).status_code for _ in range(21)]
    assert answers == [201] * 20 + [413]


def test_who_may(regency: Regency, person: MakePerson, client: Client, signed_in: Client) -> None:
    number = send_all(signed_in, CSV)
    stranger = Client()
    assert stranger.post("/meja/unggahan/", {"name": "a", "size": 5}).status_code == 401
    assert stranger.get(f"/meja/unggahan/{number}").status_code == 401
    stranger.force_login(person("walidata", regency.top))
    refused = stranger.post("/meja/unggahan/", {"name": "a", "size": 5})
    assert (refused.status_code, "produsen" in refused.json()["sentence"]) == (403, True)
    stranger.force_login(person("produsen", regency.village))
    for answer in (stranger.get(f"/meja/unggahan/{number}"), put(stranger, number, 0, CSV)):
        assert answer.status_code == 404
    assert stranger.delete(f"/meja/unggahan/{number}").status_code == 404
    assert hand_in(stranger, regency, number).status_code == 422, "the form has no file then"
    assert Arrival.objects.count() == 1


def test_a_script_without_the_token_gets_nowhere(producer: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(producer)
    assert strict.post("/meja/unggahan/", {"name": "a", "size": 5}).status_code == 403
    assert Arrival.objects.count() == 0


def test_a_form_that_is_wrong_keeps_what_arrived(signed_in: Client, regency: Regency) -> None:
    number = send_all(signed_in, CSV, name="tabel 1234567890123456.csv")
    page = hand_in(signed_in, regency, number, organisation="")
    assert page.status_code == 422
    assert f'name="arrived" value="{number}"' in page.content.decode()
    assert "1234567890123456" not in page.content.decode()
    assert hand_in(signed_in, regency, number).status_code == 302


def test_a_busy_database_loses_nothing(
    signed_in: Client, regency: Regency, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_args: object, **_about: object) -> None:
        raise OperationalError("database is locked")

    number = send_all(signed_in)
    with monkeypatch.context() as patch:
        patch.setattr(actions, "receive", busy)
        signed_in.raise_request_exception = False
        assert hand_in(signed_in, regency, number).status_code == 500
    assert list((home / "submissions" / "incoming").iterdir()) == []
    assert hand_in(signed_in, regency, number).status_code == 302
    assert (Submission.objects.count(), Arrival.objects.count()) == (1, 0)


def test_several_that_arrived(signed_in: Client, regency: Regency, home: Path) -> None:
    numbers = [send_all(signed_in, content, name=name) for name, content in (("a.csv", CSV), ("b.csv", CONTENT))]
    again = send_all(signed_in, CSV, name="c.csv")
    assert hand_in(signed_in, regency, *numbers, again, "bukan-nomor").headers["Location"] == "/meja/kiriman/"
    assert Submission.objects.count() == 2
    assert (Arrival.objects.count(), pieces(home)) == (0, [])
    assert list((home / "submissions" / "incoming").iterdir()) == []


def test_a_piece_that_was_altered_is_noticed(signed_in: Client, regency: Regency, home: Path) -> None:
    number = send_all(signed_in)
    folder = home / "arriving" / number
    shutil.copy(folder / "000000", folder / "000001")
    assert hand_in(signed_in, regency, number).status_code == 409
    assert Submission.objects.count() == 0
    assert list((home / "submissions" / "incoming").iterdir()) == []


def test_what_nobody_finishes_is_swept(signed_in: Client, home: Path) -> None:
    number = send_all(signed_in)
    fresh = begin(signed_in)["id"]
    Arrival.objects.filter(pk=number).update(changed_at=timezone.now() - timedelta(days=2))
    (home / "arriving" / "tanpa-baris").mkdir()
    assert jobs.sweep() == 2
    assert pieces(home) == []
    assert [str(one.pk) for one in Arrival.objects.all()] == [fresh]


def test_a_full_disk_is_said_and_leaves_no_half_of_a_piece(
    signed_in: Client, regency: Regency, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing, write = begin(signed_in), Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        write(path, content[:100])
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as disk:
        disk.setattr(Path, "write_bytes", full)
        answer = put(signed_in, standing["id"], 0, CONTENT[:PIECE])
    assert (answer.status_code, "penuh" in answer.json()["sentence"]) == (507, True)
    assert pieces(home) == []
    number = send_all(signed_in, CSV)
    monkeypatch.setattr(arriving, "seal_bytes", lambda *_, **__: full(home / "x", b""))
    assert hand_in(signed_in, regency, number).status_code == 507
    assert Arrival.objects.filter(pk=number).exists(), "it can be handed in again"


def test_a_length_in_other_digits(signed_in: Client) -> None:
    address = f"/meja/unggahan/{begin(signed_in)['id']}"
    assert signed_in.generic("PUT", address, CSV, HTTP_UPLOAD_OFFSET="0", CONTENT_LENGTH="²").status_code == 400


@pytest.mark.django_db(transaction=True)
def test_many_beginnings_at_once_find_no_more_room_than_one_after_the_other(producer: Person, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 1000
    barrier, begun = Barrier(6), []

    def start() -> None:
        barrier.wait()
        try:
            begun.append(arriving.begin(producer, name="a", size=900))
        except TooLarge:
            pass
        finally:
            connection.close()

    threads = [Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(begun), Arrival.objects.count()) == (2, 2)


def test_giving_up(signed_in: Client, home: Path) -> None:
    number = send_all(signed_in)
    assert signed_in.delete(f"/meja/unggahan/{number}").status_code == 200
    assert (Arrival.objects.count(), pieces(home)) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_the_same_piece_twice_in_one_moment(producer: Person, home: Path) -> None:
    arrival = arriving.begin(producer, name="a", size=len(CONTENT))
    barrier, done = Barrier(2), []

    def send() -> None:
        barrier.wait()
        try:
            done.append(arriving.put(arrival, offset=0, content=CONTENT[:PIECE]))
        except arriving.AtAnotherPlace as elsewhere:
            done.append(elsewhere.offset)
        connection.close()

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [PIECE, PIECE]
    assert arriving.offset_of(arrival) == PIECE
