"""An envelope is taken once, only when it is what it says, and nothing of it stands anywhere in clear."""

import io
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lumbung.portal.accounts.permissions import Conflicting, Refused, Unfit
from lumbung.portal.audit.models import Event
from lumbung.portal.incidents import age
from lumbung.portal.requests import receiving, store
from lumbung.portal.requests.models import Request, Step
from tests.portal.requests.conftest import PLANTED, Served, envelope, taken

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"office": "tidak-ada"}, "unknown-office"),
        ({"service": "paspor"}, "unknown-service"),
        ({"key": "0123456789abcdef"}, "unknown-key"),
        ({"size": 3}, "not-whole"),
        ({"sha256": "0" * 64}, "not-whole"),
    ],
)
def test_what_is_not_what_it_says_is_not_kept(served: Served, changed: dict[str, object], code: str) -> None:
    with pytest.raises(Unfit) as refused:
        taken(envelope(served, **changed))
    assert refused.value.code == code
    assert not Request.objects.exists() and not list(store.folder().iterdir())


def test_what_is_not_sealed_is_not_kept(served: Served) -> None:
    one = envelope(served)
    with pytest.raises(Unfit):
        receiving.take(one.header, io.BytesIO(PLANTED.encode()))
    assert not list(store.folder().iterdir())


def test_three_times_is_once(served: Served) -> None:
    one = envelope(served)
    for _ in range(3):
        taken(one)
    assert Request.objects.count() == Step.objects.count() == Event.objects.filter(kind="request-arrived").count() == 1


def test_a_number_is_not_taken_over_by_another_envelope(served: Served) -> None:
    one = envelope(served)
    taken(one)
    other = envelope(served, number=one.header.number)
    with pytest.raises(Conflicting):
        receiving.take(other.header, io.BytesIO(other.body))
    assert Request.objects.get().verifier == one.header.verifier


def test_only_the_office_can_open_it_and_the_disk_holds_nothing(served: Served, home: Path) -> None:
    request = taken(envelope(served))
    body = b"".join(store.envelope(request.number, bytes(request.wrapped_key)))
    assert b"".join(age.opened(io.BytesIO(body), secret=served.secret)) == PLANTED.encode()
    with pytest.raises(age.NotOpened):
        list(age.opened(io.BytesIO(body), secret=age.new_key()[0]))
    for path in home.rglob("*"):
        assert not path.is_file() or b"9912345678901234" not in path.read_bytes()


def test_what_waited_at_the_counter_counts_from_its_acknowledgement(served: Served) -> None:
    one = envelope(served)
    friday = datetime(2026, 11, 20, 14, 0, tzinfo=WIB)  # an hour before the office closes for the weekend
    receiving.take(one.header, io.BytesIO(one.body), at=friday)
    request = Request.objects.get()
    assert request.received_at == friday
    assert request.due_at == datetime(2026, 11, 23, 15, 0, tzinfo=WIB)


def test_a_key_retired_in_between_is_taken_all_the_same(served: Served) -> None:
    one = envelope(served)
    served.key.retired_at = served.key.made_at
    served.key.save()
    assert taken(one).key == served.key.number


def test_a_refusal_says_nothing_of_the_envelope(served: Served) -> None:
    one = envelope(served, key="0123456789abcdef")
    with pytest.raises(Refused) as refused:
        taken(one)
    assert one.header.number not in str(refused.value.sentence)


def test_of_two_at_once_one_is_kept_and_can_be_opened(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    one = envelope(served)
    write, nested = store.write, []

    def in_between(body: Iterable[bytes], *, number: str) -> tuple[Path, bytes]:
        written = write(body, number=number)
        if not nested:
            nested.append(number)
            receiving.take(one.header, io.BytesIO(one.body))  # another process is faster, just now
        return written

    monkeypatch.setattr(store, "write", in_between)
    receiving.take(one.header, io.BytesIO(one.body))
    request = Request.objects.get()
    assert b"".join(store.envelope(request.number, bytes(request.wrapped_key))) == one.body
    assert [path.name for path in store.folder().iterdir()] == [request.number]
