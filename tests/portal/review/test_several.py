"""Updates beside the last release, and several harmless ones approved at once, each still looked at by itself."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.intake.models import Submission
from lumbung.portal.review.bulk import approve_harmless
from lumbung.portal.review.models import Decision
from lumbung.portal.review.queries import as_seen, queue
from lumbung.portal.review.risk import Level
from tests.portal.shelves import TABLE, Desk, actor, signed_in

pytestmark = pytest.mark.django_db
NEWER = TABLE.replace(b"12450", b"12600") + b"Tirtasari;2024;7700\n"
OTHER_COLUMNS = TABLE.replace(b"jumlah penduduk", b"banyaknya jiwa")


def chosen(*submissions: Submission, **more: str) -> dict[str, object]:
    seen = {f"seen-{one.pk}": as_seen(one) for one in submissions}
    return {"chosen": [str(one.pk) for one in submissions], "because": "Pembaruan rutin.", **seen, **more}


@pytest.fixture
def dataset(desk: Desk) -> Dataset:
    return desk.publish()


def test_shows_what_would_change(desk: Desk, dataset: Dataset) -> None:
    update = desk.send(NEWER, dataset=dataset)
    answer = signed_in(desk.walidata).get(f"/meja/tinjau/{update.pk}/banding")
    (table,) = answer.context["tables"]
    assert (table.change.rows_added, table.change.rows_removed, table.change.changed) == (1, 0, 1)
    assert table.same_columns
    assert ("jumlah penduduk", 37273, 45123) in table.totals
    page = answer.content.decode()
    assert "37.273" in page
    assert "45.123" in page
    assert "no-store" in answer.headers["Cache-Control"]


def test_says_which_columns_are_new(desk: Desk, dataset: Dataset) -> None:
    update = desk.send(OTHER_COLUMNS, dataset=dataset)
    (table,) = signed_in(desk.walidata).get(f"/meja/tinjau/{update.pk}/banding").context["tables"]
    assert (table.change.columns_added, table.change.columns_removed) == (["banyaknya jiwa"], ["jumlah penduduk"])
    assert not table.same_columns


def test_a_first_release_has_nothing_beside_it(desk: Desk) -> None:
    submission = desk.send()
    page = signed_in(desk.walidata).get(f"/meja/tinjau/{submission.pk}/banding")
    assert "Tidak ada tabel dari rilis terakhir" in page.content.decode()


@pytest.mark.parametrize("who", ["stranger", "producer", "duty", "admin", "ppdp"])
def test_not_for_others(desk: Desk, dataset: Dataset, who: str) -> None:
    update = desk.send(NEWER, dataset=dataset)
    client = signed_in(getattr(desk, who))
    assert client.get(f"/meja/tinjau/{update.pk}/banding").status_code == 404
    page = client.post("/meja/tinjau/setujui", chosen(update)).content.decode()
    assert "Kiriman yang tidak dikenal" in page
    assert update.title not in page
    assert Decision.objects.count() == 1


def test_approves_harmless_updates_and_leaves_the_rest(desk: Desk, dataset: Dataset) -> None:
    update, changed = desk.send(NEWER, dataset=dataset), desk.send(OTHER_COLUMNS, dataset=dataset)
    first = desk.send(TABLE + b"Salam;2024;1\n", title="Yang pertama")
    listed = {line.submission.pk: line.harmless for line in queue(desk.walidata)}
    assert listed == {update.pk: True, changed.pk: True, first.pk: False}
    page = signed_in(desk.walidata).post("/meja/tinjau/setujui", chosen(update, changed, first)).content.decode()
    assert page.count("Disetujui, siap diterbitkan.") == 1
    assert "Kolomnya tidak sama dengan rilis terakhir." in page
    assert "perlu dilihat satu per satu" in page
    states = [Submission.objects.get(pk=one.pk).state for one in (update, changed, first)]
    assert states == ["approved", "in_review", "in_review"]


@pytest.mark.parametrize(
    "change",
    [
        {"released_codes": ["person-table"]},
        {"unit": ""},
        {"classification": "terbatas"},
        {"dataset": None},
        {"state": "held"},
    ],
)
def test_not_what_needs_a_second_look(desk: Desk, dataset: Dataset, change: dict[str, object]) -> None:
    update = desk.send(NEWER, dataset=dataset)
    Submission.objects.filter(pk=update.pk).update(**change)
    update.refresh_from_db()
    signed_in(desk.walidata).post("/meja/tinjau/setujui", chosen(update))
    update.refresh_from_db()
    assert update.state != "approved"


def test_not_one_s_own(desk: Desk, dataset: Dataset) -> None:
    update = desk.send(NEWER, dataset=dataset)
    Submission.objects.filter(pk=update.pk).update(submitted_by=desk.walidata)
    signed_in(desk.walidata).post("/meja/tinjau/setujui", chosen(update))
    update.refresh_from_db()
    assert update.state == "in_review"


@pytest.mark.parametrize(
    ("form", "status"),
    [({"because": ""}, 422), ({"chosen": []}, 422), ({"chosen": ["x"]}, 422), ({"chosen": [str(uuid4())] * 11}, 200)],
)
def test_a_broken_form_approves_nothing(desk: Desk, dataset: Dataset, form: dict[str, object], status: int) -> None:
    update = desk.send(NEWER, dataset=dataset)
    answer = signed_in(desk.walidata).post("/meja/tinjau/setujui", {**chosen(update), **form})
    assert answer.status_code == status
    assert Decision.objects.count() == 1


def test_a_stale_page_approves_nothing(desk: Desk, dataset: Dataset) -> None:
    update = desk.send(NEWER, dataset=dataset)
    page = signed_in(desk.walidata).post("/meja/tinjau/setujui", {**chosen(update), f"seen-{update.pk}": "lama"})
    assert "berubah sejak halaman Anda dibuka" in page.content.decode()
    assert Decision.objects.count() == 1


def test_the_queue_tells_risk_and_can_be_ordered_by_it(desk: Desk, dataset: Dataset) -> None:
    update = desk.send(NEWER, dataset=dataset)
    released = desk.send(TABLE + b"Salam;2024;1\n", title="Dilepas")
    Submission.objects.filter(pk=released.pk).update(released_codes=["person-table"])
    lines = queue(desk.walidata, by_risk=True)
    assert [line.submission.pk for line in lines] == [released.pk, update.pk]
    assert [line.risk.level for line in lines] == [Level.HIGH, Level.LOW]
    page = signed_in(desk.walidata).get("/meja/tinjau/?urut=risiko").content.decode()
    assert "dilepas PPDP dari tahanan" in page


def test_who_sends_for_the_first_time_is_said(desk: Desk) -> None:
    desk.send()
    (line,) = queue(desk.walidata)
    assert [str(word) for word in line.risk.because] == ["kiriman pertama orang ini", "data baru"]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_approve_once(desk: Desk) -> None:
    update = desk.send(NEWER, dataset=desk.publish())
    seen, together = as_seen(update), Barrier(2)

    def approve(person: object) -> bool:
        together.wait()
        try:
            (outcome,) = approve_harmless(
                {update.pk: seen},
                person=person,
                by=actor(person),
                because="Rutin.",  # type: ignore[arg-type]
            )
            return outcome.approved
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(approve, [desk.walidata, desk.colleague])) == [False, True]
    assert Decision.objects.filter(submission=update).count() == 1
