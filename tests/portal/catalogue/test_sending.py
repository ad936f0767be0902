"""Files may be taken piece by piece; every piece is the file's own, and in the record."""

from typing import Any

import pytest
from django.test import Client

from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset
from tests.portal.shelves import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(desk: Desk) -> Dataset:
    """On the shelf."""
    return desk.publish()


def ask(shown: Dataset, **headers: str) -> Any:
    return Client().get(f"{shown.get_absolute_url()}.csv", headers=headers)


def bytes_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-8", slice(0, 9)),
        ("bytes=3-", slice(3, None)),
        ("bytes=-5", slice(-5, None)),
        ("bytes=-99999", slice(0, None)),
        ("bytes=5-99999", slice(5, None)),
        ("bytes=0-0", slice(0, 1)),
    ],
)
def test_a_piece(shown: Dataset, asked: str, part: slice) -> None:
    whole = bytes_of(ask(shown))
    answer = ask(shown, Range=asked)
    piece = bytes_of(answer)
    assert (answer.status_code, piece) == (206, whole[part])
    first = range(len(whole))[part].start
    assert answer.headers["Content-Range"] == f"bytes {first}-{first + len(piece) - 1}/{len(whole)}"
    assert answer.headers["Content-Length"] == str(len(piece))
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    lines = Event.objects.filter(kind=Kind.DOWNLOADED).order_by("sequence")
    assert lines.last().details["first"] == first  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "asked", ["bytes=5-3", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,3-4", "bytes=" + "9" * 40]
)
def test_what_is_no_range_gives_the_whole(shown: Dataset, asked: str) -> None:
    answer = ask(shown, Range=asked)
    assert (answer.status_code, bytes_of(answer)) == (200, bytes_of(ask(shown)))
    assert answer.headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("asked", ["bytes=99999-", "bytes=-0"])
def test_behind_the_end(shown: Dataset, asked: str) -> None:
    size = len(bytes_of(ask(shown)))
    answer = ask(shown, Range=asked)
    assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{size}")


def test_a_piece_of_another_file_is_not_put_to_it(shown: Dataset) -> None:
    etag = ask(shown).headers["ETag"]
    assert ask(shown, Range="bytes=0-3", **{"If-Range": etag}).status_code == 206
    assert ask(shown, Range="bytes=0-3", **{"If-Range": '"lain"'}).status_code == 200
    assert ask(shown, Range="bytes=0-3", **{"If-None-Match": etag}).status_code == 304
