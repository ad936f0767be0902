"""What the desk lists, what a visitor follows, and which lines of the record an incident begins with."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset, Release
from lumbung.portal.catalogue.permissions import MAY_CLOSE
from lumbung.portal.catalogue.states import DatasetState
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.incidents.models import Incident, Matter, Report
from lumbung.portal.incidents.states import OPEN, MatterState
from lumbung.portal.incidents.telling import digest_of

STARTS_ANEW = (Kind.RESTORED, Kind.REPORT_LEFT_OPEN, Kind.INCIDENT_ENDED)


def matters_for_officer(person: Person) -> QuerySet[Matter]:
    """What was reported about the datasets this person is on duty for, the longest waiting first.

    `left_open` counts how often the dataset was reported and left open before.
    """
    where = organisations_where(person, *MAY_CLOSE)
    before = Count("dataset__matters", filter=Q(dataset__matters__state=MatterState.LEFT_OPEN))
    matters = Matter.objects.filter(dataset__organisation__in=where).annotate(left_open=before)
    return matters.select_related("dataset__organisation", "answered_by").order_by("opened_at", "pk")


def matter_for_officer(person: Person, number: int) -> Matter:
    """One of them. Raise Http404 for what is unknown and for what is not theirs, alike."""
    found = matters_for_officer(person).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def waiting_matters(person: Person) -> int:
    """How many wait for this person, for the menu."""
    where = organisations_where(person, *MAY_CLOSE)
    return Matter.objects.filter(dataset__organisation__in=where, state__in=OPEN).count()


def followed(code: str) -> Report | None:
    """The report that a code belongs to."""
    return Report.objects.filter(digest=digest_of(code)).select_related("matter__dataset").first()


def incidents_for_officer(person: Person) -> QuerySet[Incident]:
    """The incidents of the organisations this person is on duty for, what goes on before what has ended."""
    where = organisations_where(person, *MAY_CLOSE)
    incidents = Incident.objects.filter(dataset__organisation__in=where)
    return incidents.select_related("dataset__organisation", "ended_by").order_by("ended_at", "aware_at")


def incident_for_officer(person: Person, number: int) -> Incident:
    """One of them. Raise Http404 for what is unknown and for what is not theirs, alike."""
    found = incidents_for_officer(person).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def closed_for_personal_data() -> QuerySet[Dataset]:
    """What does not stand on the shelf because of personal data, or of which a release does not."""
    whole = ~Q(state=DatasetState.PUBLISHED) & Q(ground=ClosingGround.PERSONAL_DATA)
    alone = Release.every.exclude(closed_since=None).filter(closed_ground=ClosingGround.PERSONAL_DATA)
    return Dataset.objects.filter(whole | Q(pk__in=alone.values("dataset")))


def closed_since(dataset: Dataset, moment: datetime) -> bool:
    """Whether it was closed after that moment and still is."""
    return dataset.state != DatasetState.PUBLISHED and dataset.state_since >= moment


def first_awareness(dataset: Dataset, *, before: Event) -> Event:
    """The first line by which anybody here could know: a report that was not yet answered, or the closing itself."""
    lines = Event.objects.filter(subject=dataset.subject.key, sequence__lt=before.sequence)
    anew = lines.filter(kind__in=STARTS_ANEW).order_by("-sequence").values_list("sequence", flat=True).first()
    reports = lines.filter(kind=Kind.REPORTED, sequence__gt=anew or 0).order_by("sequence")
    return reports.first() or before
