"""What ckanr (R) reads, asked from R through crul, which carries ckanr's calls; ckanr itself is not in Debian.

Runs where R and Debian's r-cran-crul are installed, and says so where they are not.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.api.conftest import Program
from tests.portal.shelves import Desk

pytestmark = pytest.mark.django_db
CALLS = Path(__file__).with_name("ckanr_calls.R")
HAS_CRUL = (
    'quit(status = !all(requireNamespace("crul", quietly = TRUE), requireNamespace("jsonlite", quietly = TRUE)))'
)


def _installed() -> bool:
    program = shutil.which("Rscript")
    return program is not None and subprocess.run([program, "-e", HAS_CRUL], capture_output=True).returncode == 0


@pytest.mark.skipif(not _installed(), reason="R with r-cran-crul and r-cran-jsonlite is not installed")
def test_its_read_calls(desk: Desk, serving: tuple[str, Program], settings: Any) -> None:
    dataset = desk.publish(title="Panen zamrud", theme="pertanian")
    settings.LUMBUNG_URL = serving[0]
    ended = serving[1](["Rscript", str(CALLS), serving[0], dataset.slug])
    assert ended.returncode == 0, ended.stderr
    said = {one["call"]: one["value"] for one in map(json.loads, ended.stdout.splitlines())}
    assert said["ckan_version"] >= 200  # ckanr reads its digits as one number
    assert said["package_list"] in (dataset.slug, [dataset.slug])
    assert (said["package_search"], said["package_show"], said["organization_show"]) == (1, dataset.slug, "desa")
    assert (said["organization_list"], said["group_list"] > 0, said["tag_list"] > 0) == (5, True, True)
    assert (said["license_list"] > 0, said["help_show"] > 20, said["resource_show"]) == (True, True, "CSV")
    assert said["ds_search"] == 2
    assert said["fields"][0] == "int"
    assert said["missing"] == "package_show - 404"
