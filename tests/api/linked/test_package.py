"""The Data Package of a dataset, validated by frictionless itself, which fetches the rows like any client."""

import json
import sys
from pathlib import Path

import pytest
from django.test import Client

from tests.api.conftest import Program
from tests.portal.shelves import Desk

pytestmark = pytest.mark.django_db
TABLE = b"desa;nilai -1;=rumus;tahun\nMekarsari;1,5;=1+1;2024\n'Ciwangi;-2,25;;2023\n;0,125;@a;2022\n"
VALIDATE = """
import sys
from frictionless import system, validate
with system.use_context(trusted=True):
    report = validate(sys.argv[1])
print(report.to_json())
"""


def test_frictionless_finds_it_valid(desk: Desk, serving: tuple[str, Program], tmp_path: Path) -> None:
    site, run = serving
    dataset = desk.publish(TABLE)
    ended = run([sys.executable, "-W", "ignore", "-c", VALIDATE, f"{site}/dataset/{dataset.slug}/datapackage.json"])
    assert ended.returncode == 0, ended.stderr
    report = json.loads(ended.stdout)
    assert report["valid"], report
    (task,) = report["tasks"]
    assert task["stats"]["rows"] == 3
    assert task["labels"] == ["desa", "nilai -1", "'=rumus", "tahun"]


def test_a_map_or_a_letter_without_tables_names_its_files(desk: Desk) -> None:
    dataset = desk.publish(TABLE)
    dataset.releases.get().distributions.filter(format="parquet").delete()
    said = Client().get(f"/dataset/{dataset.slug}/datapackage.json").json()
    assert {one["format"] for one in said["resources"]} == {"csv", "xlsx", "json"}
    assert all(one["hash"].startswith("sha256:") for one in said["resources"])
