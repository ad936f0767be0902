"""A closing closes every route there is, taken from the URL table itself; a new route has to say what it shows."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.catalogue.models import Dataset, Distribution, Release
from lumbung.portal.catalogue.states import Shut
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.publication import actions, scopes
from tests.portal.publication import routes
from tests.portal.shelves import TABLE, Desk, actor, signed_in

pytestmark = pytest.mark.django_db
TITLE = "Panen zamrud"
SECRET = b"kecamatan;tahun;jumlah panen\nSukatani;2024;73519\nMekarsari;2024;9811\nCiwangi;2024;15012\n"
TRACES = (TITLE, "73519", "73.519")
NO_UUID = "00000000-0000-4000-8000-000000000000"
KODE, DISTRICT, REGENCY = "99.01.01.2001", "99.01.01", "99.01"


def text_of(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")


@pytest.fixture
def shown(desk: Desk) -> Dataset:
    """A dataset that all lists would show, in places that have their kode."""
    Organisation.objects.filter(pk=desk.village.pk).update(kode=KODE)
    Organisation.objects.filter(slug="kecamatan").update(kode=DISTRICT)
    desk.village.refresh_from_db()
    return desk.publish(SECRET, title=TITLE, description="Zamrud menurut kecamatan.")


def lists(dataset: Dataset) -> list[str]:
    return routes.of_many(dataset, words="zamrud", kode=KODE, district=DISTRICT, regency=REGENCY)


def by_hand(desk: Desk, dataset: Dataset) -> None:
    actions.quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")


def with_the_village(desk: Desk, dataset: Dataset) -> None:
    told = {"person": desk.duty, "by": actor(desk.duty), "because": "Ada laporan."}
    scopes.close_organisation(desk.village, ground=ClosingGround.PERSONAL_DATA, **told)  # type: ignore[arg-type]


def with_the_regency(desk: Desk, dataset: Dataset) -> None:
    told = {"person": desk.duty, "by": actor(desk.duty), "because": "Ada laporan."}
    above = Organisation.objects.get(depth=1)
    scopes.close_organisation(above, ground=ClosingGround.PERSONAL_DATA, **told)  # type: ignore[arg-type]


def its_only_release(desk: Desk, dataset: Dataset) -> None:
    scopes.close_release(dataset.releases.get(), person=desk.duty, by=actor(desk.duty), because="Ada laporan.")


def removed(desk: Desk, dataset: Dataset) -> None:
    by_hand(desk, dataset)
    actions.remove(dataset, person=desk.ppdp, by=actor(desk.ppdp), because="Dihapus.", title=dataset.title)


WAYS: list[Callable[[Desk, Dataset], None]] = [by_hand, with_the_village, with_the_regency, its_only_release, removed]


def test_every_public_address_says_what_it_shows() -> None:
    assert routes.unclassified() == set(), "name them in tests/portal/publication/routes.py, and close them"
    known = routes.OF_A_DATASET | routes.OF_MANY | routes.OF_NONE
    assert known - set(routes.public()) == set(), "these are gone"


def test_the_desk_leads_a_stranger_to_the_sign_in(desk: Desk) -> None:
    for _name, pattern in routes.table():
        if pattern.startswith(routes.DESK):
            path = "/" + re.sub(r"<uuid:\w+>", NO_UUID, pattern)
            path = re.sub(r"<\w+:\w+>", "1", path)
            assert "<" not in path, path
            answers = {Client().get(path).status_code, Client().post(path).status_code}
            assert answers <= {302, 401, 403, 404, 405}, (path, answers)


@pytest.mark.parametrize("way", WAYS)
def test_a_closed_dataset_is_closed_on_every_route(desk: Desk, shown: Dataset, way: Callable[..., None]) -> None:
    of_it, neighbour = routes.of_dataset(shown), desk.publish(title="Tetangga")
    etags = {path: Client().get(path).headers.get("ETag", "") for path in of_it}
    seen = [path for path in lists(shown) if "zamrud" in text_of(Client().get(path)).lower()]
    assert {"/", "/?q=zamrud", "/umpan.atom", "/sitemap-dataset.xml", f"/desa/{KODE}"} <= set(seen)
    way(desk, shown)
    shown.refresh_from_db()
    for path in of_it if way is not removed else routes.of_dataset(shown):
        for answer in (Client().get(path), Client().get(path, headers={"If-None-Match": etags.get(path) or '"x"'})):
            assert answer.status_code == 410, path
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["X-Robots-Tag"] == "noindex"
            assert not any(trace in text_of(answer) for trace in TRACES), path
        assert Client().head(path).status_code == 410
    for path in lists(shown):
        said = text_of(Client().get(path))
        assert not any(trace in said for trace in TRACES), path
    if way in (by_hand, its_only_release, removed):
        assert Client().get(neighbour.get_absolute_url()).status_code == 200


def test_nobody_keeps_an_open_page_without_asking_again(desk: Desk, shown: Dataset) -> None:
    for path in [*routes.of_dataset(shown), *lists(shown)]:
        response = Client().get(path)
        kept = response.headers.get("Cache-Control", "")
        assert response.status_code != 200 or "no-cache" in kept or "no-store" in kept, path


def test_the_newest_release_closes_and_the_older_one_returns(desk: Desk, shown: Dataset) -> None:
    older = shown.releases.get()
    desk.publish(TABLE + b"Sindang;2024;86421\n", dataset=shown, title="Judul yang dicabut", period="2025")
    newer = Release.objects.get(dataset=shown, number=2)
    old_files, new_files = routes.of_release(older), routes.of_release(newer)
    assert {Client().get(path).status_code for path in [*old_files, *new_files]} == {200}
    etags = {path: Client().get(path).headers.get("ETag", "") for path in new_files}
    scopes.close_release(newer, person=desk.duty, by=actor(desk.duty), because="Salah unggah.")
    for path in new_files:
        answer = Client().get(path, headers={"If-None-Match": etags[path]})
        assert (answer.status_code, answer.headers["Cache-Control"]) == (410, "no-store"), path
    assert {Client().get(path).status_code for path in old_files} == {200}
    page = text_of(Client().get(shown.get_absolute_url()))
    assert TITLE in page
    assert "73.519" in page or "73519" in page
    for path in [*routes.of_dataset(shown), *lists(shown)]:
        said = text_of(Client().get(path))
        assert "86421" not in said and "86.421" not in said and "Judul yang dicabut" not in said, path
    assert "Judul yang dicabut" not in text_of(Client().get("/?q=dicabut"))
    scopes.reopen_release(newer, person=desk.colleague, by=actor(desk.colleague), because="Sudah diperiksa.")
    assert {Client().get(path).status_code for path in new_files} == {200}
    assert "Judul yang dicabut" in text_of(Client().get("/?q=dicabut"))


def test_removing_takes_the_closed_releases_along(desk: Desk, shown: Dataset) -> None:
    desk.publish(TABLE + b"Sindang;2024;86421\n", dataset=shown, title=TITLE)
    newer = Release.objects.get(dataset=shown, number=2)
    scopes.close_release(newer, person=desk.duty, by=actor(desk.duty), because="Salah unggah.")
    by_hand(desk, shown)
    traces = actions.remove(shown, person=desk.ppdp, by=actor(desk.ppdp), because="Hapus.", title=shown.title)
    assert set(traces.left().values()) == {0}
    assert not Release.every.filter(dataset=shown).exists()
    assert not Distribution.every.filter(release__dataset=shown).exists()


@pytest.mark.parametrize("shut", [Shut.CLOSED, Shut.READ_ONLY])
def test_the_whole_portal(desk: Desk, shown: Dataset, shut: Shut) -> None:
    told = {"person": desk.duty, "by": actor(desk.duty), "because": "Diserang.", "ground": ClosingGround.LAW}
    closing = scopes.close_portal(shut=shut, **told)  # type: ignore[arg-type]
    expected = 503 if shut == Shut.CLOSED else 200
    for path in [*routes.of_dataset(shown), *lists(shown)]:
        answer: HttpResponse = Client().get(path)  # type: ignore[assignment]
        if answer.status_code == 404:  # no map, no such table: nothing is there in either case
            continue
        assert answer.status_code == expected, path
        if shut == Shut.CLOSED:
            assert int(answer.headers["Retry-After"]) > 0
            assert not any(trace in text_of(answer) for trace in TRACES)
    for path in ("/status", "/status.json", "/status.atom", "/healthz", "/masuk", "/kepala", "/penarikan.json"):
        assert Client().get(path).status_code == 200, path
    assert signed_in(desk.duty).get("/meja/tutup/").status_code == 200
    assert signed_in(desk.producer).post("/meja/kiriman/baru", {}).status_code == 503
    assert Client().post("/api/v1/apa-saja").json()["error"]["code"] == "portal-shut"
    scopes.end_closing(closing, person=desk.ppdp, by=actor(desk.ppdp), because="Aman.")
    assert Client().get(shown.get_absolute_url()).status_code == 200
