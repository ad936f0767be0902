"""The tree: known roots of RFC 6962's own log, and every proof of every small tree, true and bent."""

import hashlib

import pytest

from lumbung.portal.audit.merkle import (
    EMPTY,
    Frontier,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    root,
)

# The eight leaves that the log implementations of RFC 6962 test themselves with, and the root after each.
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [hashlib.sha256(b"\x00" + bytes.fromhex(text)).digest() for text in INPUTS]
MANY = [hashlib.sha256(number.to_bytes(2)).digest() for number in range(33)]


def test_of_nothing() -> None:
    assert root([]) == EMPTY == hashlib.sha256().digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_the_known_roots(size: int) -> None:
    assert root(LEAVES[:size]).hex() == ROOTS[size - 1]


@pytest.mark.parametrize("first", range(9))
def test_goes_on_from_its_peaks(first: int) -> None:
    begun = Frontier().extend(LEAVES[:first])
    assert Frontier(begun.size, list(begun.peaks)).extend(LEAVES[first:]).root().hex() == ROOTS[-1]


@pytest.mark.parametrize("size", range(1, 34))
def test_every_leaf_is_proven_and_no_other(size: int) -> None:
    leaves = MANY[:size]
    whole = root(leaves)
    for index, leaf in enumerate(leaves):
        proof = inclusion_proof(leaves, index)
        assert is_included(leaf=leaf, index=index, size=size, proof=proof, root=whole)
        assert not is_included(leaf=EMPTY, index=index, size=size, proof=proof, root=whole)
        assert not is_included(leaf=leaf, index=index, size=size, proof=[*proof, EMPTY], root=whole)
        assert not is_included(leaf=leaf, index=size, size=size, proof=proof, root=whole)
        assert not proof or not is_included(leaf=leaf, index=index, size=size, proof=proof[:-1], root=whole)
        assert size == 1 or not is_included(leaf=leaf, index=(index + 1) % size, size=size, proof=proof, root=whole)


@pytest.mark.parametrize("size", range(1, 34))
def test_every_growth_is_proven_and_no_other(size: int) -> None:
    leaves = MANY[:size]
    for earlier in range(1, size + 1):
        known = {"earlier": earlier, "size": size, "root": root(leaves)}
        proof = consistency_proof(leaves, earlier)
        assert is_consistent(**known, earlier_root=root(leaves[:earlier]), proof=proof)
        assert not is_consistent(**known, earlier_root=EMPTY, proof=proof)
        assert not is_consistent(**known, earlier_root=root(leaves[:earlier]), proof=[*proof, EMPTY])
        assert not proof or not is_consistent(**known, earlier_root=root(leaves[:earlier]), proof=proof[:-1])


@pytest.mark.parametrize(("wanted", "of"), [(-1, 3), (3, 3), (0, 0)])
def test_no_proof_of_what_is_not_there(wanted: int, of: int) -> None:
    with pytest.raises(IndexError):
        inclusion_proof(MANY[:of], wanted)
    with pytest.raises(IndexError):
        consistency_proof(MANY[:of], 0)
