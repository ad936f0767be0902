"""The public page of heads: for everybody, printable, and a file that the verifier takes."""

from pathlib import Path

import pytest
from django.test import Client

from lumbung.portal.audit import actions, exports, jobs, verify
from lumbung.portal.audit.actors import SYSTEM, Subject
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Head

pytestmark = pytest.mark.django_db


def test_before_the_first_head() -> None:
    assert "Belum ada kepala" in Client().get("/kepala").content.decode()
    assert b"".join(Client().get("/kepala.jsonl")) == b""


def test_everybody_sees_it_and_the_verifier_takes_its_file(tmp_path: Path) -> None:
    actions.record_now(Kind.RECEIVED, by=SYSTEM, subject=Subject(kind="submission", id="0b7e", label="nama.csv"))
    jobs.seal()
    page = Client().get("/kepala").content.decode()
    assert Head.objects.get().root in page
    assert "data:image/svg+xml;base64," in page
    assert "nama.csv" not in page
    kept = tmp_path / "kepala.jsonl"
    kept.write_bytes(b"".join(Client().get("/kepala.jsonl")))
    assert exports.verified(list(verify.objects(kept))) == ([], [], (1, 2))
