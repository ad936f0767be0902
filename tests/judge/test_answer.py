"""A child's answer is believed only where it has the shape and its verdict follows from it."""

from typing import Any

import pytest

from lumbung.document import Coverage, Place
from lumbung.judge import checked, held
from lumbung.judge.inspection import Inspection, Reason, Verdict

NIK = "3308130504909001"


def plain(**changes: Any) -> dict[str, Any]:
    reason = Reason(code="nik", severity=Verdict.HOLD, citation="", place=Place(sheet=NIK), hits=3, of=3)
    inspection = Inspection(
        sha256="a" * 64, size=9, format="csv", verdict=Verdict.HOLD, reasons=(reason,), unread=(), rules_version="x",
        seconds=0.0,
    )  # fmt: skip
    return inspection.as_dict() | changes


def reason(**changes: Any) -> dict[str, Any]:
    return plain()["reasons"][0] | changes


DIGEST = "a" * 64
OPEN = {"verdict": "open", "reasons": []}


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        "open",
        {},
        plain(verdict="yes"),
        plain(verdict="open"),  # with a reason to hold
        plain(verdict="review"),
        plain(reasons=[]),  # held without a reason
        plain(**OPEN, unread=["xl/vbaProject.bin"]),
        plain(**OPEN, coverage={"bytes": 8, "of_bytes": 9, "parts": 1, "of_parts": 2}),
        plain(coverage={"bytes": 9, "of_bytes": 8, "parts": 1, "of_parts": 1}),
        plain(coverage={"bytes": "SITI"}),
        plain(coverage=[1]),
        plain(**OPEN, size="9"),
        plain(**OPEN, surplus=1),
        plain(reasons=[reason(severity="open")]),
        plain(reasons=[reason(code="siti")]),
        plain(reasons=[reason(place={"street": "Jl. Mawar"})]),
        plain(reasons=[reason(hits="SITI")]),
        plain(reasons=[reason(evidence={"x": "SITI"})]),
        plain(reasons=[reason(evidence={"x": float("inf")})]),
        plain(reasons=[reason(evidence=[1])]),
        plain(reasons=[reason(masked=None)]),
        plain(reasons=5),
        plain(reasons=[reason(hits=float("inf"))]),
        plain(reasons=[reason(evidence={"x": 10**400})]),
        plain(coverage={"bytes": float("inf")}),
        plain(rules_version={"a": "SITI"}),
        plain(rules_version="1 Siti lahir 1 Mei"),
    ],
)
def test_is_not_believed(answer: Any) -> None:
    with pytest.raises(ValueError):
        checked(answer, sha256=DIGEST, evidence=True)


def test_what_is_believed_is_scrubbed_again() -> None:
    hostile = reason(
        place={"sheet": NIK, "row": NIK, "header": "budi@desa.id"},
        citation=NIK,
        evidence={NIK: 1},
        masked=[NIK, "3308••••••••••01", "x" * 99],
    )
    answer = plain(reasons=[hostile], unread=[NIK], format=NIK)
    for evidence in (True, False):
        inspection = checked(answer, sha256=DIGEST, evidence=evidence)
        assert NIK not in repr(inspection) and "budi@" not in repr(inspection)
        assert inspection.reasons[0].masked == (("•" * 16, "3308••••••••••01", "x" * 40) if evidence else ())
        assert inspection.reasons[0].citation.startswith("UU 23/2006")


def test_an_inspection_from_before_parts_were_counted_is_still_one() -> None:
    kept = plain()
    del kept["coverage"]
    assert Inspection.from_dict(kept).coverage == Coverage()


def test_a_refusal_passes_unchanged() -> None:
    refused = held("encrypted", why="encrypted", sha256="b" * 64, size=3)
    assert checked(refused.as_dict(), sha256="b" * 64, evidence=False) == refused


@pytest.mark.parametrize("said", ["", NIK, "<script>" * 8, "f" * 64])
def test_what_a_child_says_of_the_digest_is_not_heard(said: str) -> None:
    assert checked(plain(sha256=said), sha256=DIGEST, evidence=False).sha256 == DIGEST
