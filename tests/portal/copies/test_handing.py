"""Handing over and taking back: a link works once, for the right hands, in time; everything is in the record."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.permissions import Conflicting, Gone, Refused, Unfit
from lumbung.portal.audit.keys import trace_key
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.copies import handing, jobs, queries, reminding, store
from lumbung.portal.copies.asking import Recipient
from lumbung.portal.copies.models import Copy, Format, Handout
from lumbung.portal.copies.states import COPY_MOVES, CopyState
from lumbung.portal.incidents import age
from lumbung.portal.intake.seal import Tampered
from lumbung.trace.index import open_index
from tests.portal.copies.conftest import Ask
from tests.portal.shelves import Desk, actor, signed_in

pytestmark = pytest.mark.django_db
NAME = {"received_by": "Sekretaris, Partai Padi"}


@pytest.fixture
def copy(ready: Ask) -> Copy:
    return ready(columns=("hamlet",)).copies.select_related("handout__organisation").get(number=0)


@pytest.fixture
def offered(desk: Desk, copy: Copy) -> tuple[str, str]:
    """Token and code."""
    return handing.offer(copy, person=desk.producer, by=actor(desk.producer))


def unzipped(content: bytes, code: str) -> bytes:
    """What the ZIP holds, opened with a passphrase. Raise libarchive's error for a wrong one."""
    import libarchive

    with libarchive.memory_reader(content, passphrase=code) as archive:
        return b"".join(block for entry in archive for block in entry.get_blocks())


def test_the_link_hands_the_file_over_once(desk: Desk, copy: Copy, offered: tuple[str, str]) -> None:
    token, code = offered
    plain = store.plain_of(copy)
    fetched = handing.receive(token, code=code.lower(), by=actor(desk.ppdp), **NAME)
    assert fetched.name == "salinan-001.csv.zip" and unzipped(fetched.content, code) == plain
    assert plain[:40] not in fetched.content
    with pytest.raises(Exception):  # noqa: B017 - libarchive says what it says
        unzipped(fetched.content, "AAAA-BBBB-CCCC-DDDD")
    with pytest.raises(Gone):
        handing.receive(token, code=code, by=actor(desk.ppdp), **NAME)
    copy.refresh_from_db()
    assert (copy.state, copy.fetches_left, copy.received_by) == ("received", 0, NAME["received_by"])
    kinds = list(Event.objects.filter(subject=copy.subject.key).order_by("sequence").values_list("kind", flat=True))
    assert kinds == [Kind.COPY_OFFERED, Kind.COPY_ACKNOWLEDGED, Kind.COPY_FETCHED]
    stored = str(Copy.objects.values().get(pk=copy.pk))
    assert token not in stored and code not in stored


def test_for_who_has_a_key_it_is_sealed_to_that_key(desk: Desk, ready: Ask) -> None:
    secret, public = age.new_key()
    copy = ready(recipients=(Recipient(institution="BPS", contact="Kepala", age_key=public),)).copies.get()
    token, code = handing.offer(copy, person=desk.producer, by=actor(desk.producer))
    fetched = handing.receive(token, code=code, by=actor(desk.ppdp), **NAME)
    assert b"".join(age.opened(io.BytesIO(fetched.content), secret=secret)) == store.plain_of(copy)
    with pytest.raises(age.NotOpened):
        list(age.opened(io.BytesIO(fetched.content), secret=age.new_key()[0]))


def test_five_wrong_codes_close_the_link(desk: Desk, copy: Copy, offered: tuple[str, str]) -> None:
    token, code = offered
    for _time in range(handing.MOST_WRONG):
        with pytest.raises(Refused) as refused:
            handing.receive(token, code="AAAA-BBBB-CCCC-DDDD", by=actor(desk.ppdp), **NAME)
        assert refused.value.code == "wrong-code"
    with pytest.raises(Gone):
        handing.receive(token, code=code, by=actor(desk.ppdp), **NAME)
    assert Event.objects.filter(kind=Kind.COPY_CODE_WRONG).count() == handing.MOST_WRONG
    copy.refresh_from_db()
    assert copy.received_at is None


def test_an_old_link_a_replaced_one_and_none_at_all(desk: Desk, copy: Copy, offered: tuple[str, str]) -> None:
    token, code = offered
    newer, _ = handing.offer(copy, person=desk.producer, by=actor(desk.producer))
    Copy.objects.filter(pk=copy.pk).update(link_until=timezone.now() - timedelta(seconds=1))
    for one in (token, newer, "", "x" * 500):
        with pytest.raises(Gone):
            handing.receive(one, code=code, by=actor(desk.ppdp), **NAME)


def test_a_name_is_asked_for(desk: Desk, offered: tuple[str, str]) -> None:
    with pytest.raises(Unfit):
        handing.receive(offered[0], code=offered[1], received_by="  ", by=actor(desk.ppdp))


def test_strangers_hand_nothing_over(desk: Desk, copy: Copy) -> None:
    for person in (desk.stranger, desk.admin, desk.duty):
        by = {"person": person, "by": actor(person)}
        for act in (
            lambda by=by: handing.offer(copy, **by),
            lambda by=by: handing.revoke(copy, because="Salah.", **by),
            lambda by=by: handing.end(copy, to=CopyState.RETURNED, words="Kembali.", **by),
        ):
            with pytest.raises(Refused):
                act()
        assert signed_in(person).get(f"/meja/salinan/berkas/{copy.pk}").status_code == 404


def test_on_paper_the_officer_takes_the_file_once(desk: Desk, copy: Copy, offered: tuple[str, str]) -> None:
    by: dict[str, Any] = {"person": desk.producer, "by": actor(desk.producer)}
    with pytest.raises(Conflicting):
        handing.take(copy, code=offered[1], **by)
    handing.on_paper(copy, paper="Nomor 7, 22 November", **NAME, **by)
    with pytest.raises(Refused):
        handing.take(copy, code="AAAA-BBBB-CCCC-DDDD", **by)
    assert handing.take(copy, code=offered[1], **by).content
    with pytest.raises(Conflicting):
        handing.take(copy, code=offered[1], **by)
    assert Event.objects.get(kind=Kind.COPY_ACKNOWLEDGED).details["on_paper"] is True


def test_revoked_the_link_is_dead_and_our_file_gone(
    desk: Desk, copy: Copy, offered: tuple[str, str], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        handing.revoke(copy, because="Salah penerima.", person=desk.producer, by=actor(desk.producer))
    with pytest.raises(Gone):
        handing.open_link(offered[0])
    copy.refresh_from_db()
    with pytest.raises(Tampered):
        store.plain_of(copy)
    assert not (store.folder() / copy.pk.hex).exists()
    with pytest.raises(Conflicting):
        handing.offer(copy, person=desk.producer, by=actor(desk.producer))


def test_the_recipient_states_that_it_is_destroyed(desk: Desk, copy: Copy, offered: tuple[str, str]) -> None:
    token, code = offered
    with pytest.raises(Conflicting):  # nobody can destroy what they have not got
        handing.end_by_link(token, code=code, words="Sudah.", by=actor(desk.ppdp))
    handing.receive(token, code=code, by=actor(desk.ppdp), **NAME)
    handing.end_by_link(token, code=code, words="Dimusnahkan hari ini.", by=actor(desk.ppdp))
    copy.refresh_from_db()
    assert (copy.state, copy.link_digest, copy.storage_key) == ("destroyed", "", "")


def test_every_move_that_is_not_in_the_table_is_refused(desk: Desk, copy: Copy) -> None:
    for here in CopyState:
        Copy.objects.filter(pk=copy.pk).update(state=here)
        for there in (CopyState.RETURNED, CopyState.DESTROYED):
            if there in COPY_MOVES[here]:
                continue
            with pytest.raises(Conflicting):
                handing.end(copy, to=there, words="Kembali.", person=desk.producer, by=actor(desk.producer))


def test_late_copies_are_seen_and_called_to_mind(
    desk: Desk, copy: Copy, offered: tuple[str, str], home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    handing.receive(offered[0], code=offered[1], by=actor(desk.ppdp), **NAME)
    assert reminding.remind() == 0  # no post office
    (home / "insiden.toml").write_text('[surel]\nserver = "127.0.0.1"\nfrom = "lumbung@contoh.test"\n')
    monkeypatch.setattr(reminding, "get_connection", lambda *_, **__: mail.get_connection())
    assert reminding.remind() == 0  # thirty days are left
    for days, letters in ((10, 1), (10, 0), (2, 1), (-1, 1), (-8, 1), (-8, 0)):
        Handout.objects.update(return_by=timezone.localdate() + timedelta(days=days))
        Copy.objects.update(tried_at=None)
        assert reminding.remind() == letters, days
    assert copy.institution not in mail.outbox[0].body and str(copy.handout_id) in mail.outbox[0].body
    assert queries.copies_out(desk.producer).get().is_late
    assert "Sudah lewat" in signed_in(desk.producer).get("/meja/salinan/").content.decode()


def test_in_time_our_file_goes_then_marks_and_fingerprints(
    desk: Desk, copy: Copy, offered: tuple[str, str], django_capture_on_commit_callbacks: Any
) -> None:
    handing.receive(offered[0], code=offered[1], by=actor(desk.ppdp), **NAME)
    assert jobs.forget() == 0
    with django_capture_on_commit_callbacks(execute=True):
        Copy.objects.filter(pk=copy.pk).update(received_at=timezone.now() - timedelta(days=8))
        assert jobs.forget() == 1
    assert not (store.folder() / copy.pk.hex).exists() and len(queries.indexes()) == 3
    index = open_index(store.index_of(copy), key=trace_key(), today=timezone.localdate())
    assert index.about.source == "salinan Partai Padi" and len(index.numbers["name-birth"]) > 50
    yesterday = timezone.localdate() - timedelta(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        Handout.objects.update(secret_until=yesterday, return_by=yesterday)
        Copy.objects.update(index_until=yesterday)
        jobs.forget()
    assert not list(store.folder().iterdir()) and not queries.indexes()
    assert bytes(Handout.objects.get().sealed_secret) == b""


def test_a_recipient_walks_through_the_pages(desk: Desk, ready: Ask) -> None:
    copy = ready(format=Format.XLSX).copies.get(number=1)
    shown = signed_in(desk.producer).post(f"/meja/salinan/berkas/{copy.pk}/tautan")
    link, code = shown.context["link"], shown.context["code"]
    browser = Client()
    assert browser.get("/salinan/terima").status_code == 410
    path = link.removeprefix("http://127.0.0.1:8000")
    assert browser.get(path).headers["Location"] == "/salinan/terima"
    page = browser.get("/salinan/terima").content.decode()
    assert "Partai Jagung" in page and "Partai Padi" not in page and code not in page
    unsigned = browser.post("/salinan/terima", {"received_by": "Sekretaris", "code": code})
    assert unsigned.status_code == 422
    told = {"received_by": "Sekretaris", "code": code, "agreed": "on"}
    wrong = browser.post("/salinan/terima", {**told, "code": "AAAA-BBBB-CCCC-DDDD"})
    assert wrong.status_code == 403
    file = browser.post("/salinan/terima", told)
    assert "no-store" in file.headers["Cache-Control"]
    assert "salinan-002.xlsx.zip" in file.headers["Content-Disposition"]
    assert unzipped(file.content, code).startswith(b"PK")
    assert "sudah diambil" in browser.get("/salinan/terima").content.decode()
    assert browser.post("/salinan/terima", told).status_code == 410
    assert Client().post("/salinan/musnah", {"words": "x", "code": code}).status_code == 410
    assert browser.post("/salinan/musnah", {"words": "Dibakar hari ini.", "code": code}).status_code == 200
    assert browser.get("/salinan/terima").status_code == 410
