"""Aggregates fetched from a SID's server: a stand-in speaks its calls, and misbehaves in every way we know."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lumbung.portal.audit.models import Event
from lumbung.portal.intake import pulling, vault
from lumbung.portal.intake.jobs import inspect_submission
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.pulling import NotPulled, Source, pull
from lumbung.portal.intake.states import State
from tests.portal.counted import KODE, with_kode
from tests.portal.intake.sid_server import SOMEBODY, TOKEN, StandIn, running
from tests.portal.shelves import Desk, desk

__all__ = ["desk"]
pytestmark = pytest.mark.django_db


def fetch(address: str, desk: Desk, tmp_path: Path) -> str:
    """The command, as cron would call it."""
    with_kode(desk.village)
    token = tmp_path / "token"
    token.write_text(f"{TOKEN}\n")
    said = StringIO()
    named = {"village": KODE, "person": desk.producer.email, "token_file": token, "year": 2026}
    call_command("pull_statistics", address, stdout=said, **named)
    return said.getvalue()


def test_aggregates_become_a_submission(desk: Desk, tmp_path: Path) -> None:
    with running() as address:
        fetch(address, desk, tmp_path)
    one = Submission.objects.get()
    assert set(StandIn.asked) <= pulling.PATHS
    assert (one.organisation, one.submitted_by, one.state) == (desk.village, desk.producer, State.RECEIVED)
    with vault.open_plain(one) as plain:
        lines = plain.read().decode().splitlines()
    assert lines[0] == "kode_wilayah,tahun,statistik,kategori,jumlah,laki_laki,perempuan"
    assert f"{KODE},2026,agama,ISLAM,640,320,320" in lines
    assert not [line for line in lines if SOMEBODY in line], "a field that nobody asked for came along"
    inspect_submission.call(str(one.pk))
    one.refresh_from_db()
    assert one.state == State.IN_REVIEW
    assert Event.objects.filter(kind="sid-pulled").count() == 1


def test_the_same_again_is_not_taken_twice(desk: Desk, tmp_path: Path) -> None:
    with running() as address:
        fetch(address, desk, tmp_path)
        assert "Tidak ada yang baru" in fetch(address, desk, tmp_path)
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(("mischief", "code"), [("redirect", "refused"), ("large", "too-large"), ("persons", "shape")])
def test_an_answer_that_is_no_aggregate_is_dropped(
    desk: Desk, tmp_path: Path, home: Path, mischief: str, code: str
) -> None:
    with running(mischief) as address:
        with pytest.raises(NotPulled, match=code):
            pull(Source(address=address, token=TOKEN), village=KODE, year=2026)
        with pytest.raises(CommandError):
            fetch(address, desk, tmp_path)
    assert "/api/v1/penduduk" not in StandIn.asked
    assert not Submission.objects.exists()


def test_a_wrong_token_ends_it(desk: Desk) -> None:
    with running() as address, pytest.raises(NotPulled, match="refused"):
        pull(Source(address=address, token="lain"), village=KODE, year=2026)


@pytest.mark.parametrize(
    "address",
    ["http://sid.contoh.test", "ftp://127.0.0.1", "https://orang:sandi@sid.contoh.test", "https://sid.contoh.test/x"],
)
def test_other_addresses_are_not_even_called(address: str) -> None:
    with pytest.raises(NotPulled, match="address"):
        pull(Source(address=address, token=TOKEN), village=KODE, year=2026)


def test_no_other_path_can_be_asked_for() -> None:
    with pytest.raises(NotPulled, match="path"):
        pulling._get(Source(address="http://127.0.0.1:9", token=TOKEN), "/api/v1/penduduk", {})


def test_nobody_answers() -> None:
    with pytest.raises(NotPulled, match="no-answer"):
        pull(Source(address="http://127.0.0.1:9", token=TOKEN), village=KODE, year=2026)


def test_who_does_not_produce_there_hands_in_nothing(desk: Desk, tmp_path: Path) -> None:
    with_kode(desk.village)
    token = tmp_path / "token"
    token.write_text(TOKEN)
    with running() as address, pytest.raises(CommandError):
        call_command("pull_statistics", address, village=KODE, person=desk.walidata.email, token_file=token)
    assert not Submission.objects.exists()
