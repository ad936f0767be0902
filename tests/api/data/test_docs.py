"""Every line of docs/rows-api.md and of the page that explains the API does what it says, asked by curl and Python."""

import html
import re
import shutil
import sys
from pathlib import Path

import pytest
from django.test import Client

from tests.api.conftest import Program
from tests.api.data.shelf import TABLE
from tests.portal.shelves import Desk

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).resolve().parents[3] / "docs" / "rows-api.md"


def test_the_lines_of_the_documentation(desk: Desk, serving: tuple[str, Program], tmp_path: Path) -> None:
    assert shutil.which("curl"), "curl is part of every Debian that builds this"
    site, run = serving
    (block,) = re.findall(r"```sh\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    lines = f"set -e\nSITE={site} DATASET={desk.publish(TABLE).slug}\n{block}"
    ended = run(["sh", "-c", lines])
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.count('"Mekarsari"') >= 2
    assert "kecamatan,desa,tahun" in ended.stdout


def test_the_lines_of_the_page(desk: Desk, serving: tuple[str, Program], tmp_path: Path) -> None:
    site, run = serving
    desk.publish(TABLE)
    page = Client().get("/api/data/", headers={"Host": site.removeprefix("http://")}).content.decode()
    codes = dict(re.findall(r'id="kode-(\w+)" tabindex="0">(.*?)</pre>', page, re.DOTALL))
    curls = [html.unescape(code) for code in codes.values() if code.startswith("curl")]
    assert len(curls) == 6
    for line in curls:
        ended = run(["sh", "-c", f"cd {tmp_path} && {line}"])
        assert ended.returncode == 0, line
    assert (tmp_path / "data.csv").read_text().startswith("kecamatan")
    ended = run([sys.executable, "-c", html.unescape(codes["python"])])
    assert ended.stdout.strip() == "5", ended.stderr
