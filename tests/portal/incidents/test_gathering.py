"""An incident gathers by itself: from the record and from the closed file, version after version, without a value."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from lumbung.invent import people
from lumbung.invent.incident import village_of_2017
from lumbung.portal.audit.models import Event, Head
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.incidents.drafting import draft
from lumbung.portal.incidents.gathering import gather, is_as_written
from lumbung.portal.incidents.jobs import gather_incident, keep_incidents
from lumbung.portal.incidents.models import Dossier, Duty, Incident, LetterKind, Task
from lumbung.portal.publication.actions import quarantine, remove
from tests.portal.publication.test_looking_again import replaced
from tests.portal.shelves import Desk, actor, signed_in

pytestmark = pytest.mark.django_db
RESIDENTS = [one for _home, one in people(village_of_2017()) if len(one.nik) == 16][:60]


def register() -> str:
    lines = [f"{one.nik};{one.name};{one.birth:%d-%m-%Y};Dusun I" for one in RESIDENTS]
    return "\n".join(["NIK;Nama Lengkap;Tanggal Lahir;Alamat", *lines, lines[0]]) + "\n"


def shut(desk: Desk, dataset: Dataset) -> Incident:
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Tampak NIK.")
    keep_incidents()
    incident = Incident.objects.get(dataset=dataset)
    gather_incident.call(incident.pk)
    return incident


def leaked(desk: Desk) -> Dataset:
    """A register that stands on the shelf, as if no gate had ever looked."""
    dataset = desk.publish()
    replaced(dataset.releases.get(), register())
    return dataset


def test_the_file_says_how_many_people_and_children_each_once(desk: Desk) -> None:
    incident = shut(desk, leaked(desk))
    said = incident.dossiers.first().facts["people"]
    born_after = timezone.localdate(incident.aware_at).replace(year=timezone.localdate().year - 18)
    assert (said["why_not"], said["people"], said["unread"]) == ("", 60, 0)
    assert said["children"] == sum(one.birth > born_after for one in RESIDENTS)
    assert {"NIK", "Nama Lengkap", "Alamat"} <= set(said["headings"])
    assert {"nik", "person-table"} <= {one["code"] for one in said["findings"]}


def test_no_value_and_nobody_stands_in_it(desk: Desk) -> None:
    dataset = leaked(desk)
    file = dataset.releases.get().distributions.get(format="csv")
    b"".join(Client(REMOTE_ADDR="203.0.113.9").get(f"{dataset.get_absolute_url()}/unduh/{file.name}"))
    said = json.dumps(shut(desk, dataset).dossiers.first().facts)
    assert not [one for one in RESIDENTS if one.nik in said or one.name in said]
    assert "203.0.113.9" not in said and "203.0.113.0/24" in said
    assert desk.producer.name not in said and desk.duty.name not in said


def test_who_when_and_after_which_training(desk: Desk) -> None:
    today = timezone.localdate()
    for day, where in ((-9, ""), (-1, ""), (0, "tetangga"), (3, "")):
        held = (today + timedelta(days=day)).isoformat()
        call_command("tell_training", f"--since={held}", f"--until={held}", f"--organisation={where}")
    upload = shut(desk, leaked(desk)).dossiers.first().facts["uploads"][0]
    assert (upload["days_after_training"], upload["training"]["kind"]) == (1, "training-held")
    assert Event.objects.get(sequence=upload["line"]).actor == actor(desk.producer).id


@pytest.mark.parametrize("wrong", [{"until": "2019-06-17"}, {"organisation": "tidak-ada"}])
def test_a_training_that_cannot_be_is_not_noted(desk: Desk, wrong: dict[str, str]) -> None:
    told = {"since": "2019-06-18", "until": "2019-06-19", **wrong}
    with pytest.raises(CommandError):
        call_command("tell_training", *[f"--{name}={value}" for name, value in told.items()])
    assert not Event.objects.filter(kind="training-held").exists()


def test_without_a_training_it_says_so(desk: Desk) -> None:
    upload = shut(desk, leaked(desk)).dossiers.first().facts["uploads"][0]
    assert (upload["training"], upload["days_after_training"]) == (None, None)


def test_nothing_new_is_no_new_version_and_each_stands_in_the_record(desk: Desk) -> None:
    incident = shut(desk, leaked(desk))
    number = incident.dossiers.count()
    assert gather(incident).number == number
    remove(
        incident.dataset,
        person=desk.walidata,
        by=actor(desk.walidata),
        because="Memuat NIK.",
        title=incident.dataset.title,
    )
    latest = gather(incident, count=True)
    assert latest.number == number + 1
    assert latest.facts["people"]["people"] == 60  # counted before it was destroyed
    assert [one["kind"] for one in latest.facts["done"]][:3] == ["quarantined", "removed", "removal-checked"]
    assert all(is_as_written(one) for one in incident.dossiers.all())
    assert Head.objects.first().size >= Event.objects.get(kind="quarantined").sequence


def test_a_version_that_somebody_changes_is_seen(desk: Desk) -> None:
    dossier = shut(desk, leaked(desk)).dossiers.first()
    facts = {**dossier.facts, "exposed_days": 3}
    Dossier.objects.filter(pk=dossier.pk).update(facts=facts)
    dossier.refresh_from_db()
    assert not is_as_written(dossier)


def test_what_is_gone_before_it_was_counted_is_said_as_unknown(desk: Desk) -> None:
    dataset = leaked(desk)
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Tampak NIK.")
    keep_incidents()
    dataset.refresh_from_db()
    remove(dataset, person=desk.walidata, by=actor(desk.walidata), because="Memuat NIK.", title=dataset.title)
    incident = Incident.objects.get()
    gather_incident.call(incident.pk)
    assert incident.dossiers.first().facts["people"]["why_not"] == "no-files"


def test_a_lost_job_leaves_a_version_that_says_not_counted(desk: Desk) -> None:
    dataset = leaked(desk)
    quarantine(dataset, person=desk.duty, by=actor(desk.duty), because="Tampak NIK.")
    keep_incidents()
    Incident.objects.update(opened_at=timezone.now() - timedelta(hours=1))
    keep_incidents()
    keep_incidents()
    assert [one.facts["people"]["why_not"] for one in Dossier.objects.all()] == ["not-counted"]


def test_duties_stand_with_their_deadlines(desk: Desk) -> None:
    incident = shut(desk, leaked(desk))
    keep_incidents()
    assert Task.objects.count() == len(Duty)
    assert Task.objects.get(duty=Duty.AUTHORITY).due_at == incident.deadline


@pytest.mark.parametrize("everybody", ["", "on"])
def test_a_training_is_noted_on_the_page_and_said_to_be_noted_later(desk: Desk, everybody: str) -> None:
    incident, day = shut(desk, leaked(desk)), timezone.localdate() - timedelta(days=1)
    days = {"since": day.isoformat(), "until": day.isoformat(), "everybody": everybody}
    assert signed_in(desk.ppdp).post(f"/meja/insiden/{incident.pk}/pelatihan", days).status_code == 302
    line = Event.objects.get(kind="training-held")
    assert (line.actor, line.organisation) == (f"person:{desk.ppdp.pk}", "" if everybody else desk.village.slug)
    gather_incident.call(incident.pk)
    upload = incident.dossiers.first().facts["uploads"][0]
    assert (upload["days_after_training"], upload["training"]["line"]) == (1, line.sequence)
    page = signed_in(desk.ppdp).get(f"/meja/insiden/{incident.pk}").content.decode()
    assert "baru dicatat kemudian" in page
    assert "baru dicatat kemudian" in draft(incident.dossiers.first(), LetterKind.CHRONOLOGY)


def test_a_training_of_the_district_counts_for_its_villages(desk: Desk) -> None:
    day = timezone.localdate().isoformat()
    call_command("tell_training", f"--since={day}", f"--until={day}", "--organisation=kecamatan")
    incident = shut(desk, leaked(desk))
    gather_incident.call(incident.pk)
    assert incident.dossiers.first().facts["uploads"][0]["days_after_training"] == 0


def test_impossible_days_and_other_hands_note_no_training(desk: Desk) -> None:
    incident, today = shut(desk, leaked(desk)), timezone.localdate()
    address = f"/meja/insiden/{incident.pk}/pelatihan"
    for since, until in ((0, -1), (-500, 0)):
        days = {"since": today + timedelta(days=since), "until": today + timedelta(days=until)}
        assert signed_in(desk.ppdp).post(address, days).status_code == 422, days
    assert signed_in(desk.ppdp).post(address, {"since": "kemarin"}).status_code == 422
    assert signed_in(desk.stranger).post(address, {"since": today, "until": today}).status_code == 404
    assert not Event.objects.filter(kind="training-held").exists()
