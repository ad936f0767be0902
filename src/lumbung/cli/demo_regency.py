"""What the demo puts into a portal: the organisations, the people in office, their datasets, and the incident.

Every dataset goes the whole way: its producer hands it in, the gate inspects it, one walidata approves, and it is
published. Nothing here writes to a table of its own.
"""

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from django.db import transaction
from rich.progress import track

from lumbung.cli.demo_days import OPENED, age, days_ago, oldest_first
from lumbung.cli.demo_files import leave_incident
from lumbung.cli.demo_services import fill_switchboard
from lumbung.invent.enclosures import Enclosure
from lumbung.invent.incident import VILLAGE, vaccinations
from lumbung.invent.offices import AGENCIES, APPOINTEES
from lumbung.invent.regency import KODE, NAME, Regency
from lumbung.invent.sheet import Sheet
from lumbung.invent.tables import Statistic
from lumbung.invent.workbooks import write
from lumbung.portal.accounts.actions import add_organisation, add_person
from lumbung.portal.accounts.models import Organisation, OrganisationKind, Person
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.actors import SYSTEM, Actor
from lumbung.portal.intake.actions import DESCRIPTION, receive
from lumbung.portal.intake.jobs import inspect_submission
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import State
from lumbung.portal.intake.vault import Sealed, seal_bytes
from lumbung.portal.publication.actions import publish
from lumbung.portal.review.actions import decide
from lumbung.portal.review.models import Answer
from lumbung.portal.review.queries import as_seen

BECAUSE = "Tabelnya lengkap, jumlahnya cocok, dan tidak memuat data orang."
OFFICE = "192.0.2.10"  # an address that belongs to nobody (RFC 5737)
DEVICE = "Komputer kantor (contoh)"
MOST_STEPS = 6
PATIENCE = 300.0  # seconds until what a worker has taken up is left to it
LOOK = 0.25  # seconds


def fill(home: Path, *, regency: Regency, statistics: Sequence[Statistic]) -> None:
    """All of it, each step only where it has not been taken. The last of `statistics` is left waiting for review."""
    with days_ago(OPENED), transaction.atomic():
        add_organisations(regency)
        add_people()
    *published, waiting = statistics
    done = set(Submission.objects.filter(state=State.PUBLISHED).values_list("title", flat=True))
    missing = [statistic for statistic in oldest_first(published) if statistic.title not in done]
    for statistic in track(missing, description="Mengisi kabupaten contoh", transient=True):
        with suppress(Refused), days_ago(age(statistic)):  # what a newer rule refuses stays unpublished
            walk(statistic, until=State.PUBLISHED)
    officers = {"duty": Role.PETUGAS_PIKET, "walidata": Role.WALIDATA, "ppdp": Role.PPDP}
    fill_switchboard(**{name: (one := person(role, ""), acting(one)) for name, role in officers.items()})
    walk(waiting, until=State.IN_REVIEW)
    hold_one()
    leave_incident(home / "demo")


def add_organisations(regency: Regency) -> None:
    """The tree: regency, districts with their villages, agencies."""
    if Organisation.objects.filter(kode=KODE).exists():
        return
    top = add_organisation(name=NAME, kind=OrganisationKind.REGENCY, by=SYSTEM, kode=KODE)
    for district in regency.districts:
        name = f"Kecamatan {district.name}"
        below = add_organisation(name=name, kind=OrganisationKind.DISTRICT, by=SYSTEM, below=top, kode=district.kode)
        for village in district.villages:
            add_organisation(
                name=village.title, kind=OrganisationKind.VILLAGE, by=SYSTEM, below=below, kode=village.kode
            )
    for agency in AGENCIES:
        add_organisation(name=agency.name, kind=OrganisationKind.AGENCY, by=SYSTEM, below=top)


def add_people() -> None:
    """Everybody in office, with the passwords of the demo."""
    known = set(Person.objects.values_list("email", flat=True))
    for one in APPOINTEES:
        if one.email not in known:
            add_person(
                email=one.email, name=one.name, password=one.password, organisation=office(one.office),
                role=Role(one.role), by=SYSTEM, invented=True,
            )  # fmt: skip


def office(short: str) -> Organisation:
    """The organisation of an agency's short name or of a kode wilayah; the regency for ""."""
    names = {agency.short: agency.name for agency in AGENCIES}
    of_agency = {"name": names[short], "kind": OrganisationKind.AGENCY} if short in names else {}
    found: Organisation = Organisation.objects.get(**(of_agency or {"kode": short or KODE}))
    return found


def person(role: Role, short: str) -> Person:
    """The first one appointed to a role in an office."""
    email = next(one.email for one in APPOINTEES if (one.role, one.office) == (role.value, short))
    return Person.objects.get(email=email)


def acting(somebody: Person) -> Actor:
    """A person at the office's computer, as the record will name them."""
    return Actor(
        id=f"person:{somebody.pk}",
        name=somebody.name,
        organisation=somebody.organisation_names(),
        address=OFFICE,
        device=DEVICE,
    )


def walk(statistic: Statistic, *, until: State) -> Submission:
    """Take one dataset as far as `until`, from wherever it stands. Does not force it past a refusal."""
    return take(_known(statistic.title) or hand_in(statistic), until=until)


def take(submission: Submission, *, until: State) -> Submission:
    """Take a submission as far as `until`; a worker may be faster at inspecting it. Forces nothing past a refusal."""
    steps: Mapping[str, Callable[[Submission], object]] = {
        State.RECEIVED: _inspect,
        State.INSPECTING: _inspect,
        State.IN_REVIEW: _approve,
        State.APPROVED: _publish,
    }
    for _ in range(MOST_STEPS):
        submission.refresh_from_db()
        if submission.state == until or submission.state not in steps:
            break
        steps[submission.state](submission)
    return submission


def hand_in(statistic: Statistic) -> Submission:
    """Its producer uploads it, with everything that has to be said about it."""
    producer = person(Role.PRODUSEN, statistic.office)
    described = {name: getattr(statistic, name) for name in DESCRIPTION}
    if isinstance(statistic, Enclosure):
        sealed = seal_bytes([statistic.content], name=statistic.file_name)
    else:
        sealed = seal(statistic.sheets, name=statistic.file_name)
    return _received(sealed, producer, office(statistic.office), described)


def seal(sheets: tuple[Sheet, ...], *, name: str) -> Sealed:
    """Sheets as a file of the format that the name ends in, sealed as an upload is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "unggahan"
        write(sheets, to=path, format=name.rsplit(".", 1)[1])
        return seal_bytes([path.read_bytes()], name=name)


def hold_one() -> None:
    """A list by NIK that a village sent in: it is held, and waits for what its producer decides."""
    title = "Capaian Vaksinasi Desa Argaloka"
    submission = _known(title)
    if submission is None:
        sealed = seal(vaccinations(), name="vaksinasi-argaloka.xlsx")
        submission = _received(sealed, person(Role.PRODUSEN, VILLAGE), office(VILLAGE), {"title": title})
    if submission.state in (State.RECEIVED, State.INSPECTING):
        _inspect(submission)


def _known(title: str) -> Submission | None:
    return Submission.objects.filter(title=title).order_by("received_at").last()


def _received(sealed: Sealed, producer: Person, where: Organisation, described: Mapping[str, str]) -> Submission:
    try:
        return receive(sealed, person=producer, organisation=where, by=acting(producer), description=described)
    finally:
        sealed.discard()


def _inspect(submission: Submission) -> None:
    inspect_submission.call(str(submission.pk))
    until = time.monotonic() + PATIENCE
    submission.refresh_from_db()
    while submission.state == State.INSPECTING and time.monotonic() < until:
        time.sleep(LOOK)
        submission.refresh_from_db()


def _approve(submission: Submission) -> None:
    walidata = person(Role.WALIDATA, "")
    decide(
        submission, person=walidata, by=acting(walidata), answer=Answer.APPROVE, because=BECAUSE,
        seen=as_seen(submission),
    )  # fmt: skip


def _publish(submission: Submission) -> None:
    walidata = person(Role.WALIDATA, "")
    publish(submission, person=walidata, by=acting(walidata))
