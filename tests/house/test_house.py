"""The rules of the house: directions of import, lengths, words that must not stand here, links that lead somewhere."""

import ast
import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src" / "lumbung").rglob("*.py"))
PROGRAMS = [path for path in SOURCES if "migrations" not in path.parts]
CONDUCTORS = {"gate.py": 120, "portal/intake/actions.py": 320, "portal/publication/actions.py": 320}


def tracked() -> list[Path]:
    """Every text file that git keeps."""
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_imports_keep_the_directions() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_every_room_is_in_the_plan() -> None:
    contracts = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert contracts.count("exhaustive = true") == 2


def test_no_room_is_an_empty_shell() -> None:
    rooms = [path for path in (ROOT / "src" / "lumbung").glob("**/") if (path / "__init__.py").is_file()]
    empty = [
        name_of(room)
        for room in rooms
        if not any(path.read_text(encoding="utf-8").strip() for path in room.rglob("*.py"))
    ]
    assert not empty


@pytest.mark.parametrize("path", PROGRAMS, ids=name_of)
def test_lengths(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    most = CONDUCTORS.get(str(path.relative_to(ROOT / "src" / "lumbung")), 400)
    assert lines <= most, f"{name_of(path)} has {lines} lines, at most {most}"
    long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1})"
        for node in functions(path)
        if node.end_lineno and node.end_lineno - node.lineno + 1 > 40
    ]
    assert not long, f"{name_of(path)}: functions over forty lines: {long}"


@pytest.mark.parametrize("path", PROGRAMS, ids=name_of)
def test_a_module_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not tree.body or ast.get_docstring(tree), f"{name_of(path)} has no docstring"


def test_no_word_of_machines_or_registries() -> None:
    hosts = "|".join((r"py" + r"pi\.org", "python" + "hosted", "npm" + r"js\.org", r"deb\." + r"debian\.org"))
    words = re.compile(rf"(?<![\w.])/(?:work|root|farm)/|{hosts}", re.IGNORECASE)
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if path != Path(__file__).resolve() and words.search(text):
            found.append(name_of(path))
    assert not found


def test_nothing_is_put_off() -> None:
    marks = re.compile(r"#\s*(?:TODO|FIXME|XXX)\b")
    assert not [name_of(path) for path in PROGRAMS if marks.search(path.read_text(encoding="utf-8"))]


def test_parts_are_pinned() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert "http" not in text, f"{path.name} names an address"
        starts = [match.start() for match in re.finditer(r"^[a-z0-9-]+(?:\[[a-z,]+\])?==", text, re.MULTILINE)]
        assert starts
        for here, there in pairwise([*starts, len(text)]):
            assert "--hash=sha256:" in text[here:there], text[here : here + 40]


def test_the_front_end_lock_has_no_addresses() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]


def test_links_lead_somewhere() -> None:
    dead = []
    for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text(encoding="utf-8")):
            if not (path.parent / target).exists():
                dead.append(f"{name_of(path)}: {target}")
    assert not dead


def test_decisions_are_numbered_alike() -> None:
    """The number of its file, in four digits; none is left out, none is there twice."""
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    for number, path in enumerate(decisions, start=1):
        heading = path.read_text(encoding="utf-8").partition("\n")[0]
        assert path.name.startswith(f"{number:04}-"), path.name
        assert re.match(rf"# {number:04}\. [A-Z]", heading), f"{name_of(path)}: {heading}"


def test_printed_pages_send_nobody_to_what_is_not_here() -> None:
    gone = re.compile(r"\b(?:domain|detection|style)\.md\b")
    assert not [name_of(path) for path in tracked() if path.suffix in (".py", ".md") and _names(path, gone)]


def _names(path: Path, pattern: re.Pattern[str]) -> bool:
    return path != Path(__file__).resolve() and pattern.search(path.read_text(encoding="utf-8")) is not None


def test_settings_are_documented() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in PROGRAMS)
    used = set(re.findall(r"\b(?:LUMBUNG_[A-Z_]+[A-Z]|DATABASE_URL)\b", text))
    described = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not [name for name in sorted(used) if name not in described]


def test_no_value_goes_to_a_log() -> None:
    """A cell, a value or a row never goes to a log line."""
    speaks = re.compile(
        r"\blog(?:ger)?\.(?:debug|info|warning|error|exception|critical)\([^)]*\b(?:cell|value|row|text)\b"
    )
    assert not [name_of(path) for path in PROGRAMS if speaks.search(path.read_text(encoding="utf-8"))]
