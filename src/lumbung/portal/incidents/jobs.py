"""The work that nobody waits for: the gate's look at what was reported, and what must happen by itself."""

import logging
from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from lumbung.portal.audit.jobs import seal
from lumbung.portal.audit.models import Head
from lumbung.portal.catalogue.states import DatasetState
from lumbung.portal.incidents import queries
from lumbung.portal.incidents.actions import (
    ask_gathering,
    close_by_the_shelf,
    looked,
    open_incident,
    open_incident_over,
    to_the_desk,
)
from lumbung.portal.incidents.duties import call_to_mind
from lumbung.portal.incidents.gathering import gather, is_behind
from lumbung.portal.incidents.models import Incident, Matter, Report
from lumbung.portal.incidents.states import OPEN, MatterState
from lumbung.portal.publication.looking_again import REPORTED, look

log = logging.getLogger(__name__)

AFTER_UPLOADS = -10  # priority: false reports about everything must not keep a village's file waiting
PATIENCE = timedelta(minutes=10)  # a look that nobody took up, or that was cut off, is put on the list once more
COUNTED_FOR = timedelta(days=1)


class LookFailed(Exception):
    """The job itself failed. Carries the kind of failure and nothing else: the text of an error may quote a cell."""


@task(priority=AFTER_UPLOADS)
def look_at_reported(matter_id: int) -> None:
    """Have the gate look at every release of what was reported; what it would hold is closed by itself.

    Does nothing where the matter is answered already. Otherwise it waits on the duty officer's desk.
    """
    matter = Matter.objects.select_related("dataset").get(pk=matter_id)
    if not matter.is_open or matter.looked_at:
        return
    try:
        closed = _closed_by_the_gate(matter)
    except Exception as problem:  # noqa: BLE001 - whatever it was, its text must not reach the list of jobs or a log
        raise LookFailed(type(problem).__name__) from None
    looked(matter)
    if closed:
        open_incident(matter.dataset)
    log.info("looked at matter %s: closed %s", matter.pk, closed)


@task(priority=AFTER_UPLOADS)
def gather_incident(incident_id: int) -> None:
    """Count whom the closed files concern and write down all that is known; then sign the record."""
    incident = Incident.objects.select_related("dataset__organisation", "organisation").get(pk=incident_id)
    try:
        gather(incident, count=True)
    except Exception as problem:  # noqa: BLE001 - as above: its text may quote a cell
        raise LookFailed(type(problem).__name__) from None
    seal()


def keep_incidents() -> None:
    """Take up lost looks, answer what was closed elsewhere, open and seal incidents, remind, forget in time."""
    for matter in Matter.objects.filter(state=MatterState.RECEIVED, opened_at__lt=timezone.now() - PATIENCE):
        to_the_desk(matter)
    for matter in Matter.objects.filter(state__in=OPEN).exclude(dataset__state=DatasetState.PUBLISHED):
        close_by_the_shelf(matter)
    for dataset in queries.closed_for_personal_data():
        open_incident(dataset)
    for closing in queries.shut_for_personal_data():
        open_incident_over(closing)
    for incident in Incident.objects.filter(dossiers=None, opened_at__lt=timezone.now() - PATIENCE):
        gather(incident)
    for incident in Incident.objects.filter(ended_at=None).select_related("dataset__organisation", "organisation"):
        if is_behind(incident):
            gather(incident)
            ask_gathering(incident)
    call_to_mind()
    _seal()
    _forget()


def _closed_by_the_gate(matter: Matter) -> bool:
    if matter.dataset.state != DatasetState.PUBLISHED:
        return False
    releases = matter.dataset.releases.select_related("dataset")
    return any(look(release, because=REPORTED) for release in releases)


def _seal() -> None:
    """A signed head of the record for every incident, so that its beginning cannot be rewritten."""
    waiting = Incident.objects.filter(sealed=None)
    if waiting.exists():
        head = seal() or Head.objects.first()
        waiting.update(sealed=head.size if head else None)


def _forget() -> None:
    """Destroy words and contacts whose time is over, and the digests of addresses after a day."""
    gone = {"table": "", "column": "", "words": "", "contact": b""}
    Report.objects.filter(until__lt=timezone.localdate()).exclude(**gone).update(**gone)
    Report.objects.filter(received_at__lt=timezone.now() - COUNTED_FOR).exclude(sender="").update(sender="")
