"""What the review desk answered stands on the producer's own page, with its reason."""

import pytest
from django.urls import reverse

from lumbung.portal.catalogue.vocabulary import Ground
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.weighing import Weighed
from lumbung.portal.review.actions import decide
from lumbung.portal.review.models import Answer
from lumbung.portal.review.queries import as_seen
from tests.portal.shelves import DESCRIPTION, Desk, actor, desk, signed_in

__all__ = ["desk"]

BECAUSE = "Sumbernya <b>belum</b> jelas."
ESCAPED = "Sumbernya &lt;b&gt;belum&lt;/b&gt; jelas."


def answered(desk: Desk, answer: Answer) -> Submission:
    submission = desk.send()
    weighed = Weighed(ground=Ground.QUALITY)
    about = {"answer": answer, "because": BECAUSE, "seen": as_seen(submission), "weighed": weighed}
    decide(submission, person=desk.walidata, by=actor(desk.walidata), **about)  # type: ignore[arg-type]
    submission.refresh_from_db()
    return submission


@pytest.mark.parametrize("answer", [Answer.RETURN, Answer.REJECT])
def test_the_producer_reads_why(desk: Desk, answer: Answer) -> None:
    page = signed_in(desk.producer).get(answered(desk, answer).get_absolute_url()).content.decode()
    assert ESCAPED in page
    assert desk.walidata.name in page


def test_a_returned_file_waits_for_its_producer_until_it_is_described_anew(desk: Desk) -> None:
    submission = answered(desk, Answer.RETURN)
    producer = signed_in(desk.producer)
    assert "Dikembalikan untuk dilengkapi" in producer.get(submission.get_absolute_url()).content.decode()
    address = reverse("intake:describe", args=[submission.pk])
    producer.post(address, {**DESCRIPTION, "source": "Pendataan desa"})
    page = producer.get(submission.get_absolute_url()).content.decode()
    assert "Dikembalikan untuk dilengkapi" not in page
    assert ESCAPED in page


def test_strangers_read_nothing(desk: Desk) -> None:
    submission = answered(desk, Answer.RETURN)
    assert signed_in(desk.stranger).get(submission.get_absolute_url()).status_code == 404
