"""What the counter is given while the portal is up, and what it shows with it once the portal is away."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from lumbung.counter.application import PREFIX, Counter
from lumbung.portal.requests import draining, exporting
from lumbung.portal.services.models import Own
from lumbung.portal.services.queries import Standing
from lumbung.portal.services.states import ServiceState
from tests.portal.requests.conftest import Served, envelope

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def styled(home: Path) -> Path:
    """Static files as the site names them, here without their digests."""
    place = home / "static" / "design"
    place.mkdir(parents=True, exist_ok=True)
    for name, content in {"lumbung.css": "a{src:url(jakarta.woff2)}", "jakarta.woff2": "x", "request.js": "1"}.items():
        (place / name).write_text(content)
    return place


def asked(method: str, path: str, body: bytes = b"") -> tuple[str, bytes]:
    """The counter's own port, with the portal away: its status line and body."""
    status: list[str] = []
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "REMOTE_ADDR": "203.0.113.1"}
    environ |= {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}  # type: ignore[dict-item]
    answer = Counter(draining.folder(), proxied=False)(environ, lambda said, _: status.append(said))
    return status[0], b"".join(answer)


def test_the_form_and_what_it_names_are_there(served: Served, styled: Path) -> None:
    assert exporting.export() > 2
    office = served.office.organisation.slug
    status, page = asked("GET", reverse("requests:form", args=[office, "kk"]))
    assert status == "200 OK"
    assert served.key.recipient.encode() in page
    assert asked("GET", "/static/design/request.js") == ("200 OK", b"1")
    assert asked("GET", "/static/design/jakarta.woff2") == ("200 OK", b"x")
    assert asked("GET", "/layanan/")[0] == "200 OK"
    assert asked("GET", "/meja/")[0] == "404 Not Found"


def test_no_words_of_an_office_fetch_a_file_from_elsewhere(
    served: Served, styled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "peta.svg").write_text("rahasia")
    served.office.address = f"Jalan Padi url(/static/{tmp_path}/peta.svg) url(/static/design/../../keys.json)"
    served.office.save()
    written: list[bytes] = []
    monkeypatch.setattr(exporting, "_written", lambda _file, content: written.append(content))
    assert exporting.export() > 2
    assert any(b"Jalan Padi url(/static/" in content for content in written)
    assert b"rahasia" not in written


def test_an_office_that_stops_is_taken_off(served: Served, styled: Path) -> None:
    exporting.export()
    form = reverse("requests:form", args=[served.office.organisation.slug, "kk"])
    served.office.offers.update_or_create(
        service="kk", defaults={"offered": False, "hours": 8, "requirements": "KK lama"}
    )
    exporting.export()
    assert asked("GET", form)[0] == "404 Not Found"
    assert asked("GET", "/layanan/")[0] == "200 OK"
    served.office.takes = False
    served.office.save()
    assert exporting.export() == 0
    assert asked("GET", "/layanan/")[0] == "404 Not Found"


def test_a_status_link_opened_at_the_counter(served: Served, styled: Path) -> None:
    exporting.export()
    one = envelope(served)
    ticket = json.loads(asked("POST", PREFIX, one.header.as_json().encode())[1])["ticket"]
    assert asked("GET", f"/layanan/status/{ticket}")[0] == "200 OK"
    status, page = asked("POST", "/layanan/status/", f"ticket={ticket}&secret={one.secret}".encode())
    assert (status, b"Belum sampai seluruhnya." in page) == ("200 OK", True)
    for typed in (f"ticket={ticket}&secret={'0' * 32}", f"ticket={ticket}", "", "ticket=<b>&secret=%00", "a=1&" * 50):
        status, page = asked("POST", "/layanan/status/", typed.encode())
        assert (status, b"tidak kami temukan" in page) == ("404 Not Found", True)
        assert ticket.encode() not in page


def test_closed_by_people_is_closed_at_the_counter(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, later = envelope(served), envelope(served)
    assert asked("POST", PREFIX, begun.header.as_json().encode())[0] == "200 OK"
    stands = Standing(code="x", label="x", state=ServiceState.CLOSED, reason="Sedang diperiksa.", channel="Datanglah.")

    def standing(code: Any) -> Standing:
        assert code == Own.DOCUMENT_REQUESTS
        return stands

    monkeypatch.setattr(exporting, "standing_of", standing)
    exporting.tell_counter()
    status, said = asked("POST", PREFIX, later.header.as_json().encode())
    assert (status[:3], json.loads(said)["sentence"]) == ("403", "Sedang diperiksa. Datanglah.")
    assert asked("POST", PREFIX, begun.header.as_json().encode())[0] == "200 OK"
    stands = Standing(code="x", label="x")
    exporting.tell_counter()
    assert asked("POST", PREFIX, later.header.as_json().encode())[0] == "200 OK"
