"""What a child may answer: a hostile one tries the form."""

import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from lumbung.confine import wire


def reader(raw: bytes) -> Callable[[int], bytes]:
    rest = bytearray(raw)

    def read(wanted: int) -> bytes:
        piece = bytes(rest[: min(wanted, 3)])  # in pieces, as sockets do
        del rest[: len(piece)]
        return piece

    return read


def framed(body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + body


@pytest.mark.parametrize(
    "raw",
    [
        b"",  # silence
        b"\x00\x00",  # half a length
        framed(b'{"value": 1}')[:-1],  # one byte short
        framed(b"\xff\xfe"),  # no text
        framed(b"{"),  # no JSON
        framed(b"[1]"),  # no object
        framed(b"[" * 200_000),  # nested beyond sense
        (wire.LARGEST + 1).to_bytes(4, "big"),  # more than is accepted; not waited for
    ],
)
def test_a_malformed_answer_is_broken(raw: bytes) -> None:
    with pytest.raises(wire.Broken):
        wire.receive_answer(reader(raw))


def test_an_answer_in_pieces() -> None:
    assert wire.receive_answer(reader(framed(json.dumps({"value": "ya"}).encode()))) == {"value": "ya"}


def test_a_request_with_a_file() -> None:
    here, there = socket.socketpair()
    with here, there, Path(__file__).open("rb") as file:
        wire.send(here, {"target": "a:b"}, file=file)
        request, received = wire.receive_request(there) or ({}, None)
        assert request == {"target": "a:b"} and received
        with received:
            assert received.read(3) == b'"""'
        here.close()
        assert wire.receive_request(there) is None


def test_nothing_that_is_no_json_is_sent() -> None:
    here, there = socket.socketpair()
    with here, there, pytest.raises(ValueError):
        wire.send(here, {"value": float("nan")})
