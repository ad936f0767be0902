"""Single lines with their proofs: what the stand-alone program says of them, and of what was done to them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lumbung.portal.audit import merkle, proofs, verify, verify_line
from lumbung.portal.audit.actions import erase, record_now
from lumbung.portal.audit.actors import Actor, Subject
from lumbung.portal.audit.heads import kept, sign_head
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event, Head

pytestmark = pytest.mark.django_db
SOMEBODY = Actor(id="person:7", name="Sri Lestari", address="203.0.113.9", device="peramban")
FILE = Subject(kind="dataset", id="beras", organisation="desa")


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Three lines of eleven, shown one by one."""
    for _ in range(11):
        record_now(Kind.DOWNLOADED, by=SOMEBODY, subject=FILE)
    sign_head()
    return put(tmp_path, list(proofs.proofs(lines(2, 7, 11), personal=True)))


def lines(*numbers: int) -> Any:
    return Event.objects.filter(sequence__in=numbers)


def put(folder: Path, shown: list[dict[str, Any]]) -> Path:
    path = folder / "baris.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in shown), encoding="utf-8")
    return path


def asked(*words: Path) -> tuple[int, str]:
    """The program as a stranger runs it: beside verify.py, in another folder."""
    folder = words[0].parent / "pemeriksa"
    folder.mkdir(exist_ok=True)
    for module in (verify, verify_line):
        shutil.copy(str(module.__file__), folder)
    command = [sys.executable, str(folder / "verify_line.py"), *map(str, words)]
    run = subprocess.run(command, capture_output=True, text=True)
    return run.returncode, run.stdout


@pytest.mark.parametrize("size", range(1, 40))
def test_every_proof_of_every_tree_leads_to_its_root(size: int) -> None:
    leaves = [bytes([number]) * 32 for number in range(size)]
    levels = [b"".join(leaves)]
    while len(levels[-1]) > proofs.WIDTH:
        levels.append(proofs.above(levels[-1]))
    for index, leaf in enumerate(leaves):
        steps = list(proofs.path(levels, index))
        assert steps == merkle.inclusion_proof(leaves, index)
        reached = verify_line.reached(leaf, index, size, [step.hex() for step in steps])
        assert reached == merkle.root(leaves).hex()
        assert verify_line.reached(leaf, index, size, [*[step.hex() for step in steps], "00" * 32]) != reached


def test_a_stranger_checks_them_with_one_command(written: Path) -> None:
    code, said = asked(written)
    assert (code, said.count("masih seperti ketika ditulis")) == (0, 3)
    assert "baris 2 " in said and "atas 11 catatan" in said


def test_a_witness_is_asked_where_one_is_given(written: Path) -> None:
    head = written.parent / "saksi.jsonl"
    head.write_text(json.dumps(kept(Head.objects.get())) + "\n")
    assert asked(written, head)[0] == 0
    head.write_text("")
    record_now(Kind.DOWNLOADED, by=SOMEBODY, subject=FILE)
    head.write_text(json.dumps(kept(sign_head() or Head())) + "\n")
    code, said = asked(written, head)
    assert (code, "tidak ada pada saksi" in said) == (1, True)


@pytest.mark.parametrize(
    "wrong", ["entry", "leaf", "proof", "signature", "statement", "short", "long", "name", "nonsense"]
)
def test_whatever_is_changed_is_no_longer_proven(written: Path, wrong: str) -> None:
    shown = [json.loads(line) for line in written.read_text().splitlines()]
    one = shown[1]
    if wrong == "entry":
        one["entry"] = one["entry"].replace("downloaded", "withdrawn")
    elif wrong == "leaf":
        one["leaf"] = "00" * 32
    elif wrong == "proof":
        one["proof"][0] = "00" * 32
    elif wrong in ("signature", "statement"):
        one["head"][wrong] = one["head"][wrong].replace("1", "2")
    elif wrong == "short":
        one["proof"].pop()
    elif wrong == "long":
        one["proof"].append("00" * 32)
    elif wrong == "name":
        one["opened"]["actor_name"][1] = "Orang Lain"
    else:
        shown[1] = {"entry": "[" * 100_000}
    code, said = asked(put(written.parent, shown))
    assert (code, said.count("TIDAK terbukti"), said.count("masih seperti")) == (1, 1, 2)


def test_lines_under_no_head_are_not_shown_and_nothing_is_no_proof(written: Path) -> None:
    record_now(Kind.DOWNLOADED, by=SOMEBODY, subject=FILE)
    assert [json.loads(one["entry"])["sequence"] for one in proofs.proofs(lines(11, 12, 99), personal=False)] == [11]
    assert list(proofs.proofs(lines(12), personal=False)) == []
    assert asked(put(written.parent, []))[0] == 1
    assert asked(written.parent / "tidak-ada")[0] == 2


def test_without_names_and_after_an_erasure_they_still_hold(written: Path) -> None:
    nameless = list(proofs.proofs(lines(2), personal=False))
    assert "Sri" not in json.dumps(nameless) and asked(put(written.parent, nameless))[0] == 0
    erase(Subject(kind="person", id="7"), by=Actor(id="system", name="Lumbung"), because="Diminta.")
    erased = list(proofs.proofs(lines(2), personal=True))
    assert "Sri" not in json.dumps(erased) and asked(put(written.parent, erased))[0] == 0
