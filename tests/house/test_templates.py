"""What every template and sentence keeps to: no inline code, nothing from elsewhere, English for all."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "src" / "lumbung").rglob("templates/**/*.html"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT / "src" / "lumbung"))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\bsrc=)|\bhx-on", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_third_party(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r'(?:src|srcset|action|data)="(?:https?:)?//|<link[^>]+href="(?:https?:)?//', text)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_tables_are_announced(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("<table") == text.count("<caption"), "each table has a caption"
    assert not re.search(r"<th(?![a-z])(?![^>]*scope=)", text), "each heading of a table has its scope"


def test_every_sentence_has_its_english() -> None:
    run = subprocess.run([sys.executable, "front/messages.py", "missing"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_placeholders_survive_translation() -> None:
    places = re.compile(r"%\(\w+\)s|\{\w+\}|%[sd]")
    with (ROOT / "src/lumbung/locale/en/LC_MESSAGES/django.po").open("rb") as file:
        messages = [message for message in read_po(file, locale="en") if message.id and message.string]
    for message in messages:
        forms = message.id if isinstance(message.id, tuple) else (message.id,)
        given = message.string if isinstance(message.string, tuple) else (message.string,)
        asked = [set(places.findall(form)) for form in forms]
        assert all(set(places.findall(form)) in asked for form in given), message.id
