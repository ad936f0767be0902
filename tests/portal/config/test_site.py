"""The site as a whole: the guide of the demo, the language, and addresses that nobody should ask for."""

from pathlib import Path

import pytest
from django.test import Client

from lumbung.cli.demo_files import leave_incident
from lumbung.config.guide import REGISTER

pytestmark = pytest.mark.django_db


def test_a_portal_that_is_no_demo_has_no_such_page(client: Client) -> None:
    assert client.get("/panduan/insiden").status_code == 404
    assert client.get(f"/panduan/{REGISTER}").status_code == 404
    assert b"/panduan/insiden" not in client.get("/").content


def test_the_demo_leads_through_the_incident(client: Client, home: Path) -> None:
    leave_incident(home / "demo")
    page = client.get("/panduan/insiden").content.decode()
    assert "Mengulang insiden 2019" in page
    assert f"/panduan/{REGISTER}" in page
    assert b"/panduan/insiden" in client.get("/").content
    register = client.get(f"/panduan/{REGISTER}")
    assert b"".join(register.streaming_content) == (home / "demo" / REGISTER).read_bytes()


def test_a_browser_that_asks_for_english_is_answered_in_indonesian(client: Client) -> None:
    assert b'lang="id"' in client.get("/", headers={"accept-language": "en-US,en;q=0.9"}).content


def test_who_chose_english_gets_english(client: Client) -> None:
    client.post("/bahasa", {"language": "en", "next": "/"})
    assert b'lang="en"' in client.get("/").content


@pytest.mark.parametrize("address", ["/dataset/a%00b", "/dataset/a/unduh/%00", "/meja/jejak/dataset/%00"])
def test_a_nul_is_no_address_and_is_not_asked_of_the_database(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
