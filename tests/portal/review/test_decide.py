"""Deciding: by other hands, with a reason, once, about what was looked at."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from lumbung.portal.accounts.models import Membership, Person
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.vocabulary import Ground
from lumbung.portal.intake.actions import describe
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.weighing import Weighed
from lumbung.portal.review.actions import decide
from lumbung.portal.review.models import Answer, Decision
from lumbung.portal.review.queries import as_seen, queue, waits_for_producer
from tests.portal.shelves import DESCRIPTION, Desk, actor

pytestmark = pytest.mark.django_db


def answer(
    submission: Submission, person: Person, what: Answer = Answer.APPROVE, *, because: str = "Lengkap.", seen: str = ""
) -> Decision:
    seen = seen or as_seen(submission)
    weighed = Weighed(ground=Ground.QUALITY)
    return decide(
        submission, person=person, by=actor(person), answer=what, because=because, seen=seen, weighed=weighed
    )


def refused(*args: object, **rest: object) -> str:
    with pytest.raises(Refused) as caught:
        answer(*args, **rest)  # type: ignore[arg-type]
    return caught.value.code


@pytest.mark.parametrize(
    ("what", "state", "kind"),
    [
        (Answer.APPROVE, "approved", "approved"),
        (Answer.REJECT, "rejected", "rejected"),
        (Answer.RETURN, "in_review", "returned"),
    ],
)
def test_works_and_leaves_a_line(desk: Desk, what: Answer, state: str, kind: str) -> None:
    submission = desk.send()
    decision = answer(submission, desk.walidata, what, because="  Sudah   sesuai. ")
    submission.refresh_from_db()
    assert submission.state == state
    assert (decision.sha256, decision.rules_version) == (submission.sha256, submission.rules_version)
    line = Event.objects.get(kind=kind)
    assert (line.subject, line.because) == (submission.subject.key, "Sudah sesuai.")


def test_refuses_a_stranger(desk: Desk) -> None:
    submission = desk.send()
    for person in (desk.stranger, desk.duty, desk.ppdp, desk.admin, desk.producer):
        assert refused(submission, person) == "not-walidata-here"


@pytest.mark.parametrize("what", list(Answer))
def test_refuses_the_producer_as_own_reviewer(desk: Desk, what: Answer) -> None:
    Membership.objects.create(person=desk.producer, organisation=desk.village, role="walidata")
    assert refused(desk.send(), desk.producer, what) == "own-submission"


def test_refuses_somebody_whose_account_was_closed_meanwhile(desk: Desk) -> None:
    submission = desk.send()
    Person.objects.filter(pk=desk.walidata.pk).update(is_active=False)
    desk.walidata.refresh_from_db()
    assert refused(submission, desk.walidata) == "not-walidata-here"


@pytest.mark.parametrize("state", ["received", "inspecting", "held"])
def test_refuses_what_does_not_wait(desk: Desk, state: str) -> None:
    submission = desk.send()
    Submission.objects.filter(pk=submission.pk).update(state=state)
    submission.refresh_from_db()
    assert refused(submission, desk.walidata) == "not-waiting"


def test_the_second_reviewer_is_told_who_was_first(desk: Desk) -> None:
    submission = desk.send()
    seen = as_seen(submission)
    answer(submission, desk.walidata, seen=seen)
    assert refused(submission, desk.colleague, seen=seen) == "decided-already"
    assert Decision.objects.count() == 1


def test_refuses_what_changed_since_the_page_was_opened(desk: Desk) -> None:
    submission = desk.send()
    seen = as_seen(submission)
    describe(submission, by=actor(desk.producer), description={**DESCRIPTION, "title": "Judul lain"})
    submission.refresh_from_db()
    assert refused(submission, desk.walidata, seen=seen) == "changed-meanwhile"


@pytest.mark.parametrize(
    "field", ["title", "description", "period", "source", "unit", "licence", "classification", "legal_basis"]
)
def test_approves_nothing_that_is_not_wholly_described(desk: Desk, field: str) -> None:
    submission = desk.send(**{field: ""})
    assert refused(submission, desk.walidata) == "incomplete"
    answer(submission, desk.walidata, Answer.RETURN)


@pytest.mark.parametrize("classification", ["terbatas", "dikecualikan"])
def test_approves_only_what_is_classified_as_open(desk: Desk, classification: str) -> None:
    assert refused(desk.send(classification=classification), desk.walidata) == "not-open"


def test_new_rules_send_a_waiting_file_to_be_inspected_again(desk: Desk) -> None:
    submission = desk.send()
    Submission.objects.filter(pk=submission.pk).update(rules_version="kemarin")
    submission.refresh_from_db()
    assert refused(submission, desk.walidata) == "rules-changed"
    submission.refresh_from_db()
    assert (submission.state, submission.decisions.count()) == ("received", 0)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("because", "code"),
    [("", "no-reason"), ("  \n", "no-reason"), ("a" * 1001, "long-reason"), ("9901014107909001", "number-in-reason")],
)
def test_wants_a_reason_that_names_nobody(desk: Desk, because: str, code: str) -> None:
    assert refused(desk.send(), desk.walidata, because=because) == code


def test_a_return_waits_for_the_producer_until_the_description_changes(desk: Desk) -> None:
    submission = desk.send(unit="")
    answer(submission, desk.walidata, Answer.RETURN, because="Satuannya belum ada.")
    assert waits_for_producer(submission)
    assert [one.returned for one in queue(desk.walidata)] == [True]
    describe(submission, by=actor(desk.producer), description=DESCRIPTION)
    assert not waits_for_producer(submission)


def test_the_queue_shows_each_walidata_their_own_organisations(desk: Desk) -> None:
    submission = desk.send()
    assert [one.submission for one in queue(desk.walidata)] == [submission]
    assert queue(desk.stranger) == queue(desk.producer) == queue(desk.ppdp) == []


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_the_same_moment_make_one_decision(desk: Desk) -> None:
    submission = desk.send()
    seen, together = as_seen(submission), Barrier(2)

    def at_once(person: Person) -> str:
        try:
            together.wait()
            answer(Submission.objects.get(pk=submission.pk), person, seen=seen)
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()
        return "decided"

    with ThreadPoolExecutor(2) as threads:
        answers = sorted(threads.map(at_once, [desk.walidata, desk.colleague]))
    assert answers == ["decided", "decided-already"]
    assert Decision.objects.count() == Event.objects.filter(kind="approved").count() == 1
