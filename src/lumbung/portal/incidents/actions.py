"""The verbs of this room: receive a report, answer a matter, open and end an incident. The dataset's row is locked
first, always, so that two officers, a job and a visitor wait for one another instead of crossing.
"""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Gone
from lumbung.portal.audit.actions import record, record_now
from lumbung.portal.audit.actors import SYSTEM, Actor
from lumbung.portal.audit.keys import master_key
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Closing, Dataset
from lumbung.portal.catalogue.permissions import check_closes
from lumbung.portal.catalogue.states import DatasetState
from lumbung.portal.incidents import queries, trainings
from lumbung.portal.incidents.duties import assign
from lumbung.portal.incidents.extent import closing_line
from lumbung.portal.incidents.models import Incident, Matter, Report
from lumbung.portal.incidents.permissions import (
    TooMany,
    about_one_is_full,
    check_acts,
    check_calls,
    check_ends,
    check_sender,
)
from lumbung.portal.incidents.states import OPEN, MatterState, check_move
from lumbung.portal.incidents.telling import Told, digest_of, new_code, scrubbed
from lumbung.portal.intake.seal import unwrap, wrap
from lumbung.portal.publication.actions import quarantine
from lumbung.portal.publication.permissions import check_shuts_portal
from lumbung.portal.review import reasons

KEPT = timedelta(days=90)  # words and contact of a report
VISITOR = Actor(id="public", name="Umum")  # who reports is not recorded: no address, no device
CLOSED_MEANWHILE = gettext_noop("Data ditutup setelah laporan ini masuk.")


def receive(dataset: Dataset, *, told: Told, sender: str) -> str:
    """Take in one report and give the code by which it is followed; nobody can ask for the code again.

    Raise TooMany beyond the limits. What looks like a person's number is masked before anything is stored. The gate
    looks at the dataset again once for a matter, not once for a report.
    """
    check_sender(sender)
    code = new_code()
    with transaction.atomic():
        current = _locked(dataset)
        matter = _matter_of(current)
        full = about_one_is_full(current)
        Matter.objects.filter(pk=matter.pk).update(reports=F("reports") + 1)
        if not full:
            _keep(matter, scrubbed(told), digest=digest_of(code), sender=sender)
    if full:
        raise TooMany(
            "many-reports-about-this",
            _("Data ini sudah dilaporkan banyak orang dalam satu jam terakhir, dan sedang kami lihat."),
            _("Laporan Anda ikut dihitung. Terima kasih sudah peduli."),
        )
    return code


def looked(matter: Matter) -> None:
    """Write down that the gate has looked again: what it did not close waits for the duty officer."""
    with transaction.atomic():
        dataset, current = _both(matter)
        if not current.is_open:
            return
        current.looked_at, current.state = timezone.now(), MatterState.WAITING
        current.save()
        if dataset.state != DatasetState.PUBLISHED:
            _closed_by_itself(current, dataset)


def to_the_desk(matter: Matter) -> None:
    """The gate's look was lost: the duty officer need not wait for it, and it is asked for once more."""
    with transaction.atomic():
        _dataset, current = _both(matter)
        if current.state == MatterState.RECEIVED:
            current.state = MatterState.WAITING
            current.save()
            _queue(current)


def close(matter: Matter, *, person: Person, by: Actor, because: str, answer: str = "") -> None:
    """Close the dataset at once and answer everybody who reported it. Reversible: publication's `restore`.

    Heard even where a colleague has just left it open. Does nothing more where it is closed already.
    """
    answer = reasons.checked(answer) if answer.strip() else ""
    with transaction.atomic():
        quarantine(matter.dataset, person=person, by=by, because=because)
        dataset, current = _both(matter)
        if current.state != MatterState.CLOSED:
            _answer(current, dataset, to=MatterState.CLOSED, person=person, by=by, answer=answer)
        open_incident(dataset)


def settle(matter: Matter, *, person: Person, by: Actor, answer: str) -> None:
    """Answer a matter without changing the shelf: left open, or, for a dataset that is closed already, closed.

    Raise Conflicting where a colleague was first. Undone by a new report, or by `close`.
    """
    answer = reasons.checked(answer)
    with transaction.atomic():
        dataset, current = _both(matter)
        check_closes(person, dataset)
        to = MatterState.LEFT_OPEN if dataset.state == DatasetState.PUBLISHED else MatterState.CLOSED
        _answer(current, dataset, to=to, person=person, by=by, answer=answer)


def contact_of(report: Report, *, person: Person, by: Actor) -> str:
    """What the visitor left to be reached by. Every look stands in the record. Raise Gone once it is destroyed."""
    dataset = report.matter.dataset
    check_calls(person, dataset)
    if not report.contact:
        raise Gone("no-contact", _("Pelapor tidak meninggalkan kontak, atau kontaknya sudah dimusnahkan."))
    record_now(Kind.CONTACT_SEEN, by=by, subject=dataset.subject, report=report.pk)
    return unwrap(bytes(report.contact), key=master_key(), bound_to=report.digest.encode()).decode()


def close_by_the_shelf(matter: Matter) -> None:
    """Answer a matter whose dataset was closed from another desk after it was reported."""
    with transaction.atomic():
        dataset, current = _both(matter)
        if current.state in OPEN and queries.closed_since(dataset, current.opened_at):
            _closed_by_itself(current, dataset)


def open_incident(dataset: Dataset) -> Incident | None:
    """Open the incident of a dataset that is closed, or of which a release is, because of personal data; None where
    there is nothing to open, or where the closing belongs to an incident that goes on (see `extent`).

    Its moments come from the record, so it does not matter when this is called. Does nothing the second time.
    """
    with transaction.atomic():
        current = _locked(dataset)
        line = closing_line(current.subject, known=current.incidents.all())
        return _opened(line, queries.first_awareness(current, before=line), dataset=current) if line else None


def open_incident_over(closing: Closing) -> Incident | None:
    """The same of an organisation or the portal that is shut, or to be read only, because of personal data."""
    with transaction.atomic():
        current = Closing.objects.select_for_update(of=("self",)).get(pk=closing.pk)
        over = Incident(organisation=current.organisation)  # not saved: it knows the names and what lies below
        line = closing_line(over.subject, known=Incident.objects.filter(dataset=None, organisation=over.organisation))
        if line is None or current.ended_at:
            return None
        aware = queries.first_awareness_of_any(over.datasets(), before=line)
        return _opened(line, aware, organisation=over.organisation)


def _opened(closing: Event, aware: Event, **over: Any) -> Incident:
    """The row, the line, the duties and the job."""
    incident = Incident.objects.create(
        **over, opened_at=timezone.now(), aware_at=aware.at, aware=aware.sequence, closing=closing.sequence
    )
    about: dict[str, Any] = {"incident": incident.pk, "aware": aware.sequence, "closing": closing.sequence}
    record(Kind.INCIDENT_OPENED, by=SYSTEM, subject=incident.subject, **about)
    assign(incident)
    ask_gathering(incident)
    return incident


def ask_gathering(incident: Incident) -> None:
    """Put the counting of its people, and the gathering of all else, on the list of jobs, in the same transaction."""
    from lumbung.portal.incidents.jobs import gather_incident

    gather_incident.enqueue(incident.pk)


def tell_training(incident: Incident, *, since: date, until: date, everybody: bool, person: Person, by: Actor) -> None:
    """Note a training that was held before it, for its organisation or for everybody, and gather all anew.

    Raise Unfit for impossible days, Refused where somebody speaks for everybody who is not on duty over a regency.
    """
    check_acts(person, incident)
    organisation = "" if everybody or incident.place is None else incident.place.slug
    if not organisation:
        check_shuts_portal(person)
    with transaction.atomic():
        trainings.tell(since=since, until=until, organisation=organisation, by=by)
        ask_gathering(incident)


def end_incident(incident: Incident, *, person: Person, by: Actor, because: str) -> None:
    """Declare it done, with what was done. Does nothing the second time; what is closed stays closed."""
    because = reasons.checked(because)
    with transaction.atomic():
        if incident.dataset:
            _locked(incident.dataset)
        current = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
        check_ends(person, current)
        if current.ended_at is None:
            current.ended_at, current.ended_by, current.ended_because = timezone.now(), person, because
            current.save()
            record(Kind.INCIDENT_ENDED, by=by, subject=current.subject, because=because, incident=current.pk)


def _matter_of(dataset: Dataset) -> Matter:
    """The open matter of a locked dataset; a new one is looked at by the gate, unless the dataset is closed."""
    found = Matter.objects.filter(dataset=dataset, state__in=OPEN).first()
    if found:
        return found
    stands = dataset.state == DatasetState.PUBLISHED
    state = MatterState.RECEIVED if stands else MatterState.WAITING
    matter = Matter.objects.create(dataset=dataset, opened_at=timezone.now(), state=state)
    if stands:
        _queue(matter)
    return matter


def _keep(matter: Matter, told: Told, *, digest: str, sender: str) -> None:
    """The row, the line of the report and the line of its acknowledgement."""
    contact = told.contact.strip()
    report = Report.objects.create(
        matter=matter,
        received_at=timezone.now(),
        digest=digest,
        sender=sender,
        seen=told.seen,
        table=told.table,
        column=told.column,
        row=told.row,
        words=told.words,
        contact=wrap(contact.encode(), key=master_key(), bound_to=digest.encode()) if contact else b"",
        until=timezone.localdate() + KEPT,
    )
    about: dict[str, Any] = {"subject": matter.dataset.subject, "matter": matter.pk, "report": report.pk}
    record(Kind.REPORTED, by=VISITOR, seen=told.seen.value, **about)
    record(Kind.REPORT_ACKNOWLEDGED, by=SYSTEM, **about)


def _answer(matter: Matter, dataset: Dataset, *, to: MatterState, person: Person, by: Actor, answer: str) -> None:
    check_move(MatterState(matter.state), to)
    matter.state, matter.answered_at, matter.answered_by, matter.answer = to, timezone.now(), person, answer
    matter.save()
    kind = Kind.REPORT_CLOSED if to == MatterState.CLOSED else Kind.REPORT_LEFT_OPEN
    record(kind, by=by, subject=dataset.subject, because=answer, matter=matter.pk, reports=matter.reports)


def _closed_by_itself(matter: Matter, dataset: Dataset) -> None:
    """Answered by what happened to the dataset, without anybody's hand."""
    matter.state, matter.answered_at, matter.answer = MatterState.CLOSED, timezone.now(), CLOSED_MEANWHILE
    matter.save()
    about: dict[str, Any] = {"subject": dataset.subject, "matter": matter.pk, "reports": matter.reports}
    record(Kind.REPORT_CLOSED, by=SYSTEM, because=CLOSED_MEANWHILE, **about)


def _locked(dataset: Dataset) -> Dataset:
    return Dataset.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=dataset.pk)


def _both(matter: Matter) -> tuple[Dataset, Matter]:
    """The dataset and the matter as they stand now, locked in this order."""
    dataset = _locked(matter.dataset)
    return dataset, Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)


def _queue(matter: Matter) -> None:
    """Put the gate's look on the list of jobs, in the same transaction."""
    from lumbung.portal.incidents.jobs import look_at_reported

    look_at_reported.enqueue(matter.pk)
