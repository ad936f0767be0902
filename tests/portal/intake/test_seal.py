"""The seal: what goes in comes out, and nothing else ever does."""

import io
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbung.portal.intake.seal import CHUNK, TAG, Sealer, Tampered, unseal, unwrap, wrap

KEY, OWNER = bytes(range(32)), b"submission"


def sealed(plain: bytes, *, key: bytes = KEY, owner: bytes = OWNER, step: int = 70_000) -> bytes:
    sealer = Sealer(key, bound_to=owner)
    parts = [sealer.update(plain[start : start + step]) for start in range(0, len(plain), step)]
    return b"".join([*parts, sealer.finish()])


def opened(sealed: bytes, *, key: bytes = KEY, owner: bytes = OWNER) -> bytes:
    return b"".join(unseal(io.BytesIO(sealed), key=key, bound_to=owner))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17])
def test_what_goes_in_comes_out(size: int) -> None:
    plain = os.urandom(size)
    assert opened(sealed(plain)) == plain


@given(plain=st.binary(max_size=5000), step=st.integers(1, 700))
@settings(max_examples=60, deadline=None)
def test_however_it_arrives(plain: bytes, step: int) -> None:
    assert sealed(plain, step=step) == sealed(plain)


@given(position=st.integers(0, 3 * (CHUNK + TAG) - 1), bit=st.integers(0, 7))
@settings(max_examples=25, deadline=None)
def test_one_changed_bit_is_seen(position: int, bit: int) -> None:
    data = bytearray(SEALED)
    data[position] ^= 1 << bit
    with pytest.raises(Tampered):
        opened(bytes(data))


SEALED = sealed(bytes(3 * CHUNK))
CHUNKS = [SEALED[start : start + CHUNK + TAG] for start in range(0, len(SEALED), CHUNK + TAG)]


@pytest.mark.parametrize(
    "changed",
    [
        b"",
        SEALED[:-1],
        SEALED + b"\0",
        b"".join(CHUNKS[:-1]),  # the end cut off
        b"".join(CHUNKS[1:]),  # the beginning cut off
        CHUNKS[1] + CHUNKS[0] + CHUNKS[2],  # moved
        CHUNKS[0] + CHUNKS[0] + CHUNKS[2],  # repeated
        SEALED + CHUNKS[-1],
    ],
)
def test_cut_moved_repeated(changed: bytes) -> None:
    with pytest.raises(Tampered):
        opened(changed)


def test_another_key_or_owner() -> None:
    with pytest.raises(Tampered):
        opened(SEALED, key=bytes(32))
    with pytest.raises(Tampered):
        opened(SEALED, owner=b"another")


def test_a_wrapped_key_knows_its_owner() -> None:
    wrapped = wrap(b"secret", key=KEY, bound_to=OWNER)
    assert unwrap(wrapped, key=KEY, bound_to=OWNER) == b"secret"
    for wrong in ({"key": bytes(32), "bound_to": OWNER}, {"key": KEY, "bound_to": b"another"}):
        with pytest.raises(Tampered):
            unwrap(wrapped, **wrong)
    with pytest.raises(Tampered):
        unwrap(b"short", key=KEY, bound_to=OWNER)
