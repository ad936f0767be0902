"""The guided page: there in a demo, and nowhere else; Indonesian unless somebody chose otherwise."""

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
