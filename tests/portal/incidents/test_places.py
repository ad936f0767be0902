"""An organisation or the whole portal that is shut because of personal data: an incident like any other, which says
that nobody has said yet which of the data it is; once somebody has, that dataset's own incident has the same clock.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Closing, Dataset
from lumbung.portal.catalogue.states import Shut
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.incidents import letters
from lumbung.portal.incidents.actions import end_incident, open_incident_over, receive
from lumbung.portal.incidents.duties import people_on_duty
from lumbung.portal.incidents.gathering import is_as_written
from lumbung.portal.incidents.jobs import gather_incident, keep_incidents
from lumbung.portal.incidents.models import Incident, LetterKind, Seen
from lumbung.portal.incidents.places import story
from lumbung.portal.incidents.telling import Told
from lumbung.portal.publication import scopes
from lumbung.portal.publication.actions import quarantine
from tests.portal.incidents.test_gathering import RESIDENTS, leaked
from tests.portal.shelves import TABLE, Desk, actor, signed_in

pytestmark = pytest.mark.django_db
PERSONAL = ClosingGround.PERSONAL_DATA


def told(desk: Desk, ground: ClosingGround = PERSONAL) -> dict[str, Any]:
    return {"person": desk.duty, "by": actor(desk.duty), "because": "Ada kabar.", "ground": ground}


def shut_district(desk: Desk, **changed: Any) -> Incident:
    district = Organisation.objects.get(slug="kecamatan")
    scopes.close_organisation(district, **{**told(desk), **changed})
    keep_incidents()
    return Incident.objects.get(dataset=None, organisation=district)


def shut_portal(desk: Desk, shut: Shut = Shut.CLOSED) -> Incident:
    scopes.close_portal(shut=shut, **told(desk))
    keep_incidents()
    return Incident.objects.get(dataset=None, organisation=None)


def counted(incident: Incident) -> dict[str, Any]:
    gather_incident.call(incident.pk)
    dossier = incident.dossiers.first()
    assert dossier is not None and is_as_written(dossier)
    facts: dict[str, Any] = dossier.facts
    return facts


@pytest.fixture
def dataset(desk: Desk) -> Dataset:
    """A register that slipped through, beside an ordinary table."""
    desk.publish(TABLE + b"Sindang;2024;77\n", title="Panen")
    return leaked(desk)


def test_an_organisation_tells_what_stood_open_and_whom_it_may_concern(desk: Desk, dataset: Dataset) -> None:
    file = dataset.releases.get().distributions.get(format="csv")
    b"".join(Client().get(f"{dataset.get_absolute_url()}/unduh/{file.name}").streaming_content)
    incident = shut_district(desk)
    line = Event.objects.get(kind="organisation-closed")
    assert (incident.closing, incident.aware, incident.aware_at) == (line.sequence, line.sequence, line.at)
    facts = counted(incident)
    assert (facts["place"], facts["stood"]["datasets"], facts["named"]) == ("organisation:kecamatan", 2, [])
    assert (facts["people"]["people"], facts["taken"]["downloads"], facts["uploads_in_all"]) == (len(RESIDENTS), 1, 2)
    assert [one["until"]["line"] for one in facts["exposures"]] == [line.sequence]
    assert facts["exposures"][0]["since"]["line"] == Event.objects.filter(kind="published").last().sequence + 1
    keep_incidents()
    assert Incident.objects.count() == 1 and incident.tasks.count() == 6


def test_another_reason_and_a_slip_that_was_undone_are_none(desk: Desk, dataset: Dataset) -> None:
    district = Organisation.objects.get(slug="kecamatan")
    scopes.close_organisation(district, **told(desk, ClosingGround.LAW))
    keep_incidents()
    scopes.close_portal(shut=Shut.CLOSED, **told(desk))
    closing = Closing.objects.get(path="", ended_at=None)
    scopes.end_closing(closing, person=desk.duty, by=actor(desk.duty), because="Salah sentuh.")
    keep_incidents()
    assert open_incident_over(closing) is None and not Incident.objects.exists()


def test_read_only_runs_the_clock_and_does_not_call_itself_closed(desk: Desk, dataset: Dataset) -> None:
    incident = shut_portal(desk, Shut.READ_ONLY)
    facts = counted(incident)
    assert (facts["closed"]["kind"], [one["until"] for one in facts["exposures"]]) == ("portal-read-only", [None])
    text = letters.draft(incident.dossiers.get(), LetterKind.PUBLIC)
    assert "portal hanya dapat dibaca" in text and "kami tutup" not in text and "dan masih terbuka" in text
    assert "Dibuat hanya dapat dibaca:" in letters.draft(incident.dossiers.get(), LetterKind.CHRONOLOGY)


def test_closed_after_read_only_is_the_same_incident(desk: Desk, dataset: Dataset) -> None:
    first = shut_portal(desk, Shut.READ_ONLY)
    again = shut_portal(desk, Shut.CLOSED)
    assert again == first
    assert [one.until and one.until.kind for one in story(first).exposures] == ["portal-closed"]
    closing = Closing.objects.get(ended_at=None)
    scopes.end_closing(closing, person=desk.ppdp, by=actor(desk.ppdp), because="Aman.")
    scopes.close_portal(shut=Shut.CLOSED, **told(desk))
    keep_incidents()
    assert Incident.objects.count() == 2


def test_a_report_before_it_starts_the_clock(desk: Desk, dataset: Dataset) -> None:
    receive(dataset, told=Told(seen=Seen.NUMBER), sender="a")
    incident = shut_portal(desk)
    assert Event.objects.get(sequence=incident.aware).kind == "reported" and incident.aware < incident.closing


def test_the_dataset_that_is_named_has_its_own_incident_and_the_same_clock(desk: Desk, dataset: Dataset) -> None:
    incident = shut_district(desk)
    assert "Data yang mana memuat data pribadi" in letters.draft(_gathered(incident), LetterKind.RESIDENTS)
    quarantine(dataset, **told(desk))
    keep_incidents()
    own = Incident.objects.get(dataset=dataset)
    assert (own.aware, own.deadline) == (incident.aware, incident.deadline) and own.closing > incident.closing
    assert counted(own)["exposures"][0]["until"]["line"] == incident.closing
    assert counted(incident)["named"] == [dataset.slug]
    text = letters.draft(_gathered(incident), LetterKind.RESIDENTS)
    assert "Data yang mana memuat" not in text and dataset.slug in text and "dugaan" not in text
    page = signed_in(desk.ppdp).get(f"/meja/insiden/{incident.pk}").content.decode()
    assert f"/meja/insiden/{own.pk}" in page
    assert f"/meja/insiden/{incident.pk}" in signed_in(desk.ppdp).get(f"/meja/insiden/{own.pk}").content.decode()


def test_a_dataset_closed_after_the_end_has_a_clock_of_its_own(desk: Desk, dataset: Dataset) -> None:
    incident = shut_district(desk)
    end_incident(incident, person=desk.ppdp, by=actor(desk.ppdp), because="Sudah diperiksa.")
    quarantine(dataset, **told(desk))
    keep_incidents()
    own = Incident.objects.get(dataset=dataset)
    assert own.aware == own.closing


def test_every_letter_says_what_is_closed_and_that_it_is_a_suspicion(desk: Desk, dataset: Dataset) -> None:
    for incident, what in (
        (shut_district(desk), ("semua data Kecamatan", "2 data, 2 rilis")),
        (shut_portal(desk), ("semua data pada portal", "0 data, 0 rilis")),  # nothing stood open any more
    ):
        counted(incident)
        for kind in LetterKind:
            text = letters.write(incident, kind, person=desk.ppdp, by=actor(desk.ppdp)).text
            assert "{{" not in text and "None" not in text, kind
            assert "sebuah data yang terbuka" not in text and dataset.title not in text, kind
            assert not [one for one in RESIDENTS if one.nik in text or one.name in text], kind
        chosen = letters.write(incident, LetterKind.PUBLIC, person=desk.ppdp, by=actor(desk.ppdp)).text
        assert [words for words in ("dugaan", *what) if words not in chosen] == []
        letters.sign(incident.letters.get(kind=LetterKind.PUBLIC), person=desk.ppdp, by=actor(desk.ppdp))


def test_its_page_its_proofs_and_its_evidence(desk: Desk, dataset: Dataset, home: Any) -> None:
    incident, client = shut_portal(desk), signed_in(desk.ppdp)
    counted(incident)
    answer = client.get(f"/meja/insiden/{incident.pk}")
    assert answer.status_code == 200 and "Data yang mana?" in answer.content.decode()
    assert "Seluruh portal" in client.get("/meja/insiden/").content.decode()
    assert client.get("/meja/laporan/").status_code == 200
    proofs = client.get(f"/meja/insiden/{incident.pk}/bukti.jsonl")
    assert str(incident.closing).encode() in proofs.content
    key = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
    bundle = client.post(f"/meja/insiden/{incident.pk}/bundel", {"recipient": key})
    assert bundle.status_code == 200 and b"".join(bundle.streaming_content)[:2] == b"PK"
    client.post(f"/meja/insiden/{incident.pk}/selesai", {"because": "Tidak terbukti."})
    incident.refresh_from_db()
    assert incident.ended_at is not None


def test_who_is_on_duty_there_acts_and_nobody_else(desk: Desk, dataset: Dataset) -> None:
    portal, district = shut_portal(desk), shut_district(desk)
    for incident in (portal, district):
        for who, status in (("duty", 200), ("ppdp", 200), ("producer", 404), ("stranger", 404)):
            assert signed_in(getattr(desk, who)).get(f"/meja/insiden/{incident.pk}").status_code == status, who
        with pytest.raises(Refused):
            end_incident(incident, person=desk.duty, by=actor(desk.duty), because="Selesai.")
        with pytest.raises(Refused):
            letters.write(incident, LetterKind.PUBLIC, person=desk.stranger, by=actor(desk.stranger))
        assert desk.duty in people_on_duty(incident.place) and desk.producer not in people_on_duty(incident.place)


def test_what_is_opened_again_is_shown(desk: Desk, dataset: Dataset) -> None:
    incident = shut_district(desk)
    closing = Closing.objects.get(ended_at=None)
    scopes.end_closing(closing, person=desk.ppdp, by=actor(desk.ppdp), because="Aman.")
    facts = counted(incident)
    assert [one["until"] and one["until"]["kind"] for one in facts["exposures"]] == ["organisation-closed", None]
    assert "organisation-opened" in [one["kind"] for one in facts["done"]]


def test_many_files_are_not_counted_but_said(desk: Desk, dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lumbung.portal.incidents.counting.MOST_FILES", 1)
    incident = shut_portal(desk)
    assert counted(incident)["people"]["why_not"] == "too-many"
    text = letters.draft(_gathered(incident), LetterKind.AUTHORITY)
    assert "terlalu banyak untuk dihitung" in text


def test_one_thing_alone_is_what_an_incident_is_over(desk: Desk, dataset: Dataset) -> None:
    now = timezone.now()
    row = {"opened_at": now, "aware_at": now - timedelta(hours=1), "aware": 1, "closing": 1}
    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.create(dataset=dataset, organisation=desk.village, **row)


def _gathered(incident: Incident) -> Any:
    counted(incident)
    return incident.dossiers.first()
