"""Where a request stands: by ticket and secret, and no answer tells which of the two was wrong."""

import re

import pytest
from django.test import Client

from lumbung.counter.tickets import ticket_of
from lumbung.portal.requests import queries
from lumbung.portal.requests.models import Asking
from tests.portal.requests.conftest import Served, envelope, taken

pytestmark = pytest.mark.django_db
ADDRESS = "/layanan/status/"


def asked(ticket: str, secret: str) -> tuple[int, str]:
    answer = Client().post(ADDRESS, {"ticket": ticket, "secret": secret})
    page = answer.content.decode()
    return answer.status_code, re.sub(r'(name="(csrfmiddlewaretoken|ticket|secret)" value|value)="[^"]*"', "", page)


def test_who_holds_both_is_told(served: Served) -> None:
    one = envelope(served)
    request = taken(one)
    status, page = asked(request.ticket.lower().replace("-", " "), f" #{one.secret.upper()}")
    assert status == 200 and "Menunggu petugas" in page and "Kartu keluarga" in page and "paling lambat" in page


def test_unknown_ticket_and_wrong_secret_are_one_answer(served: Served) -> None:
    request = taken(envelope(served))
    unknown = ticket_of("f" * 32)
    answers = {
        asked(request.ticket, "a" * 32),  # wrong secret
        asked(request.ticket, "bukan-rahasia"),  # no secret at all
        asked(request.ticket, request.verifier),  # what the database holds opens nothing
        asked(unknown, "a" * 32),
        asked("9912345678901234", "a" * 32),  # a number of a person in place of the ticket
        asked("zzz", "a" * 32),
    }
    assert len(answers) == 1 and next(iter(answers))[0] == 200


def test_questions_are_counted_and_bounded(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_ASKED", 3)
    one = envelope(served)
    request = taken(one)
    assert [asked(request.ticket, one.secret)[0] for _ in range(5)] == [200, 200, 200, 429, 429]
    assert Asking.objects.get().times == 5
    assert asked("zzz", one.secret)[0] == 429  # the bound tells nothing about the ticket


def test_a_lost_code_is_answered_plainly(served: Served) -> None:
    page = Client().get(ADDRESS).content.decode()
    assert "Kodenya hilang?" in page and served.office.address in page


def test_the_page_of_a_link_shows_nothing_by_itself(served: Served) -> None:
    request = taken(envelope(served))
    page = Client().get(f"{ADDRESS}{request.ticket}").content.decode()
    assert "Kartu keluarga" not in page and request.number not in page


def test_the_form_says_what_is_needed_without_javascript(served: Served) -> None:
    page = Client().get(f"/layanan/ajukan/{served.office.organisation.slug}/kk").content.decode()
    within = page.split("<noscript>")[1].split("</noscript>")[0]
    assert "KK lama" in within and served.office.address in within
    assert served.key.recipient in page and "csrfmiddlewaretoken" not in page.split("<main")[1].split("</main>")[0]


def test_an_office_without_a_key_takes_nothing(served: Served) -> None:
    served.key.retired_at = served.key.made_at
    served.key.save()
    assert Client().get(f"/layanan/ajukan/{served.office.organisation.slug}/kk").status_code == 404
    assert served.office.organisation.name not in Client().get("/layanan/").content.decode()


def test_an_address_typed_without_its_slash_leads_to_the_services() -> None:
    assert Client().get("/layanan", follow=True).redirect_chain == [("/layanan/", 301)]
