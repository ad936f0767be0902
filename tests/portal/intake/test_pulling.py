"""Aggregates fetched from a SID's server: a stand-in speaks its calls, and misbehaves in every way we know."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from lumbung.portal.audit.models import Event
from lumbung.portal.intake import pulling, vault
from lumbung.portal.intake.jobs import inspect_submission
from lumbung.portal.intake.models import Submission, VillageMemory
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


def topics_of(submission: Submission) -> set[str]:
    with vault.open_plain(submission) as plain:
        return {line.split(",")[2] for line in plain.read().decode().splitlines()[1:]}


@pytest.mark.parametrize(
    "row", [("KATOLIK", 3, 1, 2), ("KATOLIK", 60, 57, 3), ("KATOLIK", 0, 0, 0)], ids=["small", "in a sex", "nobody"]
)
def test_a_topic_with_a_number_that_tells_is_left_out(
    row: tuple[str, int, int, int], desk: Desk, tmp_path: Path
) -> None:
    with running(rows={"3": [("ISLAM", 640, 320, 320), row]}) as address:
        fetch(address, desk, tmp_path)
    topics = topics_of(Submission.objects.get())
    assert "agama" not in topics and {"pekerjaan", "rentang-umur"} <= topics


def test_a_newcomer_between_two_fetches_is_not_told(desk: Desk, tmp_path: Path) -> None:
    """Made for cron: month after month, one more of a faith would be one person's faith."""
    with running() as address:
        fetch(address, desk, tmp_path)
    with running(rows={"3": [("ISLAM", 640, 320, 320), ("KRISTEN", 61, 32, 29)]}) as address:
        fetch(address, desk, tmp_path)
    first, second = Submission.objects.order_by("received_at")
    assert "agama" in topics_of(first) and "agama" not in topics_of(second)


def test_where_every_topic_tells_nothing_is_handed_in(desk: Desk, tmp_path: Path) -> None:
    few = {number: [("SATU", 2, 1, 1)] for number, _path, _topic in pulling.TOPICS}
    with running(rows=few) as address, pytest.raises(CommandError, match="angka kecil"):
        fetch(address, desk, tmp_path)
    assert not Submission.objects.exists()


def test_beside_statistics_of_ours_nothing_is_taken(desk: Desk, tmp_path: Path) -> None:
    """What is hidden there could be read here."""
    VillageMemory.objects.create(village=KODE, releases=[], changed_at=timezone.now())
    with running() as address, pytest.raises(CommandError, match="disembunyikan"):
        fetch(address, desk, tmp_path)
    assert not Submission.objects.exists()
