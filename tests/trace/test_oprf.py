"""The vectors of RFC 9497 (A.1.1) and RFC 9496 (A.1, A.2), and a filter that answers without being told."""

import hashlib
from random import Random

import numpy as np
import pytest

from lumbung.trace import affected, oprf, ristretto
from tests.trace.people import people

SEED, INFO = bytes.fromhex("a3" * 32), b"test key"
KEY = "5ebcea5ee37023ccb9fc2d2019f9d7737be85591ae8652ffa9ef0f4d37063b0e"
BLIND = "64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706"
VECTORS = [
    (
        "00",
        "609a0ae68c15a3cf6903766461307e5c8bb2f95e7e6550e1ffa2dc99e412803c",
        "7ec6578ae5120958eb2db1745758ff379e77cb64fe77b0b2d8cc917ea0869c7e",
        "527759c3d9366f277d8c6020418d96bb393ba2afb20ff90df23fb7708264e2f3"
        "ab9135e3bd69955851de4b1f9fe8a0973396719b7912ba9ee8aa7d0b5e24bcf6",
    ),
    (
        "5a" * 17,
        "da27ef466870f5f15296299850aa088629945a17d1f5b7f5ff043f76b3c06418",
        "b4cbf5a4f1eeda5a63ce7b77c7d23f461db3fcab0dd28e4e17cecb5c90d02c25",
        "f4a74c9c592497375e796aa837e907b1a045d34306a749db9f34221f7e750cb4"
        "f2a6413a6bf6fa5e19ba6348eb673934a722a7ede2e7621306d18951e7cf2c73",
    ),
]


def key() -> int:
    return oprf.derive_key(SEED, INFO)


def test_the_key_of_the_standard() -> None:
    assert key().to_bytes(32, "little").hex() == KEY


@pytest.mark.parametrize(("given", "blinded", "evaluated", "output"), VECTORS)
def test_the_vectors_of_the_standard(given: str, blinded: str, evaluated: str, output: str) -> None:
    scalar, sent = oprf.blind(bytes.fromhex(given), scalar=int.from_bytes(bytes.fromhex(BLIND), "little"))
    assert sent.hex() == blinded
    assert oprf.evaluate(key(), sent).hex() == evaluated
    assert oprf.finalize(bytes.fromhex(given), scalar, bytes.fromhex(evaluated)).hex() == output
    assert oprf.direct(key(), bytes.fromhex(given)).hex() == output


def test_multiples_of_the_base() -> None:
    """RFC 9496, A.1: the identity, the base, twice and sixteen times."""
    wanted = {
        0: "00" * 32,
        1: "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76",
        2: "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919",
    }
    for times, encoded in wanted.items():
        element = ristretto.multiply(times, ristretto.BASE)
        assert ristretto.encode(element).hex() == encoded
        assert ristretto.encode(ristretto.decode(bytes.fromhex(encoded))).hex() == encoded
    assert ristretto.encode(ristretto.multiply(ristretto.ORDER, ristretto.BASE)) == bytes(32)


@pytest.mark.parametrize(
    "encoded",
    [
        bytes(31), bytes(33), b"\x01" + bytes(31), b"\xff" * 32, (ristretto.P).to_bytes(32, "little"),
        bytes.fromhex("ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20"),  # not on the curve
        bytes.fromhex("c34c4e1826e5d403b78e246e88aa051c36ccf0aafebffe137d148a2bf9104562"),
    ],
)  # fmt: skip
def test_bytes_that_are_no_element_are_refused(encoded: bytes) -> None:
    with pytest.raises(oprf.Refused):
        oprf.evaluate(key(), encoded)
    with pytest.raises(oprf.Refused):
        oprf.finalize(b"x", 5, encoded)


def test_the_identity_is_not_evaluated() -> None:
    with pytest.raises(oprf.Refused):
        oprf.evaluate(key(), bytes(32))


def test_a_filter_answers_and_nobody_else_does() -> None:
    village = people(seed=61, families=12)
    made = affected.filters(village, key=key(), random=np.random.default_rng())
    known = village.select("nik", "kk").drop_nulls()
    assert sum(map(len, made.values())) >= known.height
    assert all(len(one) & (len(one) - 1) == 0 and (np.diff(one.astype(object)) > 0).all() for one in made.values())
    nik, kk = known.row(0)
    for wanted_kk, answer in ((kk, True), ("3308130101109999", False)):
        scalar, sent = oprf.blind(affected.asked(nik, wanted_kk))
        output = oprf.finalize(affected.asked(nik, wanted_kk), scalar, oprf.evaluate(key(), sent))
        assert affected.is_in(made[nik[:6]], output) is answer
    other = oprf.derive_key(SEED, b"another incident")
    assert not affected.is_in(made[nik[:6]], oprf.direct(other, affected.asked(nik, kk)))


def test_what_the_server_sees_does_not_tell_who_is_in_the_filter() -> None:
    """The same question looks different every time, and no byte of it leans to one side."""
    random = Random(1)
    seen: dict[bool, list[bytes]] = {True: [], False: []}
    for number in range(40):
        for matched in (True, False):
            person = affected.asked(
                "3308134504909001" if matched else f"330813450490{9100 + number}", "3308130101109001"
            )
            seen[matched].append(oprf.blind(person, scalar=random.randrange(1, ristretto.ORDER))[1])
    assert len({one for side in seen.values() for one in side}) == 80
    digests = [[hashlib.sha256(one).digest()[0] for one in seen[side]] for side in (True, False)]
    above = np.mean(np.array(digests[0])[:, None] > np.array(digests[1])[None, :])
    assert 0.3 < above < 0.7
