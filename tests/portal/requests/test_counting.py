"""The statistics of the service: small numbers stay hidden, a quarter is printed once, the table is a submission."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lumbung.aggregate import events
from lumbung.portal.accounts.permissions import Conflicting, Unfit
from lumbung.portal.catalogue.models import Closing
from lumbung.portal.catalogue.states import Shut
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.intake import vault
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import State
from lumbung.portal.requests import counting
from lumbung.portal.requests.models import Request
from tests.portal.requests.conftest import Served

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")


def came(served: Served, service: str, day: datetime, times: int, *, answered: bool = True) -> None:
    """Requests as rows alone: what is counted never lies in the envelope."""
    before = Request.objects.count()
    for number in range(before, before + times):
        Request.objects.create(
            number=f"{number:032x}", ticket=f"T{number}", verifier="0" * 64, office=served.office, service=service,
            key=served.key.number, size=1, sha256="0" * 64, received_at=day, due_at=day, destroy_on=day.date(),
            answered_at=day + timedelta(hours=2) if answered else None,
        )  # fmt: skip


def test_a_quarter_becomes_a_table_and_small_numbers_stay_hidden(served: Served) -> None:
    monday = datetime(2026, 7, 6, 9, tzinfo=WIB)
    came(served, "kk", monday, 40)
    came(served, "ktp-el", monday, 30)
    came(served, "akta-kematian", monday, 2)  # two deaths in one month point at families
    came(served, "kia", monday + timedelta(days=28), 12, answered=False)
    assert counting.ripe(served.office) == ["2026-T3"]
    result = counting.hand_in(served.office, person=served.officer, by=served.by)
    with vault.open_plain(result) as file:
        lines = [line.split(",") for line in file.read().decode().splitlines()]
    found = {(line[0], line[2]): line[3:] for line in lines[1:]}
    assert found["kk", "2026-07"] == ["40", "", "2", "2"]
    assert found["akta-kematian", "2026-07"][:2] == ["", "*"] and found["akta-kematian", "2026-T3"][:2] == ["", "*"]
    assert found["kia", "2026-08"] == ["12", "", "", ""]
    assert result.state == State.RECEIVED and result.organisation == served.office.organisation
    assert counting.ripe(served.office) == []


def test_one_table_at_a_time_and_nothing_of_this_quarter(served: Served) -> None:
    came(served, "kk", datetime(2026, 7, 6, 9, tzinfo=WIB), 40)
    came(served, "kk", datetime.now(WIB), 40)
    counting.hand_in(served.office, person=served.officer, by=served.by)
    with pytest.raises(Conflicting):
        counting.hand_in(served.office, person=served.officer, by=served.by)
    assert [one.quarter for one in served.office.printed.all()] == ["2026-T3"]


def test_too_few_to_print_is_said_and_nothing_is_sent(served: Served) -> None:
    came(served, "kk", datetime(2026, 7, 6, 9, tzinfo=WIB), events.load().k - 1)
    with pytest.raises(Unfit):
        counting.hand_in(served.office, person=served.officer, by=served.by)
    assert not Submission.objects.exists() and not served.office.printed.exists()


def test_nothing_is_sent_in_while_the_portal_may_only_be_read(served: Served) -> None:
    came(served, "kk", datetime(2026, 7, 6, 9, tzinfo=WIB), 40)
    client, slug = Client(), served.office.organisation.slug
    client.force_login(served.officer, "allauth.account.auth_backends.AuthenticationBackend")
    told = {"shut": Shut.READ_ONLY, "ground": ClosingGround.LAW, "because": "Diserang.", "by": served.officer}
    Closing.objects.create(since=timezone.now(), **told)
    assert client.post(reverse("requests:count", args=[slug])).status_code == 503
    assert not served.office.printed.exists()
    assert client.post(reverse("requests:set-day", args=[slug]), {}).status_code == 302  # the desk goes on
