"""Controlled copies among what is asked: a leaked copy leads to the desk that can tell whose it was."""

from collections.abc import Callable
from datetime import timedelta

import polars as pl
import pytest
from django.utils import timezone

from lumbung.portal.accounts.models import Membership, Organisation, Person
from lumbung.portal.copies import store
from lumbung.portal.copies.models import Format, Handout
from lumbung.portal.tracing import comparing, handed
from lumbung.portal.tracing.models import Question
from tests.portal.copies import conftest as copying
from tests.portal.copies.conftest import register
from tests.portal.shelves import Desk, signed_in
from tests.portal.tracing.test_desk import text_of

pytestmark = pytest.mark.django_db(transaction=True)
held, ask, ready = copying.held, copying.ask, copying.ready
Ask = Callable[..., Question]
Copied = Callable[..., Handout]
RULE = "Peraturan contoh pasal 3"


def shown(question: Question, person: Person) -> str:
    return text_of(signed_in(person).get(f"/meja/telusur/{question.pk}"))


def test_a_leaked_copy_leads_to_the_desk_of_copies_and_names_no_recipient(
    desk: Desk, ready: Copied, asked: Ask, tracer: Person
) -> None:
    handout = ready(columns=("nik", "hamlet"))
    question = asked(store.plain_of(handout.copies.get(number=1)))
    of_copies = [one for one in question.answer["versions"] if one["handouts"]]
    assert [one["handouts"] for one in of_copies] == [[str(handout.pk)]], "one version for all recipients"
    assert of_copies[0]["source"] == handout.organisation.slug
    assert of_copies[0]["version"].startswith("salinan terbatas untuk 3 penerima, 20")
    assert question.answer["verdict"] == "ours"
    page = shown(question, tracer)
    assert "Salinan siapa ini?" in page and f"/meja/salinan/{handout.pk}/lacak" in page
    assert "Partai" not in page
    listed = text_of(signed_in(tracer).get("/meja/telusur/sidik"))
    assert f"{of_copies[0]['version']}: musnah setelah" in listed
    assert signed_in(tracer).get(f"/meja/salinan/{handout.pk}/lacak").status_code == 200
    assert signed_in(tracer).post(f"/meja/telusur/{question.pk}/t6.pdf").content.startswith(b"%PDF")


def test_who_may_not_ask_about_copies_there_is_led_to_nobody(
    desk: Desk, ready: Copied, asked: Ask, tracer: Person
) -> None:
    handout = ready(columns=("hamlet",))
    question = asked(store.plain_of(handout.copies.get(number=0)))
    above = Organisation.objects.get_root(desk.village)
    agency = Organisation.objects.add_child(above, {"slug": "dinas", "name": "Dinas", "kind": "agency"})
    Membership.objects.filter(person=tracer).update(organisation=agency)
    page = shown(question, tracer)
    assert "mintalah PPDP-nya" in page and str(handout.pk) not in page


def test_whole_numbers_are_of_the_register_and_never_of_a_copy_that_hides_them(ready: Copied, asked: Ask) -> None:
    ready(columns=("nik",))
    question = asked(register())
    likely = {bool(one["handouts"]): one["probability"] for one in question.answer["versions"]}
    assert likely[False] > 0.99 > 0.01 > likely[True]
    assert question.answer["version"] is not None


def test_strangers_match_no_copy_and_lead_nowhere(ready: Copied, asked: Ask, tracer: Person) -> None:
    ready()
    strangers = pl.DataFrame(
        {"NAMA": [f"Orang Asing {letter}" for letter in "ABCDEFGHIJKLMNOP"], "TANGGAL LAHIR": ["01-04-1990"] * 16}
    )
    question = asked(strangers.write_csv().encode())
    assert question.answer["verdict"] == "none"
    assert "Salinan siapa ini?" not in shown(question, tracer)


def test_invented_residents_of_every_copy_are_known(ready: Copied, asked: Ask) -> None:
    handout = ready(canaries=2, canary_basis=RULE, columns=("hamlet",), format=Format.CSV)
    (version,) = [one for one in comparing.opened()[0] if one.handouts]
    people = handout.rows + 3 * handout.canaries
    assert len(version.index.numbers["name-birth"]) == people
    question = asked(store.plain_of(handout.copies.get(number=2)))
    best = max(question.answer["versions"], key=lambda one: one["probability"])
    assert best["handouts"] == [str(handout.pk)], "its invented residents stand in no register"


def test_past_its_day_damaged_or_gone_it_is_said_and_not_asked(
    ready: Copied, asked: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    handout = ready(columns=("hamlet",))
    leaked = store.plain_of(handout.copies.get(number=0))
    path = store.index_of(handout.copies.get(number=0))
    content = path.read_bytes()
    path.write_bytes(content[:-8])
    answer = asked(leaked).answer
    assert list(answer["unusable"].values()) == ["cut-off"]
    assert not [one for one in answer["versions"] if one["handouts"]]
    path.write_bytes(content)
    later = timezone.localdate() + timedelta(days=2000)
    with monkeypatch.context() as patch:
        patch.setattr(handed.timezone, "localdate", lambda *_moment: later)
        assert [index for _handout, _called, index in handed.versions()] == ["expired"]
    for copy in handout.copies.all():
        store.index_of(copy).unlink()
    assert not list(handed.versions())
