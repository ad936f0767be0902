"""Whose copy is this? On the desk, and with `lumbung trace accuse` from what the room hands out."""

import io
import json
from pathlib import Path

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.accounts.permissions import Conflicting, Refused, Unfit
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.copies import permissions, recording, store, whose
from lumbung.portal.copies.models import Format, Handout
from lumbung.portal.incidents import age
from tests.cli.test_trace import trace
from tests.portal.copies.conftest import Ask, numbers, register
from tests.portal.shelves import Desk, actor, signed_in, somebody

pytestmark = pytest.mark.django_db
RULE = "Peraturan contoh pasal 2"


def named(desk: Desk, handout: Handout, content: bytes) -> list[str]:
    return whose.ask(handout, io.BytesIO(content), person=desk.ppdp, by=actor(desk.ppdp)).named


def test_each_format_points_to_its_copy_and_clears_the_others(desk: Desk, ready: Ask) -> None:
    for form, fifth in ((Format.CSV, ""), (Format.XLSX, RULE), (Format.PDF, "")):
        handout = ready(format=form, fifth_basis=fifth, columns=("nik", "hamlet"))
        for copy in handout.copies.all():
            assert named(desk, handout, store.plain_of(copy)) == [copy.institution], form
    assert named(desk, handout, register()) == []


def test_sorted_and_without_numbers_print_and_code_still_tell(desk: Desk, ready: Ask) -> None:
    handout = ready(fifth_basis=RULE, columns=("nik", "hamlet"))
    table = pl.read_csv(io.BytesIO(store.plain_of(handout.copies.get(number=0))), infer_schema=False)
    in_order = table.sort("NAMA")
    assert named(desk, handout, in_order.write_csv().encode()) == ["Partai Padi"]
    assert (
        named(desk, handout, in_order.drop("NIK").write_csv().encode()) == []
    )  # no mark is left, and nobody is named


def test_few_rows_strangers_and_too_many_questions(desk: Desk, ready: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    handout = ready()
    head = b"\n".join(store.plain_of(handout.copies.get(number=0)).splitlines()[:9])
    for content in (head, b"", b"\x00\x01", b"a;b\n1;2\n"):
        with pytest.raises(Unfit):
            named(desk, handout, content)
    for person in (desk.producer, desk.walidata, desk.admin, desk.stranger):
        with pytest.raises(Refused):
            whose.ask(handout, io.BytesIO(register()), person=person, by=actor(person))
        assert signed_in(person).get(f"/meja/salinan/{handout.pk}/lacak").status_code == 404
    monkeypatch.setattr(permissions, "QUESTIONS", 1)
    named(desk, handout, register())
    with pytest.raises(permissions.TooMany):
        named(desk, handout, register())


def test_one_real_person_among_strangers_is_not_told(desk: Desk, ready: Ask) -> None:
    handout = ready(fifth_basis=RULE, columns=("nik",))
    head, *rows = store.plain_of(handout.copies.get(number=0)).decode().splitlines()
    strangers = [f"330813{n:02d}0490****,Orang Asing {'ABCDEFGHIJKLMNOP'[n]},{n + 10}-04-1990" for n in range(15)]
    answers = []
    for known in (0, 1, 9):
        sample = "\n".join([head, *rows[:known], *strangers]).encode()
        verdict = whose.ask(handout, io.BytesIO(sample), person=desk.ppdp, by=actor(desk.ppdp))
        answers.append((verdict.scores, verdict.named))
    assert answers == [([], [])] * 3
    sample = "\n".join([head, *rows[:40], *strangers]).encode()
    assert named(desk, handout, sample) == ["Partai Padi"]


def test_the_desk_answers_a_file_and_writes_a_line(desk: Desk, ready: Ask) -> None:
    handout = ready()
    tracer = somebody(Role.PENELUSUR, Organisation.objects.get(depth=1))
    sample = SimpleUploadedFile("bocor.csv", store.plain_of(handout.copies.get(number=2)))
    answer = signed_in(tracer).post(f"/meja/salinan/{handout.pk}/lacak", {"file": sample})
    page = answer.content.decode()
    assert answer.status_code == 200 and page.count("Partai Ubi") == 2 and page.count("Partai Padi") == 1
    assert not any(number in page for number in numbers())
    assert Event.objects.get(kind=Kind.COPIES_TRACED).details == {"named": 1, "copies": 3}


def test_a_third_party_accuses_without_the_portal(
    desk: Desk, ready: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handout = ready()
    secret, public = age.new_key()
    with pytest.raises(Unfit):
        recording.sealed_secret(handout, key="age1", person=desk.ppdp, by=actor(desk.ppdp))
    with pytest.raises(Refused):
        recording.sealed_secret(handout, key=public, person=desk.producer, by=actor(desk.producer))
    sealed = recording.sealed_secret(handout, key=public, person=desk.ppdp, by=actor(desk.ppdp))
    (tmp_path / "rahasia.json").write_bytes(b"".join(age.opened(io.BytesIO(sealed), secret=secret)))
    (tmp_path / "serah-terima.json").write_text(json.dumps(recording.handover(handout)))
    (tmp_path / "bocor.csv").write_bytes(store.plain_of(handout.copies.get(number=1)))
    monkeypatch.setenv("LUMBUNG_HOME", str(tmp_path))
    told = ["--secret", str(tmp_path / "rahasia.json"), "--handover", str(tmp_path / "serah-terima.json"), "--json"]
    run = trace("accuse", tmp_path / "bocor.csv", *told)
    assert run.exit_code == 0 and json.loads(run.stdout)["named"] == ["Partai Jagung"]


def test_a_secret_that_was_not_committed_to_accuses_nobody(desk: Desk, ready: Ask) -> None:
    handout = ready()
    other = ready(purpose="Yang lain.")
    content = store.secret_of(bytes(other.sealed_secret), bound_to=other.pk.bytes)
    handout.sealed_secret = store.sealed_secret(content, bound_to=handout.pk.bytes)
    with pytest.raises(Conflicting):
        named(desk, handout, register())
    handout.sealed_secret = b""
    with pytest.raises(Conflicting):
        named(desk, handout, register())
