"""CKAN's real clients against the portal, unmodified: ckanapi as library and as commands, frictionless both ways."""

import functools
import json
import sys
import threading
import uuid
from collections.abc import Iterator
from datetime import date
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from lumbung.invent import nik
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import State
from tests.api.ckan.asking import key_of, rows_of
from tests.api.conftest import Program
from tests.portal.counted import register
from tests.portal.shelves import TABLE, Desk

pytestmark = pytest.mark.django_db
BIN = Path(sys.executable).parent
HARVEST = TABLE.replace(b"jumlah penduduk", b"panen padi").replace(b";", b",")
LIBRARY = """
import json, sys
from ckanapi import RemoteCKAN
from ckanapi.errors import CKANAPIError, NotAuthorized, NotFound, ValidationError
address, key, persons, number = sys.argv[1:]
told = []
for get_only in (False, True):
    ckan = RemoteCKAN(address, get_only=get_only)
    told.append(ckan.action.package_search(q="zamrud", rows=1)["count"])
    told.append(ckan.action.package_list())
    told.append(ckan.action.datastore_search(resource_id=number, limit=1)["records"])
for call in (
    lambda: ckan.action.package_show(id="tidak-ada"),
    lambda: RemoteCKAN(address).action.package_create(name="a"),
    lambda: RemoteCKAN(address, apikey=key).action.package_create(name="A B"),
    lambda: RemoteCKAN(address).action.site_read(),
):
    try:
        call()
    except CKANAPIError as problem:
        told.append(type(problem).__name__)
ckan = RemoteCKAN(address, apikey=key)
package = ckan.action.package_create(name="panen", owner_org="desa", title="Panen")
try:
    ckan.action.resource_create(package_id=package["id"], name="warga", upload=open(persons, "rb"))
except ValidationError as problem:
    told.append(sorted({one["code"] for one in problem.error_dict["gate"]["reasons"]}))
ckan.action.package_delete(id=package["id"])
print(json.dumps(told))
"""
FRICTIONLESS = """
import json, sys
from frictionless import Catalog, FrictionlessException, Package, Resource
from frictionless.portals import CkanControl
address, key, folder = sys.argv[1:]
package = Package(f"{address}/dataset/panen-zamrud")
table = next(one for one in package.resources if one.format == "csv")
told = [[row.to_dict() for row in table.read_rows()], table.validate().valid]
for control in ({}, {"organization_name": "desa"}, {"group_id": "pertanian"}, {"num_packages": 1}):
    told.append([one.name for one in Catalog(address, control=CkanControl(baseurl=address, **control)).datasets])
mine = CkanControl(baseurl=address, apikey=key, organization_name="desa")
for name in ("panen", "warga"):
    sent = Package(name=name, title=name, resources=[Resource(path=f"{name}.csv", name=name)], basepath=folder)
    try:
        told.append(sent.publish(control=mine).url)
    except FrictionlessException as problem:
        told.append("Ditahan" in str(problem))
print(json.dumps(told, default=str))
"""


@pytest.fixture
def address(serving: tuple[str, Program], settings: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the portal answers, under which it also names its files; ckanapi calls itself by its name."""
    settings.LUMBUNG_URL = serving[0]
    monkeypatch.setenv("PATH", str(BIN), prepend=":")
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    return serving[0]


@pytest.fixture
def zamrud(desk: Desk) -> Dataset:
    return desk.publish(title="Panen zamrud", description="Zamrud.", theme="pertanian")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """A server of somebody else, with a table of harvests and one of persons."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "panen.csv").write_bytes(HARVEST)
    (folder / "warga.csv").write_bytes(register())
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(folder))
    handler.func.log_message = lambda *_: None  # type: ignore[attr-defined,method-assign]
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def lines(path: Path, *told: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(one) + "\n" for one in told), encoding="utf-8")
    return str(path)


def test_ckanapi_as_a_library(
    serving: tuple[str, Program], address: str, zamrud: Dataset, desk: Desk, tmp_path: Path
) -> None:
    persons = tmp_path / "warga.xlsx"
    persons.write_bytes(register())
    asked = [sys.executable, "-c", LIBRARY, address, key_of(desk.producer), str(persons), rows_of(zamrud)]
    ended = serving[1](asked)
    assert ended.returncode == 0, ended.stderr
    *reads, unknown, anonymous, wrong, no_action, codes = json.loads(ended.stdout)
    assert reads[:3] == reads[3:]
    assert reads[:2] == [1, ["panen-zamrud"]]
    assert reads[2][0]["_id"] == 1
    assert (unknown, anonymous, wrong) == ("NotFound", "NotAuthorized", "ValidationError")
    assert no_action.endswith("Error")
    assert "nik" in codes


def test_ckanapis_commands(
    serving: tuple[str, Program], address: str, zamrud: Dataset, desk: Desk, elsewhere: str, tmp_path: Path
) -> None:
    ckanapi, key = str(BIN / "ckanapi"), key_of(desk.producer)
    found = serving[1]([ckanapi, "search", "datasets", "q=zamrud", "-r", address])
    assert json.loads(found.stdout)["name"] == "panen-zamrud", found.stderr
    dumped = serving[1]([ckanapi, "dump", "datasets", "--all", "-r", address, "-D", str(tmp_path / "paket")])
    assert dumped.returncode == 0, dumped.stderr
    described = json.loads((tmp_path / "paket" / "panen-zamrud" / "datapackage.json").read_bytes())
    assert [one["format"] for one in described["resources"]] == ["CSV", "XLSX", "JSON", "PARQUET"]
    # ckanapi 4.11 fetches the last resource under every name, so only that one is what it says
    last = described["resources"][-1]["path"]
    assert (tmp_path / "paket" / "panen-zamrud" / last).read_bytes().startswith(b"PAR1")
    listed = serving[1]([ckanapi, "dump", "organizations", "--all", "-r", address])
    assert listed.stdout.count("\n") == 5, listed.stderr
    packages = [
        {"name": name, "title": name, "owner_org": "desa", "resources": [
            {"id": str(uuid.uuid4()), "name": name, "format": "CSV", "url_type": "upload",
             "url": f"{elsewhere}/{name}.csv"}]}
        for name in ("warga", "panen")
    ]  # fmt: skip
    told = lines(tmp_path / "kirim.jsonl", *packages)
    loaded = serving[1]([ckanapi, "load", "datasets", "--upload-resources", "-r", address, "-a", key, "-I", told])
    assert loaded.returncode == 3, loaded.stderr
    failed = [line for line in loaded.stderr.splitlines() if "ValidationError" in line]
    assert len(failed) == 1
    assert "Ditahan: Nomor Induk Kependudukan" in failed[0]
    assert sorted(Submission.objects.values_list("state", flat=True)) == [State.HELD, State.IN_REVIEW, State.PUBLISHED]


def test_frictionless_both_ways(
    serving: tuple[str, Program], address: str, zamrud: Dataset, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "panen.csv").write_bytes(HARVEST)
    born = date(1990, 1, 1)
    numbers = [nik(region="990101", birth=born, female=False, serial=9000 + number) for number in range(12)]
    rows = "".join(f"Warga,{number}\n" for number in numbers)
    (tmp_path / "warga.csv").write_text("nama,nik\n" + rows, encoding="utf-8")
    ended = serving[1]([sys.executable, "-c", FRICTIONLESS, address, key_of(desk.producer), str(tmp_path)])
    assert ended.returncode == 0, ended.stderr
    read, valid, *catalogues, sent, refused = json.loads(ended.stdout)
    assert read[0] == {"kecamatan": "Sukatani", "tahun": 2024, "jumlah penduduk": 12450}
    assert valid is True
    assert catalogues == [["panen-zamrud"]] * 4
    assert sent == f"{address}/dataset/panen"
    assert refused is True
    states = list(Submission.objects.order_by("received_at").values_list("state", flat=True))
    assert states == [State.PUBLISHED, State.IN_REVIEW, State.SHREDDED, State.HELD]
