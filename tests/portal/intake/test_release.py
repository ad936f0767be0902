"""A held file and the PPDP: asked with a law, answered by another person, never for what the law keeps for itself."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting, Unfit
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.vocabulary import Ground
from lumbung.portal.intake import releasing
from lumbung.portal.intake.models import Answer, ReleaseRequest, Submission
from lumbung.portal.intake.permissions import appealable_codes
from lumbung.portal.intake.queries import is_cleared
from lumbung.portal.intake.states import State
from lumbung.portal.intake.weighing import Weighed
from tests.portal.conftest import Regency
from tests.portal.intake.conftest import MakePerson, Receive, kinds, register, secret_numbers

PHONES = "nama petugas;telepon\n" + "".join(f"Petugas {n};0812-9000-00{n:02}\n" for n in range(10, 30))
QUESTION = {"legal_basis": "UU 14/2008 Pasal 11", "because": "Kontak layanan umum."}
ANSWER = {"because": "Nomor kantor, bukan pribadi.", "ground": "mutu"}
NOT_EXEMPT = Weighed(ground=Ground.QUALITY)
SIDES = {"ground": "17h", "if_opened": "Petugas ditelepon di luar jam kerja.", "if_closed": "Warga sulit bertanya."}


@pytest.fixture
def held(inspected: Receive) -> Submission:
    """A file held by a rule that a PPDP may release, whatever the thresholds of the day make of it."""
    submission = inspected(PHONES.encode(), name="kontak.csv")
    reason = {
        "code": "phone",
        "severity": "hold",
        "citation": "UU 27/2022 Pasal 4 ayat (3)",
        "place": {"column": "B", "header": "telepon", "row": "2-21"},
        "hits": 20,
        "of": 20,
        "evidence": {},
        "masked": [],
    }
    inspection = {**submission.inspection, "verdict": "hold", "reasons": [reason], "unread": []}
    Submission.objects.filter(pk=submission.pk).update(state=State.HELD, inspection=inspection)
    submission.refresh_from_db()
    return submission


@pytest.fixture
def ppdp(regency: Regency, person: MakePerson) -> Person:
    return person("ppdp", regency.top)


Ask = Callable[..., ReleaseRequest]


@pytest.fixture
def ask(producer: Person, actor: Actor) -> Ask:
    def question(submission: Submission) -> ReleaseRequest:
        return releasing.request_release(submission, person=producer, by=actor, **QUESTION)

    return question


def test_asked_and_granted(held: Submission, ppdp: Person, producer: Person, client: Client) -> None:
    client.force_login(producer)
    assert "Isi permintaan" in client.get(held.get_absolute_url()).content.decode()
    client.post(f"{held.get_absolute_url()}/pelepasan", QUESTION)
    question = ReleaseRequest.objects.get()
    held.refresh_from_db()
    assert held.state == State.HELD
    client.force_login(ppdp)
    assert f"/meja/pelepasan/{question.pk}" in client.get("/meja/pelepasan/").content.decode()
    assert "UU 14/2008 Pasal 11" in client.get(f"/meja/pelepasan/{question.pk}").content.decode()
    client.post(f"/meja/pelepasan/{question.pk}", {"answer": "granted", **ANSWER})
    held.refresh_from_db()
    assert (held.state, held.released_codes) == (State.IN_REVIEW, ["phone"])
    assert is_cleared(held)
    assert kinds()[-2:] == [Kind.RELEASE_REQUESTED, Kind.RELEASE_GRANTED]
    line = Event.objects.get(kind=Kind.RELEASE_GRANTED)
    assert line.details == {"codes": ["phone"], "legal_basis": "UU 14/2008 Pasal 11", "ground": "mutu"}
    assert line.actor == f"person:{ppdp.pk}"


def test_asked_and_refused(held: Submission, ppdp: Person, ask: Ask, client: Client) -> None:
    question = ask(held)
    client.force_login(ppdp)
    client.post(f"/meja/pelepasan/{question.pk}", {"answer": "refused", **ANSWER})
    held.refresh_from_db()
    question.refresh_from_db()
    assert (held.state, held.released_codes, question.answer) == (State.HELD, [], Answer.REFUSED)
    assert kinds()[-1] == Kind.RELEASE_REFUSED
    assert not is_cleared(held)


@pytest.mark.parametrize(
    "given",
    [
        {"ground": ""},
        {"ground": "17z"},
        {"ground": "17h"},
        {**SIDES, "if_closed": " "},
        {**SIDES, "if_opened": secret_numbers(1)[0]},
        {**SIDES, "answer": "refused"},
        {**SIDES, "answer": "refused", "until": "2001-01-01"},
    ],
)
def test_no_answer_without_its_uji_konsekuensi(
    given: dict[str, str], held: Submission, ppdp: Person, ask: Ask, client: Client
) -> None:
    question = ask(held)
    client.force_login(ppdp)
    page = client.post(f"/meja/pelepasan/{question.pk}", {"answer": "granted", **ANSWER, **given})
    assert page.status_code == 422
    question.refresh_from_db()
    assert (question.answer, question.ground) == (Answer.WAITING, "")


@pytest.mark.parametrize(("answer", "until"), [("granted", None), ("refused", timezone.localdate() + timedelta(9))])
def test_what_was_weighed_stays_with_the_answer(
    answer: str, until: date | None, held: Submission, ppdp: Person, ask: Ask, client: Client
) -> None:
    question = ask(held)
    client.force_login(ppdp)
    given = {"answer": answer, **ANSWER, **SIDES, **({"until": until.isoformat()} if until else {})}
    client.post(f"/meja/pelepasan/{question.pk}", given)
    question.refresh_from_db()
    assert (question.answer, question.ground, question.until) == (answer, "17h", until)
    for address in (f"/meja/pelepasan/{question.pk}", held.get_absolute_url()):
        shown = client.get(address).content.decode()
        assert SIDES["if_opened"] in shown
        assert SIDES["if_closed"] in shown
    line = Event.objects.get(kind=f"release-{answer}")
    assert line.details["ground"] == "17h"
    assert SIDES["if_opened"] not in str(Event.objects.values())


@pytest.mark.parametrize("grant", [True, False])
def test_the_verb_asks_for_both_sides_too(grant: bool, held: Submission, ppdp: Person, ask: Ask, actor: Actor) -> None:
    half = Weighed(ground=Ground.PRIVACY, if_opened="Petugas ditelepon.")
    with pytest.raises(Unfit, match="half-weighed"):
        releasing.answer_release(ask(held), person=ppdp, by=actor, grant=grant, because="ya", weighed=half)


@pytest.mark.parametrize("code", ["nik", "nomor-kk", "unreadable", "not-fully-read", "unknown-format", "empty-file"])
def test_what_nobody_may_release(code: str, held: Submission, ask: Ask, producer: Person, client: Client) -> None:
    assert code not in appealable_codes()
    held.inspection["reasons"].append({**held.inspection["reasons"][0], "code": code})
    held.save()
    with pytest.raises(Unfit, match="no-appeal"):
        ask(held)
    client.force_login(producer)
    answer = client.post(f"{held.get_absolute_url()}/pelepasan", QUESTION)
    assert answer.status_code == 422
    assert not ReleaseRequest.objects.exists()


def test_nor_what_was_not_wholly_read(held: Submission, ask: Ask) -> None:
    held.inspection["unread"] = ["lembar 3"]
    held.save()
    with pytest.raises(Unfit):
        ask(held)


def test_a_real_register_cannot_be_asked_for(inspected: Receive, ask: Ask) -> None:
    with pytest.raises(Unfit):
        ask(inspected(register()))


def test_wrong_state(inspected: Receive, ask: Ask) -> None:
    with pytest.raises(Conflicting):
        ask(inspected())


def test_one_question_at_a_time(held: Submission, ask: Ask) -> None:
    ask(held)
    with pytest.raises(Conflicting, match="already-asked"):
        ask(held)
    assert kinds().count(Kind.RELEASE_REQUESTED) == 1


def test_nothing_the_second_time(held: Submission, ask: Ask, ppdp: Person, actor: Actor) -> None:
    question = ask(held)
    releasing.answer_release(question, person=ppdp, by=actor, grant=True, because="ya", weighed=NOT_EXEMPT)
    with pytest.raises(Conflicting, match="already-answered"):
        releasing.answer_release(question, person=ppdp, by=actor, grant=False, because="tidak", weighed=NOT_EXEMPT)
    assert kinds().count(Kind.RELEASE_GRANTED) == 1


def test_nobody_answers_their_own_question(held: Submission, ask: Ask, producer: Person, actor: Actor) -> None:
    question = ask(held)
    with pytest.raises(Conflicting, match="own-question"):
        releasing.answer_release(question, person=producer, by=actor, grant=True, because="ya", weighed=NOT_EXEMPT)
    held.refresh_from_db()
    assert held.state == State.HELD


def test_not_if_inspected_since(held: Submission, ask: Ask, ppdp: Person, actor: Actor) -> None:
    question = ask(held)
    held.inspection["reasons"].append({**held.inspection["reasons"][0], "code": "person-table"})
    held.save()
    with pytest.raises(Conflicting, match="inspected-since"):
        releasing.answer_release(question, person=ppdp, by=actor, grant=True, because="ya", weighed=NOT_EXEMPT)
    held.refresh_from_db()
    question.refresh_from_db()
    assert (held.state, question.answer) == (State.HELD, Answer.WAITING)


@pytest.mark.parametrize(("role", "where"), [("ppdp", "agency"), ("walidata", "top"), ("admin", "top")])
def test_refuses_a_stranger(
    role: str, where: str, held: Submission, ask: Ask, regency: Regency, person: MakePerson, client: Client
) -> None:
    question = ask(held)
    client.force_login(person(role, getattr(regency, where)))
    answer = client.post(f"/meja/pelepasan/{question.pk}", {"answer": "granted", **ANSWER})
    assert answer.status_code == 404
    held.refresh_from_db()
    assert held.state == State.HELD


def test_a_question_needs_its_law(held: Submission, producer: Person, client: Client) -> None:
    client.force_login(producer)
    answer = client.post(f"{held.get_absolute_url()}/pelepasan", {"because": "mohon"})
    assert answer.status_code == 422
    assert not ReleaseRequest.objects.exists()


def test_an_empty_desk(ppdp: Person, client: Client) -> None:
    client.force_login(ppdp)
    assert "Tidak ada permintaan" in client.get("/meja/pelepasan/").content.decode()
