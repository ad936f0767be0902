"""An inspected file is opened again only where bytes and rules are the same and nothing was left unread."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from lumbung import gate

CONTENT = b"kecamatan,jumlah\nSecang,12\nGrabag,9\n"


@pytest.fixture(scope="module")
def inspection() -> gate.Inspection:
    return gate.inspect(io.BytesIO(CONTENT), name="rekap.csv")


def test_the_same_file(inspection: gate.Inspection, tmp_path: Path) -> None:
    path = tmp_path / "rekap.csv"
    path.write_bytes(CONTENT)
    with path.open("rb") as file:
        document = gate.contents(file, inspection)
    assert document.sha256 == inspection.sha256
    assert document.tables[0].texts.shape == (3, 2)


@pytest.mark.parametrize(
    ("content", "changes"),
    [
        (CONTENT + b"x", {}),  # other bytes
        (b"", {}),  # nothing
        (b"\x7fELF" + bytes(99), {}),  # no longer readable
        (CONTENT, {"rules_version": "0" * 16}),  # other rules
        (CONTENT, {"unread": ("xl/vbaProject.bin",)}),
        (CONTENT, {"sha256": ""}),
    ],
)
def test_anything_else_is_refused(inspection: gate.Inspection, content: bytes, changes: dict[str, object]) -> None:
    with pytest.raises(gate.NotTheInspectedFile):
        gate.contents(io.BytesIO(content), replace(inspection, **changes))  # type: ignore[arg-type]


def test_rules_and_limits_are_offered() -> None:
    assert {rule.code for rule in gate.rules()} >= {"nik", "not-fully-read"}
    assert gate.limits(written_bytes=5).written_bytes == 5
    assert gate.limits().written_bytes == 0


def test_the_limits_of_the_policy_are_those_of_the_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = gate.answer(file=io.BytesIO(CONTENT), name="rekap.csv", evidence=False)
    assert answer["verdict"] == "open"
    tight = replace(gate.policy(), reading=replace(gate.policy().reading, cells=5))
    monkeypatch.setattr(gate, "policy", lambda: tight)
    answer = gate.answer(file=io.BytesIO(CONTENT), name="rekap.csv", evidence=False)
    assert (answer["verdict"], [reason["code"] for reason in answer["reasons"]]) == ("hold", ["too-large"])
