"""Thousands of questions made up from our own OpenAPI document: none breaks anything, each answer is as documented."""

import sys
from pathlib import Path

import pytest

from tests.api.conftest import Program
from tests.api.data.shelf import TABLE
from tests.portal.shelves import Desk

pytestmark = pytest.mark.django_db
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
NARROWED = """
import json, sys, urllib.request
said = json.load(urllib.request.urlopen(sys.argv[1]))
named = said["components"]["parameters"]
named["dataset"]["schema"] = {"enum": [sys.argv[2], "tidak-ada"]}
named["table"]["schema"] = {"enum": [1, 2]}
for one in ("select", "sort", "by"):
    named[one]["schema"]["items"] = {"anyOf": [{"enum": ["desa", "tahun", "kepadatan"]}, {"type": "string"}]}
open(sys.argv[3], "w").write(json.dumps(said))
"""


def test_schemathesis_finds_nothing(
    desk: Desk, serving: tuple[str, Program], tmp_path: Path, settings: object
) -> None:
    settings.API_BY_ADDRESS = 1_000_000  # type: ignore[attr-defined]
    site, run = serving
    slug, document = desk.publish(TABLE).slug, tmp_path / "openapi.json"
    ended = run([sys.executable, "-c", NARROWED, f"{site}/api/data/openapi.json", slug, str(document)])
    assert ended.returncode == 0, ended.stderr
    program = Path(sys.executable).parent / "schemathesis"
    asked = ["--checks", CHECKS, "--max-examples", "10", "--phases", "examples,coverage,fuzzing", "--no-color"]
    asked += ["--generation-deterministic", "--url", site]
    ended = run([str(program), "run", str(document), *asked])
    assert ended.returncode == 0, ended.stdout[-2_000:]
