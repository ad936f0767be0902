"""The demo's office: open once, with a key whose private half lies in the home and nowhere in the database."""

import stat
from pathlib import Path
from typing import Any

import pytest

from lumbung.cli import demo_regency
from lumbung.cli.demo_files import KEY
from lumbung.cli.demo_requests import open_office
from lumbung.portal.requests.models import OfficeKey
from lumbung.portal.requests.queries import offices
from tests.portal.test_demo import SMALL


@pytest.mark.django_db
def test_it_opens_once_and_leaves_its_key_in_the_home(settings: Any, tmp_path: Path) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    demo_regency.add_organisations(SMALL)
    demo_regency.add_people()
    open_office(tmp_path / "demo")
    file = tmp_path / "demo" / KEY
    first = file.read_text(encoding="utf-8")
    open_office(tmp_path / "demo")
    assert file.read_text(encoding="utf-8") == first and "AGE-SECRET-KEY-1" in first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert OfficeKey.objects.get().recipient in first and offices().count() == 1
