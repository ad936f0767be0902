"""What the desk lists, what a visitor follows, and which lines of the record an incident begins with."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Closing, Dataset, Release
from lumbung.portal.catalogue.permissions import MAY_CLOSE, is_on_duty_for_all
from lumbung.portal.catalogue.states import DatasetState
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.incidents.chronology import paths_to
from lumbung.portal.incidents.extent import reaches
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
    mine = Q(dataset__organisation__in=where) | Q(organisation__in=where)
    if is_on_duty_for_all(person):
        mine |= Q(dataset=None, organisation=None)
    incidents = Incident.objects.filter(mine).select_related("dataset__organisation", "organisation", "ended_by")
    return incidents.order_by("ended_at", "aware_at")


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


def shut_for_personal_data() -> QuerySet[Closing]:
    """The organisations, and the portal, that are closed (or only to be read) because of personal data."""
    return Closing.objects.filter(ended_at=None, ground=ClosingGround.PERSONAL_DATA)


def closed_since(dataset: Dataset, moment: datetime) -> bool:
    """Whether it was closed after that moment and still is."""
    return dataset.state != DatasetState.PUBLISHED and dataset.state_since >= moment


def first_awareness(dataset: Dataset, *, before: Event) -> Event:
    """The first line by which anybody here could know: a report that was not yet answered, what made an
    incident of its organisation or of the portal, or the closing itself."""
    lines = Event.objects.filter(subject=dataset.subject.key, sequence__lt=before.sequence)
    anew = lines.filter(kind__in=STARTS_ANEW).order_by("-sequence").values_list("sequence", flat=True).first()
    reports = lines.filter(kind=Kind.REPORTED, sequence__gt=anew or 0).order_by("sequence")
    known = [one.aware for one in over(dataset) if reaches(one, before)]
    return _first(reports.first(), *Event.objects.filter(sequence__in=known), before)


def first_awareness_of_any(datasets: QuerySet[Dataset], *, before: Event) -> Event:
    """The same where many are closed at once: the first report that nobody had answered by then, or the closing."""
    waiting = Q(answered_at=None) | Q(answered_at__gte=before.at)
    told = Matter.objects.filter(waiting, dataset__in=datasets.order_by(), opened_at__lt=before.at)
    matter = told.order_by("opened_at").select_related("dataset__organisation").first()
    if matter is None:
        return before
    reports = Event.objects.filter(subject=matter.dataset.subject.key, kind=Kind.REPORTED, details__matter=matter.pk)
    return _first(reports.order_by("sequence").first(), before)


def over(dataset: Dataset) -> QuerySet[Incident]:
    """The incidents over an organisation above the dataset, and over the portal."""
    above = Organisation.objects.filter(path__in=paths_to(dataset.organisation))
    return Incident.objects.filter(Q(organisation__in=above) | Q(organisation=None), dataset=None)


def within(incident: Incident) -> QuerySet[Incident]:
    """The incidents of datasets that lie in the organisation or the portal that an incident is over."""
    if incident.dataset:
        return Incident.objects.none()
    return Incident.objects.filter(dataset__in=incident.datasets().order_by(), closing__gte=incident.aware)


def _first(*lines: Event | None) -> Event:
    return min((line for line in lines if line), key=lambda line: line.sequence)
