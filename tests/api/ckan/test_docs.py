"""The examples of docs/api.md do what they say: each is run by a shell against the portal."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from lumbung.api.ckan.actions import ACTIONS, AT_THE_DESK
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import State
from tests.api.ckan.asking import key_of, rows_of
from tests.api.conftest import Program
from tests.portal.shelves import TABLE, Desk

pytestmark = pytest.mark.django_db
PAGE = (Path(__file__).resolve().parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)


def test_the_examples_run(
    desk: Desk, serving: tuple[str, Program], settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    address, run = serving
    settings.LUMBUNG_URL = address
    shown = desk.publish()
    (tmp_path / "sawah.csv").write_bytes(TABLE.replace(b"jumlah penduduk", b"sawah"))
    told = {"PORTAL": address, "KEY": key_of(desk.producer), "TABLE": rows_of(shown), "no_proxy": "*"}
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    for example in EXAMPLES:
        for command in re.split(r"\n(?=curl )", example.strip()):
            ended = run(["sh", "-c", command])
            assert ended.returncode == 0, (command, ended.stderr)
            if "dump" not in command:
                assert json.loads(ended.stdout)["success"] is True, command
    assert Submission.objects.filter(state=State.IN_REVIEW).count() == 2


def test_every_action_is_named() -> None:
    told = set(re.findall(r"`([a-z_]+)`", PAGE))
    assert set(ACTIONS) - set(AT_THE_DESK) - told == set()
