"""The desk: who may ask, what is written down, what is refused; a sample leaves nothing behind but figures."""

import json
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
import typer
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from lumbung.cli import evidence
from lumbung.portal.accounts.models import Membership, Person
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.keys import trace_key
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.incidents import age
from lumbung.portal.incidents.actions import open_incident
from lumbung.portal.publication.actions import quarantine
from lumbung.portal.tracing import asking, letters, permissions
from lumbung.portal.tracing.jobs import answer_question
from lumbung.portal.tracing.models import Asked, Holding, Question, Sample
from lumbung.portal.tracing.permissions import TooMany
from lumbung.portal.tracing.places import place
from lumbung.portal.tracing.states import QuestionState
from lumbung.trace.index import About, write
from tests.portal.shelves import Desk, actor, signed_in, somebody
from tests.portal.tracing.people import numbers, register

pytestmark = pytest.mark.django_db(transaction=True)
Ask = Callable[..., Question]


def text_of(page: object) -> str:
    return " ".join(page.content.decode().split())  # type: ignore[attr-defined]


def upload(content: bytes, name: str = "contoh.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_question_from_the_form_to_the_letter(desk: Desk, tracer: Person, home: Path) -> None:
    desk.send(register())
    client = signed_in(tracer)
    assert "Belum ada pertanyaan" in text_of(client.get("/meja/telusur/"))
    told = {"because": "Ditawarkan di forum.", "file": upload(register(600, 40))}
    assert client.post("/meja/telusur/milik-siapa", told).status_code == 302
    question = Question.objects.get()
    page = f"/meja/telusur/{question.pk}"
    assert "Menunggu giliran" in text_of(client.get(page))
    assert client.get(f"{page}/kemajuan").status_code == 200
    answer_question.call(str(question.pk))
    assert client.get(f"{page}/kemajuan")["HX-Refresh"] == "true"
    shown = text_of(client.get(page))
    assert "Bukan dari yang kita uji" in shown
    assert "paling banyak 7,5 %" in shown
    paper = client.post(f"{page}/t6.docx")
    assert paper["Content-Disposition"].endswith('.docx"')
    assert client.post(f"{page}/t6.pdf").content.startswith(b"%PDF")
    assert not Sample.objects.exists()
    assert not list((home / "tracing" / "samples").iterdir())
    assert not list((home / "tracing" / "work").iterdir())
    asked, answered = (Event.objects.get(kind=kind) for kind in (Kind.TRACE_ASKED, Kind.TRACE_ANSWERED))
    assert (asked.because, asked.details["digest"]) == ("Ditawarkan di forum.", question.digest)
    assert (answered.details["rows"], answered.details["verdict"]) == (40, "none")
    assert Event.objects.filter(kind=Kind.TRACE_LETTER_TAKEN).count() == 2
    assert "bertanya di meja telusur" in text_of(signed_in(desk.ppdp).get("/meja/jejak/"))


def test_no_value_of_the_sample_stays_anywhere(asked: Ask, desk: Desk, home: Path) -> None:
    desk.send(register())
    question = asked(register(0, 60))
    assert question.answer["verdict"] == "ours"
    words = [number.encode() for number in numbers()] + [b"Jl. Padi"]
    submitted = (home / "submissions").rglob("*")
    kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file() and path not in submitted)
    rows = json.dumps([*Question.objects.values(), *Event.objects.values(), *Holding.objects.values()], default=str)
    assert not [word for word in words if word in kept or word.decode() in rows]


@pytest.mark.parametrize("role", ["produsen", "walidata", "ppdp", "petugas_piket", "admin"])
def test_others_are_not_let_in(role: str, desk: Desk, asked: Ask) -> None:
    question = asked(register())
    other = signed_in({"produsen": desk.producer, "walidata": desk.walidata, "ppdp": desk.ppdp,
                       "petugas_piket": desk.duty, "admin": desk.admin}[role])  # fmt: skip
    for address in ("", "milik-siapa", "klaim", "terkena", f"{question.pk}", f"{question.pk}/kemajuan"):
        assert other.get(f"/meja/telusur/{address}").status_code == 403
    for address in ("milik-siapa", "klaim", "terkena", f"{question.pk}/musnahkan", f"{question.pk}/t6.pdf"):
        assert other.post(f"/meja/telusur/{address}", {"because": "x"}).status_code == 403


def test_the_menu_marks_one_entry(tracer: Person) -> None:
    page = signed_in(tracer).get("/meja/telusur/sidik").content.decode()
    menu = page.partition('class="desk-menu"')[2].partition("</nav>")[0]
    assert "/meja/telusur/" in menu
    assert menu.count("aria-current") == 1


def test_a_village_never_asks_nor_does_a_producer(desk: Desk, tracer: Person) -> None:
    in_village = somebody(Role.PENELUSUR, desk.village)
    Membership.objects.create(person=tracer, organisation=desk.village, role=Role.PRODUSEN)
    for person in (in_village, tracer):
        with pytest.raises(Refused):
            permissions.check_traces(person)


def test_a_tracer_without_a_second_step_is_led_to_it(tracer: Person) -> None:
    tracer.invented = False
    tracer.save()
    assert signed_in(tracer).get("/meja/telusur/").status_code == 302


def test_limits_of_a_day_are_kept_in_the_database(asked: Ask, tracer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(permissions, "MOST_BY_ONE", 1)
    asked(register())
    with pytest.raises(TooMany):
        asked(register(100))
    assert Question.objects.count() == 1
    assert Event.objects.get(kind=Kind.TRACE_REFUSED).details["code"] == "many-questions"
    Question.objects.update(asked_at=timezone.now() - timedelta(days=2))
    asked(register(100))
    monkeypatch.setattr(permissions, "MOST_TOGETHER", 0)
    with pytest.raises(TooMany):
        asked(register(200))


def test_a_list_for_letters_is_sealed_to_its_officer(asked: Ask, tracer: Person, home: Path) -> None:
    secret, public = age.new_key()
    question = asked(register(0, 80), about=Asked.CONCERNED, recipient=public)
    answer = question.answer
    assert (answer["people"], answer["listed"]) == (80, 80)
    assert answer["children"] > 0
    assert answer["headings"]
    assert sum(one["people"] for one in answer["villages"]) == 80
    client = signed_in(tracer)
    assert "Unduh daftar tersandi" in text_of(client.get(f"/meja/telusur/{question.pk}"))
    taken = b"".join(client.post(f"/meja/telusur/{question.pk}/daftar").streaming_content)  # type: ignore[attr-defined]
    (home / "surat.zip").write_bytes(taken)
    (home / "kunci.txt").write_text(f"{secret}\n")
    with pytest.raises(typer.Exit):
        evidence.open_bundle(home / "surat.zip", home / "keys.json", home / "salah")
    evidence.open_bundle(home / "surat.zip", home / "kunci.txt", home / "surat")
    plain = (home / "surat" / "surat-warga.csv").read_text(encoding="utf-8-sig")
    assert plain.splitlines()[0] == "nama;alamat;rt;rw;dusun;desa"
    assert len(plain.splitlines()) == 81
    assert not [number for number in numbers(0, 80) if number in plain]
    client.post(f"/meja/telusur/{question.pk}/musnahkan")
    assert client.post(f"/meja/telusur/{question.pk}/daftar").status_code == 410
    assert not list((home / "tracing" / "lists").iterdir())


def test_destroyed_at_once_and_the_record_stays(asked: Ask, desk: Desk, tracer: Person) -> None:
    desk.send(register())
    question = asked(register())
    client = signed_in(tracer)
    assert client.post(f"/meja/telusur/{question.pk}/musnahkan").status_code == 302
    assert client.post(f"/meja/telusur/{question.pk}/musnahkan").status_code == 302
    question.refresh_from_db()
    assert (question.state, question.answer) == (QuestionState.DESTROYED, {})
    assert Event.objects.filter(kind=Kind.TRACE_DESTROYED).count() == 1
    assert "sudah dimusnahkan" in text_of(client.get(f"/meja/telusur/{question.pk}"))
    assert client.post(f"/meja/telusur/{question.pk}/t6.pdf").status_code == 409


def test_destroyed_while_it_waits_it_is_never_answered(desk: Desk, tracer: Person) -> None:
    client = signed_in(tracer)
    client.post("/meja/telusur/milik-siapa", {"because": "Forum.", "file": upload(register())})
    question = Question.objects.get()
    asking.destroy(question, person=tracer, by=actor(tracer))
    answer_question.call(str(question.pk))
    question.refresh_from_db()
    assert question.state == QuestionState.DESTROYED


def test_a_worker_that_dies_three_times_ends_it(desk: Desk, tracer: Person) -> None:
    signed_in(tracer).post("/meja/telusur/milik-siapa", {"because": "Forum.", "file": upload(register())})
    question = Question.objects.get()
    for _attempt in range(3):
        assert asking.begin(str(question.pk)) is not None
        assert asking.begin(str(question.pk)) is None
        Question.objects.update(heartbeat=timezone.now() - timedelta(minutes=5))
    assert asking.take_up_the_left() == 1
    assert asking.begin(str(question.pk)) is None
    question.refresh_from_db()
    assert (question.state, question.code) == (QuestionState.REFUSED, "interrupted")
    assert not Sample.objects.exists()


def index(home: Path, *, key: bytes, until: str = "2099-01-01", people: int = 40) -> bytes:
    """An index as an agency's closed network makes one."""
    path = home / f"luar-{len(list(home.iterdir()))}.sidik"
    random = np.random.default_rng(3)
    about = About(source="siak", version="2026-06", made="2026-11-22", until=until, rows=people)
    write(path, {"nik": random.integers(0, 2**63, people, dtype=np.uint64)}, about=about, key=key)
    content = path.read_bytes()
    path.unlink()
    return content


def test_an_index_is_brought_checked_and_asked(desk: Desk, tracer: Person, home: Path, asked: Ask) -> None:
    client, good = signed_in(tracer), index(home, key=trace_key())
    refused = {
        "bukan berkas sidik": b"nik;nama\n1;2\n" * 900,
        "terpotong": good[:-8],
        "kunci lain": index(home, key=bytes(32)),
        "berubah sejak dibuat": good[:5000] + b"\x00\x01" + good[5002:] if len(good) > 5002 else good[:-1] + b"\x01",
        "lewat tanggal musnahnya": index(home, key=trace_key(), until=(date.today() - timedelta(days=2)).isoformat()),
    }
    for said, content in refused.items():
        page = client.post("/meja/telusur/sidik", {"file": upload(content, "siak.sidik")})
        assert (page.status_code, said in text_of(page)) == (422, True), said
    assert not Holding.objects.exists()
    assert Event.objects.filter(kind=Kind.FINGERPRINTS_REFUSED).count() == len(refused)
    assert client.post("/meja/telusur/sidik", {"file": upload(good, "siak.sidik")}).status_code == 302
    assert client.post("/meja/telusur/sidik", {"file": upload(good, "siak.sidik")}).status_code == 409
    assert "siak, 2026-06" in text_of(client.get("/meja/telusur/sidik"))
    assert asked(register()).answer["verdict"] == "none"
    number = Holding.objects.get().pk
    assert client.post(f"/meja/telusur/sidik/{number}/musnahkan", {"because": "x"}).status_code == 403
    ppdp = signed_in(desk.ppdp)
    assert "siak, 2026-06" in text_of(ppdp.get("/meja/telusur/sidik"))
    assert ppdp.post(f"/meja/telusur/sidik/{number}/musnahkan", {"because": ""}).status_code == 422
    assert ppdp.post(f"/meja/telusur/sidik/{number}/musnahkan", {"because": "Selesai."}).status_code == 302
    assert client.post("/meja/telusur/sidik", {"file": upload(good, "siak.sidik")}).status_code == 302


def test_a_letter_goes_into_an_incident_only_for_who_is_on_its_duty(desk: Desk, tracer: Person, asked: Ask) -> None:
    dataset = desk.publish()
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada NIK.")
    dataset.refresh_from_db()
    incident = open_incident(dataset)
    assert incident is not None
    desk.send(register())
    question = asked(register(600, 30))
    client = signed_in(tracer)
    address = f"/meja/telusur/{question.pk}/insiden"
    assert client.post(address, {"incident": incident.pk}).status_code == 404
    Membership.objects.create(
        person=tracer, organisation=Membership.objects.get(person=tracer).organisation, role="ppdp"
    )
    assert "Tulis ke insiden" in text_of(client.get(f"/meja/telusur/{question.pk}"))
    assert client.post(address, {"incident": incident.pk}).status_code == 302
    assert client.post(address, {"incident": "9" * 30}).status_code == 404
    text = incident.letters.get(kind="t6-bukan-dari-kami").text
    assert "30" in text
    assert letters.compared_of(question).verdict == "none"


def test_a_reason_and_a_sample_are_needed_and_numbers_are_no_reason(tracer: Person) -> None:
    client = signed_in(tracer)
    for told in (
        {"because": ""},
        {"because": "x", "file": upload(b"")},
        {"because": numbers(0, 1)[0], "file": upload(b"a")},
    ):
        assert client.post("/meja/telusur/milik-siapa", told).status_code == 422
    several = {"because": "Forum.", "file": [upload(register()), upload(register())]}
    assert client.post("/meja/telusur/milik-siapa", several).status_code == 422
    assert not Question.objects.exists()


def test_a_claim_typed_in_and_as_a_file(tracer: Person) -> None:
    client = signed_in(tracer)
    typed = {"because": "Forum.", "total": "5.629.346", "of": "penduduk", "year": "2021"}
    regions = "Kab. Malang 3.165.815\nKab. Bekasi: 2.463.531\n"
    assert client.post("/meja/telusur/klaim", {**typed, "regions": regions}).status_code == 302
    toml = b'total = 5629346\nyear = 2021\nregions = [{name = "Kab. Malang", count = 3165815}]\n'
    assert client.post("/meja/telusur/klaim", {"because": "Forum.", "of": "penduduk", "file": upload(toml, "k.toml")})
    for question in Question.objects.all():
        answer_question.call(str(question.pk))
    typed_in, from_file = Question.objects.order_by("asked_at")
    assert typed_in.answer["checks"][0]["finding"] == "supports"
    assert from_file.answer["checks"][0]["finding"] == "contradicts"
    assert "membantah" in text_of(client.get(f"/meja/telusur/{from_file.pk}"))
    for wrong in ({"total": ""}, {"total": "banyak"}, {"regions": "Malang"}, {"year": "dua"}):
        assert client.post("/meja/telusur/klaim", {**typed, "regions": regions, **wrong}).status_code == 422
    broken = {"because": "Forum.", "of": "penduduk", "file": upload(b"total = ", "k.toml")}
    assert client.post("/meja/telusur/klaim", broken).status_code == 422


def test_what_a_sudden_end_left_is_swept_and_what_waits_stays(desk: Desk, tracer: Person, home: Path) -> None:
    signed_in(tracer).post("/meja/telusur/milik-siapa", {"because": "Forum.", "file": upload(register())})
    left = [place("samples") / "nobody's", place("lists") / "old.zip", place("work") / "half"]
    left[2].mkdir()
    for path in left[:2]:
        path.write_bytes(b"x")
    assert asking.sweep() == 0
    for path in [*left, *place("samples").iterdir()]:
        os.utime(path, (1, 1))
    assert asking.sweep() == 3
    assert [path.name for path in place("samples").iterdir()] == [str(Sample.objects.get().pk)]
