"""A resident asks without being known: opened by the PPDP, blinded before it is sent, closed with its key."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.accounts.permissions import Conflicting, Gone, Refused
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.incidents.actions import end_incident, open_incident
from lumbung.portal.incidents.models import Incident
from lumbung.portal.intake import vault
from lumbung.portal.publication.actions import quarantine
from lumbung.portal.tracing import brought, checking, preparing
from lumbung.portal.tracing.jobs import prepare_check
from lumbung.portal.tracing.models import CheckState, Evaluated, ResidentCheck
from lumbung.trace import affected, oprf
from tests.portal.incidents.test_places import shut_district, shut_portal
from tests.portal.shelves import TABLE, Desk, actor, signed_in
from tests.portal.tracing.people import HEADING, numbers, register, row
from tests.portal.tracing.test_desk import upload

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 12


@pytest.fixture
def incident(desk: Desk, home: Path) -> Incident:
    """A dataset that had people in it, closed."""
    dataset = desk.publish()
    file = dataset.releases.get().distributions.filter(format="csv").get()
    lies = home / "shelf" / file.path
    lies.chmod(0o600)
    without_card = row(500).split(";")
    without_card[1] = ""
    lies.write_text("\n".join([HEADING, *map(row, range(PEOPLE)), ";".join(without_card), ""]))
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada NIK.")
    dataset.refresh_from_db()
    found = open_incident(dataset)
    assert found is not None
    return found


@pytest.fixture
def check(incident: Incident, desk: Desk) -> ResidentCheck:
    """Open to residents."""
    acts: dict[str, Any] = {"person": desk.ppdp, "by": actor(desk.ppdp), "because": "Warga bertanya."}
    made = checking.open_check(incident, **acts, columns="NIK, nama, alamat")
    prepare_check.call(made.pk)
    made.refresh_from_db()
    assert (made.state, made.code) == (CheckState.OPEN, "")
    return made


def found(client: Client, check: ResidentCheck, nik: str, kk: str, *, where: str = "/cek-warga") -> bool:
    """What a browser does."""
    page = client.get(f"{where}/{check.pk}/saringan/{nik[:6]}")
    if page.status_code == 404:
        return False
    numbers_ = np.frombuffer(b"".join(page.streaming_content), dtype=">u8").astype(np.uint64)  # type: ignore[attr-defined]
    given = affected.asked(nik, kk)
    scalar, blinded = oprf.blind(given)
    answer = client.post(f"{where}/{check.pk}/hitung", blinded, content_type="application/octet-stream")
    assert answer.status_code == 200, answer.content
    return affected.is_in(numbers_, oprf.finalize(given, scalar, answer.content))


def acts(desk: Desk) -> dict[str, Any]:
    """In the name of the PPDP."""
    return {"person": desk.ppdp, "by": actor(desk.ppdp), "because": "Warga bertanya."}


def cards(number: int) -> tuple[str, str]:
    nik, kk = row(number).split(";")[:2]
    return nik, kk


def test_who_is_in_it_and_who_is_not(check: ResidentCheck) -> None:
    visitor = Client()
    assert found(visitor, check, *cards(3))
    assert not found(visitor, check, cards(3)[0], cards(900)[1])  # somebody who knows the NIK alone
    assert not found(visitor, check, *cards(4000))
    assert not found(visitor, check, "9912014504909001", cards(3)[1])
    assert check.districts == {"330813": affected.LEAST}
    assert check.missing == 1


def test_an_office_asks_for_who_has_no_card_of_the_family_and_each_is_written_down(
    check: ResidentCheck, desk: Desk
) -> None:
    officer, office = signed_in(desk.producer), "/meja/cek-warga"
    assert officer.get(f"{office}/{check.pk}").status_code == 200
    assert found(officer, check, cards(500)[0], "", where=office)
    assert not found(officer, check, cards(4000)[0], "", where=office)
    lines = Event.objects.filter(kind=Kind.CHECK_OFFICE)
    assert lines.count() == 2
    assert lines[0].details == {"incident": check.incident_id}
    assert not found(Client(), check, cards(500)[0], "")  # the public's key is another
    for stranger in (Client(), signed_in(desk.duty)):
        assert stranger.get(f"{office}/{check.pk}/saringan/330813").status_code in (302, 403)
        assert stranger.post(f"{office}/{check.pk}/hitung", b"x", content_type="a/b").status_code in (302, 403)


def test_nothing_of_the_asker_is_kept(check: ResidentCheck, home: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert found(Client(), check, *cards(3))
    kept = b"".join(path.read_bytes() for path in (home / "tracing" / "checks").rglob("*") if path.is_file())
    rows = str([*Evaluated.objects.values(), *Event.objects.values(), *ResidentCheck.objects.values()])
    said = kept.decode("latin-1") + rows + caplog.text
    assert not [number for number in numbers(0, PEOPLE) if number in said]
    assert Evaluated.objects.get(sender="").times == 1


def test_closing_destroys_the_key_and_every_filter(check: ResidentCheck, desk: Desk, home: Path) -> None:
    ppdp, visitor = signed_in(desk.ppdp), Client()
    assert ppdp.get("/meja/cek-warga/").status_code == 200
    assert visitor.get(f"/cek-warga/{check.pk}").status_code == 200
    assert signed_in(desk.walidata).post(f"/meja/cek-warga/{check.pk}/tutup").status_code == 403
    assert ppdp.post(f"/meja/cek-warga/{check.pk}/tutup").status_code == 302
    assert ppdp.post(f"/meja/cek-warga/{check.pk}/tutup").status_code == 302
    assert not list((home / "tracing" / "checks").iterdir())
    check.refresh_from_db()
    with pytest.raises(Gone):
        checking.seed_of(check)
    assert visitor.get(f"/cek-warga/{check.pk}").status_code == 410
    assert visitor.get(f"/cek-warga/{check.pk}/saringan/330813").status_code == 410
    _scalar, blinded = oprf.blind(b"x")
    asked = visitor.post(f"/cek-warga/{check.pk}/hitung", blinded, content_type="application/octet-stream")
    assert asked.status_code == 410
    assert Event.objects.filter(kind=Kind.CHECK_CLOSED).count() == 1
    assert check.incident.title not in visitor.get("/cek-warga").content.decode()


def test_the_end_of_the_incident_closes_it(check: ResidentCheck, desk: Desk, home: Path) -> None:
    end_incident(check.incident, person=desk.ppdp, by=actor(desk.ppdp), because="Semua sudah diberi tahu.")
    checking.take_up_the_left()
    check.refresh_from_db()
    assert (check.state, check.closed_by) == (CheckState.CLOSED, None)
    assert not list((home / "tracing" / "checks").iterdir())


def test_closed_while_it_is_prepared_it_never_opens(incident: Incident, desk: Desk, home: Path) -> None:
    acts: dict[str, Any] = {"person": desk.ppdp, "by": actor(desk.ppdp), "because": "Warga bertanya."}
    made = checking.open_check(incident, **acts, columns="NIK")
    with pytest.raises(Conflicting):
        checking.open_check(incident, **acts, columns="NIK")
    begun = checking.begin(made.pk)
    assert begun is not None
    checking.close_check(made, person=desk.ppdp, by=actor(desk.ppdp))
    (home / "made").mkdir()
    checking.ready(begun, folder=home / "made", districts={"330813": 1}, missing=0)
    assert not list((home / "tracing" / "checks").iterdir())
    made.refresh_from_db()
    assert made.state == CheckState.CLOSED


def test_limits_of_a_network_of_an_officer_and_of_all(
    check: ResidentCheck, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "MOST_FROM_ONE", 2)
    _scalar, blinded = oprf.blind(b"x")
    statuses = [
        Client().post(f"/cek-warga/{check.pk}/hitung", blinded, content_type="application/octet-stream").status_code
        for _time in range(3)
    ]
    assert statuses == [200, 200, 429]
    other = Client(REMOTE_ADDR="198.51.100.7")
    assert other.post(f"/cek-warga/{check.pk}/hitung", blinded, content_type="a/b").status_code == 200
    monkeypatch.setattr(checking, "TIMES_ALL", 0)
    assert other.post(f"/cek-warga/{check.pk}/hitung", blinded, content_type="a/b").status_code == 429
    Evaluated.objects.update(day=timezone.localdate() - timedelta(days=1))
    checking.take_up_the_left()
    assert set(Evaluated.objects.values_list("sender", flat=True)) == {""}


@pytest.mark.parametrize("body", [b"", b"x", bytes(32), b"\xff" * 32, bytes(33)])
def test_what_is_no_element_is_refused(check: ResidentCheck, body: bytes) -> None:
    answer = Client().post(f"/cek-warga/{check.pk}/hitung", body, content_type="application/octet-stream")
    assert (answer.status_code, answer.json()["code"]) == (422, "not-an-element")


def test_only_the_ppdp_of_the_incident_opens_it(incident: Incident, desk: Desk) -> None:
    for person in (desk.walidata, desk.duty, desk.admin, desk.producer):
        with pytest.raises(Refused):
            checking.open_check(incident, person=person, by=actor(person), because="x", columns="NIK")
    ppdp = signed_in(desk.ppdp)
    assert ppdp.post(f"/meja/cek-warga/{incident.pk}/buka", {"columns": "", "because": ""}).status_code == 422
    told = {"columns": "NIK, nama", "because": "Warga bertanya."}
    assert ppdp.post(f"/meja/cek-warga/{incident.pk}/buka", told).status_code == 302
    assert Event.objects.get(kind=Kind.CHECK_OPENED).because == "Warga bertanya."
    assert ppdp.get("/meja/cek-warga/").status_code == 200
    assert Client().get(f"/cek-warga/{ResidentCheck.objects.get().pk}").status_code == 404  # not before it is ready


def test_what_the_server_sees_tells_matched_from_unmatched_no_better_than_chance() -> None:
    """Bits of blinded elements, and the area under the curve of the best of simple scores, over a few hundred each."""
    size = 250
    seen = {known: _transcript(range(first, first + size)) for known, first in ((True, 0), (False, 5000))}
    bits = {known: np.unpackbits(rows, axis=1).mean(axis=0) for known, rows in seen.items()}
    drawn = (np.arange(256) != 7) & (np.arange(256) != 248)  # an encoding is even, and below 2**255
    apart = np.abs(bits[True] - bits[False])[drawn]
    assert apart.max() < 7 * np.sqrt(0.5 / size)
    scores = np.concatenate([seen[True].sum(axis=1), seen[False].sum(axis=1)])
    ranks = scores.argsort().argsort()[:size].sum()
    area = (ranks - size * (size - 1) / 2) / size**2
    assert abs(area - 0.5) < 7 * np.sqrt(1 / (6 * size))


def test_same_input_never_looks_the_same_twice() -> None:
    given = affected.asked(*cards(1))
    assert len({oprf.blind(given)[1] for _time in range(20)}) == 20


def _transcript(people: range) -> np.ndarray:
    """What the server sees of these people, a row of bytes for each."""
    sent = b"".join(oprf.blind(affected.asked(*cards(number)))[1] for number in people)
    return np.frombuffer(sent, dtype=np.uint8).reshape(len(people), 32)


def test_the_public_is_led_to_it_while_it_is_open_and_no_longer(check: ResidentCheck, desk: Desk) -> None:
    visitor, led = Client(), f'href="/cek-warga/{check.pk}"'
    dataset = check.incident.dataset
    assert dataset is not None
    page = visitor.get(dataset.get_absolute_url())
    assert (page.status_code, led in page.content.decode()) == (410, True)
    assert dataset.title not in page.content.decode()
    assert 'href="/cek-warga"' in visitor.get("/status").content.decode()
    other = desk.publish(TABLE.replace(b"9811", b"9812"), title="Jumlah penduduk menurut desa")
    quarantine(other, person=desk.duty, by=actor(desk.duty), because="Keliru.")
    assert "cek-warga" not in visitor.get(other.get_absolute_url()).content.decode()
    checking.close_check(check, person=desk.ppdp, by=actor(desk.ppdp))
    for address in (dataset.get_absolute_url(), "/status"):
        assert "cek-warga" not in visitor.get(address).content.decode()


def test_an_incident_of_an_organisation_takes_every_dataset_in_it(incident: Incident, desk: Desk) -> None:
    desk.publish(TABLE.replace(b"9811", b"9812"), title="Jumlah penduduk menurut desa")  # a table without people
    wide = shut_district(desk)
    made = checking.open_check(wide, **acts(desk), columns="NIK")
    prepare_check.call(made.pk)
    made.refresh_from_db()
    assert (made.state, made.code) == (CheckState.OPEN, "")
    assert found(Client(), made, *cards(3)) and not found(Client(), made, *cards(4000))
    assert incident.dataset is not None
    page = Client().get(incident.dataset.get_absolute_url())
    assert (page.status_code, f'href="/cek-warga/{made.pk}"' in page.content.decode()) == (410, True)
    Organisation.objects.filter(pk=desk.village.pk).update(kode="3308132001")
    assert f'href="/cek-warga/{made.pk}"' in Client().get("/desa/3308132001").content.decode()


def test_more_than_memory_takes_asks_for_a_file(
    incident: Incident, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "MOST_BYTES", 10)
    made = checking.open_check(incident, **acts(desk), columns="NIK")
    prepare_check.call(made.pk)
    made.refresh_from_db()
    assert (made.state, made.code) == (CheckState.PREPARING, "too-much")
    assert "bawa berkas orangnya" in signed_in(desk.ppdp).get("/meja/cek-warga/").content.decode()


def test_data_that_leaked_elsewhere_is_brought_sealed_and_gone_once_read(desk: Desk, home: Path) -> None:
    wide = shut_portal(desk)
    ppdp, leaked = signed_in(desk.ppdp), register(700, 20)
    address, told = f"/meja/cek-warga/{wide.pk}/buka", {"columns": "NIK, nama", "because": "Bocor di tempat lain."}
    assert "Berkas yang beredar" in ppdp.get("/meja/cek-warga/").content.decode()
    for wrong in ([upload(b"")], [upload(leaked), upload(leaked)]):
        assert ppdp.post(address, {**told, "file": wrong}).status_code == 422
    assert signed_in(desk.walidata).post(address, {**told, "file": upload(leaked)}).status_code == 403
    assert ppdp.post(address, {**told, "file": upload(leaked)}).status_code == 302
    made = ResidentCheck.objects.get()
    lies = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert brought.is_here(made) and not [one for one in numbers(700, 20) if one.encode() in lies]
    assert len(Event.objects.get(kind=Kind.CHECK_OPENED).details["digest"]) == 32
    prepare_check.call(made.pk)
    made.refresh_from_db()
    assert (made.state, made.code, brought.is_here(made)) == (CheckState.OPEN, "", False)
    assert not list((home / "tracing" / "checks").glob("*.berkas*"))
    assert found(Client(), made, *cards(703)) and not found(Client(), made, *cards(3))
    assert 'href="/cek-warga"' in Client().get("/").content.decode()  # the page that stands for the shut portal


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"kosong", TABLE])
def test_a_brought_file_of_which_nothing_comes_is_gone_as_well(content: bytes, desk: Desk, home: Path) -> None:
    sealed = vault.seal_bytes([content], name="bocor.csv")
    made = checking.open_check(shut_portal(desk), **acts(desk), columns="NIK", sealed=sealed)
    prepare_check.call(made.pk)
    made.refresh_from_db()
    assert made.state == CheckState.PREPARING and made.code in ("nobody", "not-wholly-read")
    assert not list((home / "tracing" / "checks").glob("*.berkas*"))


def test_a_brought_file_that_was_changed_makes_no_filters_and_closing_destroys_it(desk: Desk, home: Path) -> None:
    wide = shut_portal(desk)
    for broken in (b"x", None):
        sealed = vault.seal_bytes([register(700, 20)], name="bocor.csv")
        made = checking.open_check(wide, **acts(desk), columns="NIK", sealed=sealed)
        if broken:
            (home / "tracing" / "checks" / f"{made.pk}.berkas").write_bytes(broken)
            prepare_check.call(made.pk)
            made.refresh_from_db()
            assert (made.state, made.code) == (CheckState.PREPARING, "damaged")
        checking.close_check(made, person=desk.ppdp, by=actor(desk.ppdp))
        assert not list((home / "tracing" / "checks").iterdir())
