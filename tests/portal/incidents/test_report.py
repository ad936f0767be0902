"""The public's road: no account, no script, no oracle, nothing kept that looks like a number, limits that hold."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.queries import visible
from lumbung.portal.incidents.jobs import keep_incidents
from lumbung.portal.incidents.models import Matter, Report
from lumbung.portal.incidents.permissions import MOST_ABOUT_ONE, MOST_FROM_ONE
from lumbung.portal.incidents.telling import sender_of
from lumbung.portal.publication.actions import quarantine
from tests.gate.test_inspect import RESIDENTS
from tests.portal.shelves import Desk, actor

pytestmark = pytest.mark.django_db
CODE = re.compile(r'id="kode">([A-Z0-9-]{19})<')


def report(dataset: Dataset, told: dict[str, Any], *, address: str = "203.0.113.9") -> Any:
    return Client(REMOTE_ADDR=address).post(f"/lapor/{dataset.slug}", told)


def code_of(answer: Any) -> str:
    found = CODE.search(answer.content.decode())
    assert found
    return found.group(1)


def stored() -> str:
    """Everything that this room and the record keep in clear."""
    words = Report.objects.values_list("table", "column", "row", "words", "contact", "sender")
    lines = Event.objects.filter(kind__startswith="report").values_list("details", "because", "address", "device")
    return repr([*words, *lines])


def test_the_button_is_one_click_away_on_a_page_and_on_a_stone(desk: Desk, dataset: Dataset) -> None:
    address = f'href="/lapor/{dataset.slug}"'
    assert address in Client().get(dataset.get_absolute_url()).content.decode()
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    stone = Client().get(dataset.get_absolute_url())
    assert (stone.status_code, address in stone.content.decode()) == (410, True)
    form = Client().get(f"/lapor/{dataset.slug}")
    assert (form.status_code, dataset.title in form.content.decode()) == (200, False)


def test_a_report_is_acknowledged_and_followed_by_its_code(dataset: Dataset, told: dict[str, Any]) -> None:
    answer = report(dataset, told)
    code = code_of(answer)
    assert (answer.status_code, answer["Cache-Control"].count("no-store"), answer["X-Robots-Tag"]) == (
        200,
        1,
        "noindex",
    )
    kinds = list(Event.objects.filter(kind__startswith="report").order_by("sequence").values_list("kind", "actor"))
    assert kinds == [("reported", "public"), ("report-acknowledged", "system")]
    assert code not in stored() and code.replace("-", "") not in stored()
    page = Client().post("/laporan", {"code": code.lower().replace("-", " ")}).content.decode()
    assert "Diterima" in page and dataset.title not in page
    assert "tidak kami kenal" in Client().post("/laporan", {"code": "AAAA-AAAA-AAAA-AAAA"}).content.decode()


def test_neither_address_nor_device_of_a_visitor_is_kept(dataset: Dataset, told: dict[str, Any]) -> None:
    report(dataset, told, address="203.0.113.77")
    assert "203.0.113.77" not in stored()
    assert set(Event.objects.filter(kind="reported").values_list("address", "device", "actor_name")) == {
        ("", "", "Umum")
    }
    Report.objects.update(received_at=timezone.now() - timedelta(days=2))
    keep_incidents()
    assert Report.objects.get().sender == ""


@pytest.mark.parametrize(
    "shape",
    [
        lambda nik: nik,
        lambda nik: " ".join(nik),
        lambda nik: "-".join(nik[start : start + 4] for start in range(0, 16, 4)),
        lambda nik: "*".join(nik),
        lambda nik: "x".join(nik[start : start + 3] for start in range(0, 16, 3)),
        lambda nik: "\u200b".join(nik),
        lambda nik: "".join(chr(0x660 + int(digit)) for digit in nik),
        lambda nik: "".join(chr(0xFF10 + int(digit)) for digit in nik),
        lambda nik: "".join(chr(0x1D7CE + int(digit)) for digit in nik),
        lambda nik: "".join("⓪①②③④⑤⑥⑦⑧⑨"[int(digit)] for digit in nik),
    ],
)
def test_no_number_of_a_person_is_stored_however_it_is_written(
    dataset: Dataset, told: dict[str, Any], shape: Any
) -> None:
    nik = RESIDENTS[0]
    told |= {"words": f"NIK ibu saya {shape(nik)} terlihat", "row": "3"}
    assert report(dataset, told).status_code == 200
    kept = Report.objects.get()
    assert "terlihat" in kept.words and "•" in kept.words
    assert sum(letter.isnumeric() for letter in kept.words) <= 11
    assert nik not in re.sub(r"\D", "", stored())


def test_a_number_cut_over_several_fields_is_not_stored(dataset: Dataset, told: dict[str, Any]) -> None:
    nik = RESIDENTS[0]
    told |= {"table": nik[:4], "column": nik[4:8], "words": f"{nik[8:12]} lalu {nik[12:]}", "row": ""}
    assert report(dataset, told).status_code == 200
    kept = Report.objects.get()
    assert not re.search(r"\d", kept.table + kept.column + kept.words)


def test_places_are_kept(dataset: Dataset, told: dict[str, Any]) -> None:
    report(dataset, told)
    kept = Report.objects.get()
    assert (kept.table, kept.column, kept.row, kept.words) == ("tabel pertama", "B", 12, "Tampak di tengah.")


def test_the_contact_is_sealed_and_destroyed_in_time(dataset: Dataset, told: dict[str, Any]) -> None:
    report(dataset, told | {"contact": "warga@contoh.test"})
    kept = Report.objects.get()
    assert kept.contact and "warga" not in stored()
    assert kept.until == timezone.localdate() + timedelta(days=90)
    Report.objects.update(until=timezone.localdate() - timedelta(days=1))
    keep_incidents()
    kept.refresh_from_db()
    assert (kept.words, kept.table, bytes(kept.contact)) == ("", "", b"")


def test_a_program_in_the_trap_gets_the_same_answer_and_nothing_is_kept(
    dataset: Dataset, told: dict[str, Any]
) -> None:
    trapped, honest = report(dataset, told | {"website": "https://contoh.test"}), report(dataset, told)
    same = [
        CODE.sub("", re.sub(r'csrfmiddlewaretoken" value="\w+"', "", one.content.decode()))
        for one in (trapped, honest)
    ]
    assert same[0] == same[1]
    assert Report.objects.count() == 1


def test_true_and_false_reports_are_answered_alike(desk: Desk, dataset: Dataset, told: dict[str, Any]) -> None:
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Ada laporan.")
    other = desk.publish(title="Tetangga", content=b"desa;jumlah\nSukatani;120\nMekarsari;98\nCiwangi;150\n")
    answers = [report(one, told).content.decode() for one in (dataset, other)]
    plain = [
        CODE.sub("", re.sub(r'value="[^"]+"', "", one.replace(dataset.slug, "").replace(other.slug, "")))
        for one in answers
    ]
    assert plain[0] == plain[1]


def test_one_sender_is_limited_over_all_datasets(dataset: Dataset, told: dict[str, Any]) -> None:
    answers = [report(dataset, told).status_code for _ in range(MOST_FROM_ONE + 2)]
    assert answers == [200] * MOST_FROM_ONE + [429] * 2
    assert report(dataset, told, address="198.51.100.4").status_code == 200
    assert Report.objects.count() == MOST_FROM_ONE + 1


def test_one_ipv6_household_is_one_sender() -> None:
    assert sender_of("2001:db8:1:2::5") == sender_of("2001:db8:1:2:ffff::9") != sender_of("2001:db8:1:3::5")
    assert sender_of("") == sender_of("bukan alamat")


def test_a_flood_neither_hides_data_nor_buries_the_desk(desk: Desk, dataset: Dataset, told: dict[str, Any]) -> None:
    flood = MOST_ABOUT_ONE + 30
    for number in range(flood):
        report(dataset, told, address=f"10.0.{number // 250}.{number % 250 + 1}")
    matter = Matter.objects.get()
    assert (matter.reports, matter.told.count()) == (flood, MOST_ABOUT_ONE)
    assert Event.objects.filter(kind="reported").count() == MOST_ABOUT_ONE
    assert visible().filter(pk=dataset.pk).exists()


@pytest.mark.parametrize(
    "wrong",
    [{"seen": ""}, {"seen": "lain-lagi"}, {"row": "0"}, {"row": "9" * 20}, {"row": "-1"}, {"words": "a" * 601},
     {"table": "\x00"}, {"column": "b" * 121}, {"contact": "c" * 201}],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_and_nothing_is_kept(
    dataset: Dataset, told: dict[str, Any], wrong: dict[str, str]
) -> None:
    answer = report(dataset, told | wrong)
    assert (answer.status_code, Report.objects.count(), Matter.objects.count()) == (422, 0, 0)


def test_an_unknown_dataset_is_not_found_and_a_look_stores_nothing(dataset: Dataset) -> None:
    assert Client().get("/lapor/tidak-ada").status_code == 404
    assert Client().post("/lapor/tidak-ada", {"seen": "nik"}).status_code == 404
    assert Client().get(f"/lapor/{dataset.slug}").status_code == 200
    assert Matter.objects.count() == 0


def test_a_form_from_elsewhere_is_refused(dataset: Dataset, told: dict[str, Any]) -> None:
    assert Client(enforce_csrf_checks=True).post(f"/lapor/{dataset.slug}", told).status_code == 403
    assert Report.objects.count() == 0
