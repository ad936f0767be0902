"""What may stand on an envelope, and everything else."""

import json
from typing import Any

import pytest

from lumbung.counter.headers import LARGEST, LONGEST, header_of, read_header
from lumbung.counter.refusals import Refusal
from tests.counter.envelopes import words

GOOD = words(b"x")


def test_the_same_header_is_one_line() -> None:
    header = read_header(json.dumps(GOOD).encode())
    again = read_header(json.dumps(dict(reversed(GOOD.items())), indent=1).encode())
    assert header == again == header_of(header.as_json())
    assert header.as_json() == again.as_json()


@pytest.mark.parametrize(
    "other",
    [
        {"number": "../../../../etc/passwd"},
        {"number": GOOD["number"].upper() + "F"},
        {"number": GOOD["number"] + "\n"},
        {"number": 7},
        {"number": None},
        {"service": "Nama Saya"},
        {"service": "3308209901019001"},  # a number in the place of a code
        {"office": "081234567890"},
        {"office": "a" * 200},
        {"office": ""},
        {"key": "a b"},
        {"verifier": "x"},
        {"sha256": GOOD["sha256"] + "0"},
        {"size": 0},
        {"size": -1},
        {"size": True},
        {"size": 1.0},
        {"size": "1"},
        {"made": "kemarin"},
        {"made": 20261122},
        {"made": "2026-11-22T10:00:00"},
        {"nama": "Siti"},  # one word too many
    ],
)
def test_nothing_else_stands_there(other: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        read_header(json.dumps(GOOD | other).encode())
    assert (refused.value.status, refused.value.code) == (400, "not-an-envelope")
    assert not any(str(word) in refused.value.sentence for word in other.values() if word and len(str(word)) > 3)


@pytest.mark.parametrize(
    "said",
    [
        *(b"", b"{", b"[]", b"null", b"7", b'"x"', b"\xff\xfe", b"[" * 2000, b"{}"),
        json.dumps({name: word for name, word in GOOD.items() if name != "sha256"}).encode(),
        json.dumps(GOOD).encode()[:-1] + b', "size": 1}',  # a word twice
        json.dumps(GOOD).encode() + b" " * LONGEST,
        json.dumps(GOOD | {"size": 7}).encode().replace(b"7", b"9" * 1500, 1),
    ],
)
def test_nonsense(said: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        read_header(said)
    assert refused.value.status in (400, 413)


def test_too_large_says_the_limit() -> None:
    with pytest.raises(Refusal) as refused:
        read_header(json.dumps(GOOD | {"size": LARGEST + 1}).encode())
    assert (refused.value.status, "32 MB" in refused.value.sentence) == (413, True)
