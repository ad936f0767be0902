"""Nothing of a call has a road out but counts and times: planted values are searched for in all that is there."""

import ast
import csv
import io
import logging
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from lumbung.aggregate.quarters import quarter_of
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.emergencies import figures, store
from lumbung.portal.emergencies.models import Call, MonthKey, Printed
from lumbung.portal.intake import vault
from lumbung.portal.intake.jobs import inspect_submission
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.printed import dataset_of
from lumbung.portal.intake.seal import Tampered
from lumbung.portal.intake.states import State
from lumbung.portal.publication.actions import publish
from tests.portal.emergencies.conftest import DISTRICTS, Brigade, MakePerson, by, call, last_quarter
from tests.portal.intake.test_secret import everything_in_the_database
from tests.portal.publication import routes
from tests.portal.shelves import Desk, actor, desk, signed_in

__all__ = ["desk"]
PLANTED = (
    "Wulandari Kacapiring",
    "081290009011",
    "Gang Zamrud 17 Blok Q",
    "SIYAP-77431",
    "110.2371913",
    "kompor meledak",
)


def planted(at: datetime, *, district: str = DISTRICTS[0]) -> dict[str, Any]:
    """A call of which every word is known to the test."""
    place = {"kecamatan": district, "alamat": PLANTED[2], "lintang": -7.4312345, "bujur": 110.2371913}
    caller = {"nama": PLANTED[0], "telepon": PLANTED[1]}
    return call(PLANTED[3], at, tempat=place, pelapor=caller, uraian=PLANTED[5])


def season(at: datetime) -> list[dict[str, Any]]:
    """A quarter of calls: many in one district, few in the others, and the planted one alone in its district."""
    luck, found = random.Random(7), []
    for month in range(3):
        for district, number in zip(DISTRICTS, (34, 13, 2, 0), strict=True):
            for one in range(number):
                when = at + timedelta(days=30 * month, hours=one % 9)
                minutes = luck.randint(4, 20)
                found.append(call(f"{district}-{month}-{one}", when, district=district, minutes=minutes))
    return [*found, planted(at, district=DISTRICTS[3])]


def found_in(places: dict[str, bytes]) -> list[tuple[str, str]]:
    return [(place, one) for place, text in places.items() for one in PLANTED if one.encode() in text]


def pages_of(someone: Client, addresses: list[str]) -> bytes:
    answers = [someone.get(address) for address in addresses]
    bodies = [b"".join(one.streaming_content) if one.streaming else one.content for one in answers]  # type: ignore[attr-defined]
    return b"".join(bodies) + "".join(str(one.headers) for one in answers).encode()


@pytest.mark.django_db(transaction=True)
def test_only_counts_and_times_get_out(
    brigade: Brigade,
    desk: Desk,
    home: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    at = last_quarter()
    answers = [brigade.push(season(at)).content, brigade.push([planted(at, district=DISTRICTS[3])]).content]
    officer, keeper = signed_in(brigade.officer), signed_in(brigade.admin)
    where = f"/meja/darurat/{brigade.feed.pk}"
    answers.append(officer.post(f"{where}/cari", {"number": PLANTED[3]}).headers["Location"].encode())
    door = answers[-1].decode()
    answers += [officer.get(door).content, officer.post(door, {"because": ""}).content]
    opened = officer.post(door, {"because": "Menyusun laporan kejadian"}).content.decode()
    assert all(one in opened for one in PLANTED), "the officer sees the call on this one page"
    quarter = quarter_of(f"{at:%Y-%m}")
    assert officer.post(f"{where}/cetak", {"quarter": quarter}).status_code == 302
    assert officer.post(f"{where}/serahkan").status_code == 302
    sent = Submission.objects.get()
    inspect_submission.call(str(sent.pk))
    sent.refresh_from_db()
    assert sent.state == State.IN_REVIEW, sent.inspection
    dataset = publish(desk.approve(sent), person=desk.walidata, by=actor(desk.walidata))
    public = routes.of_dataset(dataset) + routes.of_many(
        dataset, words="darurat", kode="99.01.01.2001", district=DISTRICTS[0], regency="99.01"
    )
    desks = ["/meja/darurat/", where, "/meja/kiriman/", sent.get_absolute_url(), "/meja/jejak/"]
    said = capfd.readouterr()
    places = {
        "answers": b"".join(answers),
        "public": pages_of(Client(), public),
        "desks": b"".join(
            pages_of(one, desks) for one in (officer, keeper, signed_in(desk.ppdp), signed_in(desk.walidata))
        ),
        "log": caplog.text.encode() + (said.out + said.err).encode(),
        "database": everything_in_the_database(),
        "files": b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file()),
        "names": "".join(str(path) for path in home.rglob("*")).encode(),
    }
    assert found_in(places) == []
    with vault.open_plain(sent) as plain:
        content = plain.read()
    assert found_in({"table": content}) == []
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    alone = [row for row in rows if row["kode_wilayah"] == DISTRICTS[3] and row["periode"] == f"{at:%Y-%m}"]
    assert [(row["jumlah_panggilan"], row["tanda"], row["median_menit_tanggap"]) for row in alone] == [("", "*", "")]
    many = [row for row in rows if row["kode_wilayah"] == DISTRICTS[0] and row["periode"] == f"{at:%Y-%m}"]
    assert many[0]["jumlah_panggilan"] == "34" or many[0]["tanda"] == "*"
    assert any(row["median_menit_tanggap"] for row in rows)
    assert {row["tingkat"] for row in rows} == {"kecamatan", "kabupaten", "petak"}
    looks = Event.objects.filter(kind=Kind.CALL_OPENED)
    assert [(one.actor, one.because) for one in looks] == [
        (f"person:{brigade.officer.pk}", "Menyusun laporan kejadian")
    ]


def test_the_seal_is_broken_in_two_places_alone() -> None:
    """Only the officer's look and the counting may ask for a call's content, and the push that compares it."""
    import lumbung

    house = Path(lumbung.__file__).parent
    callers = {
        str(path.relative_to(house))
        for path in house.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "unsealed_call"
    }
    assert callers == {f"portal/emergencies/{name}.py" for name in ("actions", "figures", "taking")}
    others = [
        path
        for path in house.rglob("*.py")
        if "emergencies" not in path.parts and "portal.emergencies.models" in path.read_text(encoding="utf-8")
    ]
    assert [path.name for path in others] == ["demo_calls.py"], "which makes a feed and reads none"


@pytest.mark.django_db
def test_who_opens(brigade: Brigade, person: MakePerson, desk: Desk) -> None:
    brigade.push([planted(last_quarter())])
    door = f"/meja/darurat/panggilan/{Call.objects.get().pk}"
    others = [
        brigade.admin,
        desk.walidata,
        desk.ppdp,
        desk.duty,
        desk.admin,
        person("produsen", brigade.feed.organisation),
    ]
    for someone in others:
        answer = signed_in(someone).post(door, {"because": "ingin tahu"})
        assert (answer.status_code, found_in({"": answer.content})) == (403, [])
    assert Client().get(door).status_code == 302
    careful = person("produsen", brigade.feed.organisation, invented=False)
    keeper = signed_in(brigade.admin)
    where = f"/meja/darurat/{brigade.feed.pk}"
    keeper.post(f"{where}/petugas", {"email": careful.email})
    assert signed_in(careful).post(door, {"because": "x"}).status_code == 403, "without a second step"
    for wrong in (brigade.admin, desk.walidata):
        keeper.post(f"{where}/petugas", {"email": wrong.email})
    assert set(brigade.feed.officers.values_list("person", flat=True)) == {brigade.officer.pk, careful.pk}
    officer = signed_in(brigade.officer)
    assert officer.post(door, {"because": "laporan"}).status_code == 200
    assert officer.post(door, {"because": "9901014509009001"}).status_code == 422
    named = brigade.feed.officers.get(person=brigade.officer)
    assert officer.post(f"{where}/petugas/{named.pk}").status_code == 403
    keeper.post(f"{where}/petugas/{named.pk}")
    assert officer.post(door, {"because": "laporan"}).status_code == 403
    assert Event.objects.filter(kind=Kind.CALL_OPENED).count() == 1


@pytest.mark.django_db
def test_a_quarter_is_printed_once_and_only_when_it_is_over(brigade: Brigade, desk: Desk) -> None:
    at, me = last_quarter(), brigade.officer
    now = datetime.now(at.tzinfo) - timedelta(hours=1)
    brigade.push([*season(at), call("baru", now)])
    ripe = figures.ripe(brigade.feed)
    assert ripe == [quarter_of(f"{at:%Y-%m}")]
    with pytest.raises(Refused):
        figures.print_quarter(brigade.feed, quarter_of(f"{now:%Y-%m}"), person=me, by=by(me))
    with pytest.raises(Refused):
        figures.print_quarter(brigade.feed, ripe[0], person=brigade.admin, by=by(brigade.admin))
    with pytest.raises(Refused):
        figures.hand_in(brigade.feed, person=me, by=by(me))
    first = figures.print_quarter(brigade.feed, ripe[0], person=me, by=by(me))
    brigade.push([call(f"terlambat-{one}", at) for one in range(9)])
    with pytest.raises(Refused):
        figures.print_quarter(brigade.feed, ripe[0], person=me, by=by(me))
    assert Printed.objects.get().lines == first.lines
    sent = figures.hand_in(brigade.feed, person=me, by=by(me))
    with pytest.raises(Refused):
        figures.hand_in(brigade.feed, person=me, by=by(me))
    inspect_submission.call(str(sent.pk))
    sent.refresh_from_db()
    dataset = publish(desk.approve(sent), person=desk.walidata, by=actor(desk.walidata))
    assert dataset_of(brigade.feed.printed.all()) == dataset


@pytest.mark.django_db
def test_calls_are_destroyed_by_date(brigade: Brigade) -> None:
    brigade.push([planted(last_quarter())])
    held, key = Call.objects.get(), MonthKey.objects.get()
    assert store.destroy_due() == 0
    MonthKey.objects.update(destroy_on=datetime.now().date())
    kept = bytes(held.sealed)
    assert store.destroy_due() == 1
    assert store.destroy_due() == 0
    assert not Call.objects.exists()
    key.refresh_from_db()
    held.key, held.sealed = key, kept
    with pytest.raises(Tampered):
        store.unsealed_call(held)
    assert figures.ripe(brigade.feed) == [], "a quarter with a destroyed month would be counted wrong"
    assert Event.objects.get(kind=Kind.CALLS_DESTROYED).details == {"month": key.month, "calls": 1}


@pytest.mark.django_db
def test_a_closed_dataset_gets_no_newer_table_and_the_desk_says_who_may(brigade: Brigade) -> None:
    assert Role.ADMIN in {one.role for one in brigade.admin.memberships.all()}
    keeper = signed_in(brigade.admin)
    page = keeper.get(f"/meja/darurat/{brigade.feed.pk}")
    assert page.status_code == 200
    assert "Buka satu panggilan" not in page.content.decode()
    assert keeper.post(f"/meja/darurat/{brigade.feed.pk}/kunci").status_code == 200
    assert keeper.post(f"/meja/darurat/{brigade.feed.pk}/akhiri", {"because": "Aplikasi diganti"}).status_code == 302
    assert brigade.push([planted(last_quarter())]).status_code == 401
