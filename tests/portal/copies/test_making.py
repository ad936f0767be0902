"""From a held register to sealed, marked copies: two people, nothing in clear, no digit that unmasks anybody."""

import io
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import polars as pl
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from lumbung.portal.accounts.models import Membership
from lumbung.portal.accounts.permissions import Conflicting, Refused, Unfit
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.copies import asking, making, masks, queries, recording, signing, store, whose
from lumbung.portal.copies.asking import Recipient
from lumbung.portal.copies.jobs import keep_copies, make_copies
from lumbung.portal.copies.masks import Mask
from lumbung.portal.copies.models import Format, Handout, HandoutKind
from lumbung.portal.intake.actions import shred
from lumbung.portal.intake.models import Submission
from lumbung.tracing.signable import PLACE
from tests.portal.copies.conftest import Ask, numbers
from tests.portal.shelves import Desk, actor, signed_in, somebody

pytestmark = pytest.mark.django_db


def tables(handout: Handout) -> list[pl.DataFrame]:
    """Every copy as its recipient would read it."""
    plain = [store.plain_of(copy) for copy in handout.copies.order_by("number")]
    return [pl.read_csv(io.BytesIO(one), infer_schema=False) for one in plain]


def files(home: Path) -> Iterator[bytes]:
    return (path.read_bytes() for path in home.rglob("*") if path.is_file() and path.suffix != ".json")


def test_copies_differ_and_no_two_of_them_show_a_digit_of_the_core(ready: Ask) -> None:
    handout = ready(fifth_basis="Peraturan contoh pasal 2")
    made = tables(handout)
    assert len({copy.sha256 for copy in handout.copies.all()}) == 3
    rows = [{(row["NAMA"], row["TANGGAL LAHIR"]): row for row in one.iter_rows(named=True)} for one in made]
    for first, second in combinations(rows, 2):
        assert first.keys() == second.keys()
        for person, row in first.items():
            for column in ("NIK", "NOMOR KK"):
                together = [a if a != "*" else b for a, b in zip(row[column], second[person][column], strict=True)]
                assert set(together[-4:]) == {"*"}
            assert {**row, "NIK": ""} == {**second[person], "NIK": ""}, "a value was altered"
    text = "".join(one.write_csv() for one in made)
    assert not any(number in text for number in numbers()), "also none in an address"
    assert "'=1+1" in text, "a formula stays a text"


def test_without_a_rule_there_is_no_fifth_masked_digit_and_only_the_fewest_columns(ready: Ask) -> None:
    handout = ready(columns=("nik",), kind=HandoutKind.VOTERS)
    (first, second, _) = tables(handout)
    assert first.columns == ["NIK", "NAMA", "TANGGAL LAHIR"]
    assert all(number.count("*") in (4, len(number)) for number in first["NIK"])
    assert first["NAMA"].to_list() != second["NAMA"].to_list(), "the order is the mark"


def test_nothing_lies_in_clear_and_the_secret_is_committed_before_anything_is_handed_over(
    ready: Ask, home: Path
) -> None:
    handout = ready(columns=("hamlet",))
    names = {name.encode() for name in tables(handout)[0]["NAMA"].head(20)}
    assert not any(name in content for content in files(home) for name in names if len(name) > 9)
    committed = Event.objects.get(kind=Kind.COPIES_COMMITTED)
    assert committed.sequence == handout.line and committed.details["commitment"] == handout.commitment
    assert committed.sequence < Event.objects.get(kind=Kind.COPIES_MADE).sequence
    told = json.dumps([event.details for event in Event.objects.all()])
    assert not any(number in told for number in numbers())
    assert recording.handover(handout)["commitment"] == handout.commitment


def test_a_printed_copy_is_signed_and_one_changed_byte_is_seen(ready: Ask, tmp_path: Path) -> None:
    copy = ready(format=Format.PDF, columns=("nik", "hamlet")).copies.get(number=1)
    paper = store.plain_of(copy)
    assert paper.startswith(b"%PDF-") and PLACE.hex().encode() not in paper
    start, begin, end, rest = map(int, re.search(rb"/ByteRange \[ (\d+) (\d+) (\d+) (\d+) *\]", paper).groups())
    assert (start, end + rest) == (0, len(paper))
    signed, blob = paper[:begin] + paper[end:], bytes.fromhex(paper[begin + 1 : end - 1].decode())
    assert _verifies(signed, blob, tmp_path)
    assert not _verifies(signed.replace(b"Lumbung", b"Lambung", 1), blob, tmp_path)
    with pytest.raises(signing.NotSignable):
        signing.signed(b"%PDF-1.4 without a place")


def _verifies(content: bytes, blob: bytes, folder: Path) -> bool:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not here: the signature was not checked by another program")
    (folder / "content").write_bytes(content)
    (folder / "blob").write_bytes(blob)
    arguments = ["cms", "-verify", "-noverify", "-binary", "-inform", "DER", "-in", "blob", "-content", "content"]
    run = subprocess.run([openssl, *arguments, "-out", "out"], cwd=folder, capture_output=True, check=False)
    return run.returncode == 0


def test_who_asked_does_not_approve_and_strangers_do_not_ask(desk: Desk, ask: Ask, held: Submission) -> None:
    Membership.objects.create(person=desk.producer, organisation=desk.village, role=Role.PPDP)
    handout = ask()
    yes = {"approve": True, "because": "Saya sendiri."}
    with pytest.raises(Refused) as refused:
        asking.decide(handout, person=desk.producer, by=actor(desk.producer), **yes)
    assert refused.value.code == "own-request"
    for person in (desk.stranger, desk.walidata, desk.admin):
        with pytest.raises(Refused):
            asking.decide(handout, person=person, by=actor(person), **yes)
    assert queries.registers_for(desk.stranger) == [] and queries.registers_for(desk.producer) == [held]
    with pytest.raises(IntegrityError), transaction.atomic():
        Handout.objects.filter(pk=handout.pk).update(decided_by=desk.producer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Handout.objects.filter(pk=handout.pk).update(state="ready")
    make_copies.call(str(handout.pk))
    handout.refresh_from_db()
    assert handout.state == "asked" and not handout.copies.exclude(storage_key="").exists()


def test_a_second_decision_changes_nothing(desk: Desk, ask: Ask) -> None:
    handout = ask()
    told = {"person": desk.ppdp, "by": actor(desk.ppdp), "because": "Tidak perlu."}
    asking.decide(handout, approve=False, **told)  # type: ignore[arg-type]
    with pytest.raises(Conflicting):
        asking.decide(handout, approve=True, **told)  # type: ignore[arg-type]


TODAY = timezone.localdate
BAD = [
    {"return_by": None},
    {"return_by": TODAY()},
    {"return_by": TODAY() + timedelta(days=800)},
    {"recipients": ()},
    {"recipients": (Recipient(institution="A", contact="b"), Recipient(institution=" a ", contact="c"))},
    {"recipients": (Recipient(institution="A", contact=" "),)},
    {"recipients": (Recipient(institution="A", contact="b", age_key="age1bukan"),)},
    {"legal_basis": ""},
    {"purpose": "untuk 3308134504909001"},
    {"kind": HandoutKind.VOTERS, "canaries": 3, "canary_basis": "Pasal 9"},
    {"canaries": 3},
]


@pytest.mark.parametrize("changes", BAD, ids=range(len(BAD)))
def test_what_cannot_be_asked_for(ask: Ask, changes: dict[str, object]) -> None:
    with pytest.raises(Unfit):
        ask(**changes)
    assert not Handout.objects.exists()


def test_the_form_wants_a_day_and_another_village_finds_nothing(desk: Desk, held: Submission) -> None:
    told = {
        "kind": "extract", "recipients": "BPS; Kepala", "legal_basis": "Pasal 1", "purpose": "Cek.", "mask": "ten",
        "format": "csv", "columns": ["hamlet"], "canaries": "0",
    }  # fmt: skip
    address = f"/meja/salinan/minta/{held.pk}"
    neighbour = somebody(Role.PRODUSEN, desk.neighbour)
    for other in (neighbour, desk.ppdp, desk.admin, desk.duty):
        assert signed_in(other).post(address, {**told, "return_by": "2099-01-01"}).status_code == 404
    assert signed_in(desk.producer).post(address, told).status_code == 422
    assert signed_in(desk.producer).post(address, {**told, "recipients": "BPS"}).status_code == 422
    assert not Handout.objects.exists()
    day = (TODAY() + timedelta(days=9)).isoformat()
    made = signed_in(desk.producer).post(address, {**told, "return_by": day})
    assert made.status_code == 302 and signed_in(neighbour).get(made.headers["Location"]).status_code == 404
    assert Handout.objects.get().shown == {"nik": [], "kk": []}


def test_a_copy_that_would_unmask_beside_an_earlier_one_is_refused(ask: Ask) -> None:
    earlier = ask()
    Handout.objects.filter(pk=earlier.pk).update(shown={"nik": [12, 13, 14, 15], "kk": []})  # handed out elsewhere
    with pytest.raises(Unfit) as refused:
        ask(mask=Mask.TEN)
    assert refused.value.code == "unmasks"
    with pytest.raises(Unfit):
        masks.check_together({"nik": [*range(13)]}, [])


def test_the_database_keeps_invented_people_out_of_a_voter_list(ask: Ask) -> None:
    handout = ask(kind=HandoutKind.VOTERS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Handout.objects.filter(pk=handout.pk).update(canaries=5, canary_basis="Pasal 9")


def test_the_register_may_go_and_what_was_handed_out_can_still_be_traced(desk: Desk, ready: Ask, ask: Ask) -> None:
    handout, late = ready(fifth_basis="Pasal 2"), ask()
    sample = store.plain_of(handout.copies.get(number=2))
    shred(handout.submission, by=actor(desk.ppdp), because="Selesai.")
    verdict = whose.ask(handout, io.BytesIO(sample), person=desk.ppdp, by=actor(desk.ppdp))
    assert verdict.named == ["Partai Ubi"]
    with pytest.raises(Conflicting):
        asking.decide(late, person=desk.ppdp, by=actor(desk.ppdp), approve=True, because="Terlambat.")


def test_what_a_dead_worker_left_is_taken_up_and_given_up_the_third_time(desk: Desk, ask: Ask) -> None:
    handout = ask()
    asking.decide(handout, person=desk.ppdp, by=actor(desk.ppdp), approve=True, because="Ada dasarnya.")
    for attempt in (1, 2, 3):
        assert making.begin(str(handout.pk)).attempts == attempt
        assert making.begin(str(handout.pk)) is None  # in other hands
        Handout.objects.update(heartbeat=timezone.now() - timedelta(minutes=5))
        keep_copies()
    assert making.begin(str(handout.pk)) is None
    handout.refresh_from_db()
    assert (handout.state, handout.code) == ("failed", "interrupted")


def test_making_twice_and_a_register_that_is_gone(desk: Desk, ask: Ask) -> None:
    handout = ask()
    asking.decide(handout, person=desk.ppdp, by=actor(desk.ppdp), approve=True, because="Ada dasarnya.")
    Submission.objects.filter(pk=handout.submission_id).update(
        state="shredded", storage_key="", shredded_at=timezone.now()
    )
    make_copies.call(str(handout.pk))
    make_copies.call(str(handout.pk))
    handout.refresh_from_db()
    assert (handout.state, handout.code) == ("failed", "register-gone")
