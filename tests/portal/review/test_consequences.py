"""No file is refused without its uji konsekuensi, and an exemption is weighed on both sides and ends."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from lumbung.portal.accounts.permissions import Unfit
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.vocabulary import Ground
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.weighing import Weighed
from lumbung.portal.review.actions import decide
from lumbung.portal.review.models import Answer, ConsequenceTest, Decision
from lumbung.portal.review.queries import as_seen
from tests.portal.shelves import Desk, actor, signed_in

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + timedelta(days=1)
WHOLE = {"if_opened": "Lokasi rumah aman diketahui.", "if_closed": "Warga melihat jumlahnya saja.", "until": TOMORROW}


def reject(desk: Desk, submission: Submission, weighed: Weighed | None) -> Decision:
    return decide(
        submission,
        person=desk.walidata,
        by=actor(desk.walidata),
        answer=Answer.REJECT,
        because="Tidak untuk umum.",
        seen=as_seen(submission),
        weighed=weighed,
    )


@pytest.mark.parametrize("ground", [one for one in Ground if one != Ground.QUALITY])
def test_an_exemption_is_kept_with_what_was_weighed(desk: Desk, ground: Ground) -> None:
    decision = reject(desk, desk.send(), Weighed(ground=ground, **WHOLE))  # type: ignore[arg-type]
    kept = ConsequenceTest.objects.get(decision=decision)
    assert (kept.ground, kept.if_opened, kept.until) == (ground, WHOLE["if_opened"], TOMORROW)
    line = Event.objects.get(kind="rejected")
    assert line.details == {"ground": ground.value}
    assert "rumah aman" not in str(Event.objects.values())


def test_a_refusal_for_quality_says_so(desk: Desk) -> None:
    reject(desk, desk.send(), Weighed(ground=Ground.QUALITY))
    assert ConsequenceTest.objects.get().ground == Ground.QUALITY


@pytest.mark.parametrize(
    ("weighed", "code"),
    [
        (None, "not-weighed"),
        (Weighed(ground=Ground.PRIVACY), "half-weighed"),
        (Weighed(ground=Ground.PRIVACY, **{**WHOLE, "if_opened": "  "}), "half-weighed"),  # type: ignore[arg-type]
        (Weighed(ground=Ground.PRIVACY, **{**WHOLE, "until": None}), "half-weighed"),  # type: ignore[arg-type]
        (
            Weighed(ground=Ground.PRIVACY, **{**WHOLE, "until": timezone.localdate()}),  # type: ignore[arg-type]
            "past-exemption",
        ),
        (
            Weighed(ground=Ground.PRIVACY, **{**WHOLE, "if_closed": "9901014107909001"}),  # type: ignore[arg-type]
            "number-in-reason",
        ),
    ],
)
def test_refuses_what_is_not_weighed(desk: Desk, weighed: Weighed | None, code: str) -> None:
    submission = desk.send()
    with pytest.raises(Unfit) as caught:
        reject(desk, submission, weighed)
    assert caught.value.code == code
    submission.refresh_from_db()
    assert submission.state == "in_review"
    assert not Decision.objects.exists()


def test_the_database_refuses_half_a_test(desk: Desk) -> None:
    decision = reject(desk, desk.send(), Weighed(ground=Ground.QUALITY))
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsequenceTest.objects.filter(decision=decision).update(ground=Ground.PRIVACY)


def test_on_the_page(desk: Desk) -> None:
    submission, client = desk.send(), signed_in(desk.walidata)
    address = f"/meja/tinjau/{submission.pk}"
    form = {"answer": "reject", "because": "Rahasia pribadi.", "seen": as_seen(submission), "ground": "17h"}
    assert client.post(address, form).status_code == 422
    assert client.post(address, {**form, **{key: str(value) for key, value in WHOLE.items()}}).status_code == 302
    page = client.get(address).content.decode()
    assert "Mengungkap rahasia pribadi (huruf h)" in page
    assert "Lokasi rumah aman diketahui." in page


def test_an_approval_weighs_nothing(desk: Desk) -> None:
    desk.approve(desk.send())
    assert not ConsequenceTest.objects.exists()
