"""A verdict is the worst of its reasons; all reasons are given; what was not read is held."""

import pytest

from lumbung.detect.finding import Finding
from lumbung.document import Place, Unread
from lumbung.judge import Verdict, held, judge, policy

PHONE = Finding(kind="phone", place=Place(sheet="Data", column="D"), hits=3, of=3)
NIK = Finding(kind="nik", place=Place(sheet="Data", column="A", header="NIK"), hits=3, of=3, evidence={"header": 1.0})
PEOPLE = Finding(
    kind="person-table", place=Place(sheet="Data", row="2-4"), hits=3, of=3, evidence={"named": 1.0, "strong": 1.0}
)


def test_nothing_found_and_everything_read_is_open() -> None:
    assert judge([], unread=(), policy=policy()) == (Verdict.OPEN, ())


def test_what_was_not_read_is_held_and_named() -> None:
    parts = (Unread(place=Place(part="xl/vbaProject.bin"), why="encrypted"), Unread(place=Place(), why="too-large"))
    verdict, reasons = judge([], unread=parts, policy=policy())
    assert verdict is Verdict.HOLD
    assert [(reason.code, reason.place.part, dict(reason.evidence)) for reason in reasons] == [
        ("not-fully-read", "xl/vbaProject.bin", {"encrypted": 1.0}),
        ("not-fully-read", None, {"too-large": 1.0}),
    ]


def test_all_reasons_worst_first() -> None:
    verdict, reasons = judge([PHONE, NIK], unread=(Unread(place=Place(), why="x"),), policy=policy())
    assert verdict is Verdict.HOLD
    assert [(reason.code, reason.severity.value) for reason in reasons] == [
        ("nik", "hold"),
        ("not-fully-read", "hold"),
        ("phone", "review"),
    ]


def test_a_telephone_beside_people_is_held_and_one_on_another_sheet_is_not() -> None:
    elsewhere = Finding(kind="phone", place=Place(sheet="Kantor", column="D"), hits=3, of=3)
    _, reasons = judge([PEOPLE, PHONE, elsewhere], unread=(), policy=policy())
    assert [(reason.code, reason.place.sheet, reason.severity.value) for reason in reasons] == [
        ("person-table", "Data", "hold"),
        ("phone", "Data", "hold"),
        ("phone", "Kantor", "review"),
    ]


def test_an_office_s_contacts_are_no_reason_unless_they_stand_beside_people() -> None:
    office = Finding(kind="e-mail", place=Place(sheet="Data", column="E"), hits=9, of=9, evidence={"office": 1.0})
    assert judge([office], unread=(), policy=policy()) == (Verdict.OPEN, ())
    _, reasons = judge([PEOPLE, office], unread=(), policy=policy())
    assert [reason.code for reason in reasons] == ["person-table", "e-mail"]


def test_a_heading_that_nobody_recognised_may_be_a_person() -> None:
    finding = Finding(kind="nik", place=Place(column="A", header="SITI AMINAH"), hits=3, of=3, chance=1e-9)
    _, (reason,) = judge([finding], unread=(), policy=policy())
    assert reason.place == Place(column="A")


def test_a_kind_without_a_rule_is_an_error_and_so_never_open() -> None:
    with pytest.raises(KeyError):
        judge([Finding(kind="iris-scan", place=Place(), hits=1, of=1)], unread=(), policy=policy())


@pytest.mark.parametrize("code", ["empty-file", "unknown-format", "encrypted", "too-large", "bomb", "unreadable"])
def test_a_refused_file_is_held_under_its_own_code(code: str) -> None:
    inspection = held(code)
    assert (inspection.verdict, [reason.code for reason in inspection.reasons]) == (Verdict.HOLD, [code])


def test_broken_is_called_unreadable() -> None:
    assert [reason.code for reason in held("broken").reasons] == ["unreadable"]
