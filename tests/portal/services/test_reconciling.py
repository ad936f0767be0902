"""The access log beside the record: nothing missing in either, and each planted difference named."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from lumbung.config.access_log import AccessLog
from lumbung.portal.accounts.models import Organisation
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset, Distribution
from lumbung.portal.catalogue.states import Shut
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.publication import scopes
from lumbung.portal.publication.actions import quarantine
from lumbung.portal.services import access_log
from lumbung.portal.services.reconciling import reconcile
from tests.portal.conftest import PASSWORD
from tests.portal.shelves import TABLE, Desk, actor

pytestmark = pytest.mark.django_db
SECRET = "rahasia-di-alamat"


@pytest.fixture
def folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LUMBUNG_HOME", str(home))
    return access_log.folder()


class Answered:
    """What gunicorn knows of an answer."""

    def __init__(self, status: int) -> None:
        self.status, self.sent = f"{status} X", 7


def ask(path: str, *, client: Client | None = None, method: str = "get", data: Any = None) -> Any:
    """A request with its line, as the web server writes it."""
    response = getattr(client or Client(), method)(path, data)
    list(response) if response.streaming else None
    logger = AccessLog.__new__(AccessLog)
    logger.access(Answered(response.status_code), None, response.wsgi_request.META, timedelta())
    return response


def today() -> Any:
    return datetime.now(UTC).date()


def file_of(dataset: Dataset) -> str:
    name = Distribution.objects.filter(release__dataset=dataset, format="csv").get().name
    return f"{dataset.get_absolute_url()}/unduh/{name}"


def test_nothing_differs(desk: Desk, folder: Path) -> None:
    dataset = desk.publish()
    desk.duty.set_password(PASSWORD)
    desk.duty.save()
    ask("/")
    ask(file_of(dataset))
    ask(f"{dataset.get_absolute_url()}.csv")
    ask(f"{dataset.get_absolute_url()}/saring.csv?q={SECRET}")
    ask(file_of(dataset), method="head")
    for asked in ("", f"/1/rows?q={SECRET}", "/1/groups?by=kecamatan", "/1/dump?format=json"):
        ask(f"/api/data/{dataset.slug}{asked}")
    ask("/api/data/openapi.json")
    ask("/masuk", method="post", data={"login": desk.duty.email, "password": PASSWORD})
    ask(f"/dataset/tidak-ada-{SECRET}")
    said = reconcile(today(), folder=folder)
    assert (said.differences, said.requests, said.downloads, said.sign_ins) == (0, 12, 4, 1)
    line = Event.objects.get(kind="reconciled")
    assert (line.details["requests"], line.details["without_line"]) == (12, 0)
    log = (folder / f"{today()}.log").read_text()
    assert SECRET not in log
    assert desk.duty.email not in log
    assert "127.0.0.1" not in log


def test_a_download_without_its_line_is_named(desk: Desk, folder: Path) -> None:
    dataset, other = desk.publish(), desk.publish(b"desa;jumlah\nMekarsari;4\nCiwangi;9\n", title="Sumur")
    ask(file_of(dataset))
    path = folder / f"{today()}.log"
    kept = path.read_text()
    number = kept.split("\t")[5]
    path.write_text(kept.replace(f"\t{number}\t", "\t-\t"))
    said = reconcile(today(), folder=folder)
    assert (len(said.without_line), len(said.without_request)) == (1, 1)
    assert file_of(dataset) in said.without_line[0]
    path.write_text(kept.replace(dataset.slug, other.slug))  # the line of another dataset does not count
    assert len(reconcile(today(), folder=folder).without_line) == 1


def test_a_line_that_no_request_left_is_named(desk: Desk, folder: Path) -> None:
    dataset = desk.publish()
    Client().get(file_of(dataset))
    said = reconcile(today(), folder=folder)
    assert (said.requests, len(said.without_request)) == (0, 1)
    assert "downloaded" in said.without_request[0]


def test_an_answer_about_what_was_closed_is_named(desk: Desk, folder: Path) -> None:
    dataset = desk.publish()
    ask(dataset.get_absolute_url())
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    assert ask(dataset.get_absolute_url()).status_code == 410
    assert reconcile(today(), folder=folder).while_closed == []
    meta = {"lumbung.route": "catalogue:dataset", "PATH_INFO": dataset.get_absolute_url(), "REQUEST_METHOD": "GET"}
    later = datetime.now(UTC) + timedelta(seconds=5)
    access_log.write(access_log.line_of(later, status="200", size=1, environ=meta), day=today())
    (named,) = reconcile(later.date(), folder=folder).while_closed or [""]
    assert dataset.slug in named


@pytest.mark.parametrize("what", ["release", "above", "portal", "read-only", "opened"])
def test_whatever_closed_it_an_answer_is_named(desk: Desk, folder: Path, what: str) -> None:
    dataset = desk.publish()
    desk.publish(TABLE + b"Sindang;2024;77\n", dataset=dataset)
    first = dataset.releases.get(number=1)
    path = f"{dataset.get_absolute_url()}/unduh/{first.distributions.get(format='csv').name}"
    told: dict[str, Any] = {"person": desk.duty, "by": actor(desk.duty), "because": "Ada laporan."}
    above, told_above = Organisation.objects.get(depth=1), {**told, "ground": ClosingGround.LAW}
    if what == "release":
        scopes.close_release(first, **told)
    elif what in ("above", "opened"):
        closing = scopes.close_organisation(above, **told_above)
        if what == "opened":
            scopes.end_closing(closing, **told)
    else:
        shut = Shut.CLOSED if what == "portal" else Shut.READ_ONLY
        scopes.close_portal(shut=shut, **told_above)
    later = datetime.now(UTC) + timedelta(seconds=5)
    meta = {"lumbung.route": "catalogue:dataset", "PATH_INFO": path, "REQUEST_METHOD": "GET"}
    access_log.write(access_log.line_of(later, status="200", size=1, environ=meta), day=later.date())
    named = reconcile(later.date(), folder=folder).while_closed
    assert [path in one for one in named] == ([] if what in ("read-only", "opened") else [True])


def test_a_log_that_was_cut_short_or_is_away(desk: Desk, folder: Path) -> None:
    assert reconcile(today(), folder=folder).requests == 0
    ask("/")
    with (folder / f"{today()}.log").open("a") as log:
        log.write("2026-11-22T01:02:03\t200\tGET\n\t\t\n2026-11-22T01:02:03\t200\tGET\tx\t-\t-\t0\n")
    assert reconcile(today(), folder=folder).unreadable == 3


def test_old_files_go(folder: Path) -> None:
    for day in (today() - timedelta(days=91), today() - timedelta(days=89), today()):
        access_log.write("x", day=day)
    (folder / "catatan.txt").write_text("bukan milik kita")
    assert access_log.forget() == 1
    assert len(list(folder.iterdir())) == 3


def test_a_full_disk_is_not_in_the_way(folder: Path) -> None:
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file where the folder should be")
    told: list[str] = []
    logger = AccessLog.__new__(AccessLog)
    logger.error = told.append
    logger.access(Answered(200), None, {}, timedelta())
    assert told
