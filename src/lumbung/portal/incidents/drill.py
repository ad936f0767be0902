"""The drill: June 2019 to June 2021 replayed with its dates, as it was and under Lumbung, both in one record.

For a throw-away home alone: it sets the portal's clock, and puts a register on the shelf past the gate, as the portal
of that time did. Every number it gives is asked of the record by the queries of an ordinary incident.
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from lumbung.invent import workbooks
from lumbung.invent.incident import FILE_NAME, VILLAGE, register_of_2017
from lumbung.portal.accounts.models import Membership, Organisation, Person
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.actions import record, record_now
from lumbung.portal.audit.actors import Actor, Subject
from lumbung.portal.audit.exports import verified
from lumbung.portal.audit.heads import sign_head
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.catalogue.models import Dataset, Distribution, Release
from lumbung.portal.catalogue.shelf import shelf
from lumbung.portal.catalogue.vocabulary import Classification
from lumbung.portal.incidents.actions import close, open_incident, receive
from lumbung.portal.incidents.gathering import gather
from lumbung.portal.incidents.jobs import look_at_reported
from lumbung.portal.incidents.models import Incident, Matter, Seen
from lumbung.portal.incidents.telling import Told
from lumbung.portal.intake import vault
from lumbung.portal.intake.actions import receive as take_in
from lumbung.portal.intake.jobs import inspect_submission
from lumbung.portal.intake.models import Submission

WIB = ZoneInfo("Asia/Jakarta")
TRAINING = (date(2019, 6, 18), date(2019, 6, 19))
UPLOADED = datetime(2019, 6, 20, 20, 15, tzinfo=WIB)  # the evening after; the hour is not known
FOUND = datetime(2021, 6, 6, 14, 0, tzinfo=WIB)  # a Sunday
SWITCHED_OFF = datetime(2021, 6, 6, 15, 0, tzinfo=WIB)
FROM_HOME = {"address": "198.51.100.23", "device": "Laptop rumah"}  # an address that belongs to nobody (RFC 5737)


def replay() -> dict[str, Any]:
    """Play it all in an empty portal and give what the record says: `then`, `now` and `record` (see `lumbung drill`).

    Takes about a minute. Do not call it in a portal that is in use.
    """
    content = _register()
    operator, officer = _people()
    by = Actor(id=f"person:{operator.pk}", name=operator.name, organisation="Desa Argaloka", **FROM_HOME)
    with clock(datetime(2019, 6, 19, 16, 0, tzinfo=WIB)):
        _trained()
    with clock(UPLOADED):
        old = _published_unseen(content, by=by, title="Data penduduk desa")
        held, seconds_to_hold = _timed(lambda: _sent(content, operator, by=by))
        published = Event.objects.filter(subject=held.subject.key, kind=Kind.PUBLISHED).count()
        slipped = _published_unseen(content, by=by, title="Data penduduk desa, lolos", submission=held)
    with clock(FOUND):
        matters = [_reported(dataset) for dataset in (old, slipped)]
        _nothing, seconds_by_itself = _timed(lambda: look_at_reported.call(matters[1].pk))
    with clock(SWITCHED_OFF):
        duty = Actor(id=f"person:{officer.pk}", name=officer.name, organisation="Dinas Kominfo")
        _nothing, seconds_to_close = _timed(
            lambda: close(matters[0], person=officer, by=duty, because="Tampak NIK.", answer="")
        )
        facts = _facts(old)
        asked, seconds_to_ask = _timed(lambda: _who(old))
    sign_head()
    faults, _notes, (lines, _heads) = verified([])
    return {
        "then": _figures(facts) | {"who": asked},
        "now": _figures(_facts(slipped))
        | {
            "verdict": held.state,
            "times_published": published,
            "seconds_to_hold": round(seconds_to_hold, 2),
            "seconds_by_itself": round(seconds_by_itself, 2),
            "seconds_to_close": round(seconds_to_close, 3),
            "seconds_to_ask": round(seconds_to_ask, 3),
        },
        "record": {"lines": lines, "faults": len(faults)},
    }


@contextmanager
def clock(moment: datetime) -> Iterator[None]:
    """Stop the portal's clock at a moment. For one process that does nothing else; do not nest."""
    before = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = before


def _register() -> bytes:
    """The file of the case, invented anew."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "register.xlsx"
        workbooks.write(register_of_2017(), to=file, format="xlsx")
        return file.read_bytes()


def _people() -> tuple[Person, Person]:
    tree = Organisation.objects
    top = tree.add_root({"kind": "regency", "name": "Kabupaten Tirtaloka", "slug": "kabupaten"})
    village = tree.add_child(top, {"kind": "village", "name": "Desa Argaloka", "slug": "desa", "kode": VILLAGE})
    made = []
    for name, role, where in (
        ("Operator Desa", Role.PRODUSEN, village),
        ("Petugas Piket", Role.PETUGAS_PIKET, top),
    ):
        person = Person.objects.create_user(f"{role}@tirtaloka.example", None, name=name, invented=True)
        Membership.objects.create(person=person, organisation=where, role=role)
        made.append(person)
    return made[0], made[1]


def _trained() -> None:
    since, until = (day.isoformat() for day in TRAINING)
    record_now(
        Kind.TRAINING_HELD,
        by=Actor(id="system", name="Dinas Kominfo"),
        subject=Subject(kind="training", id="2019-06"),
        since=since,
        until=until,
    )


def _published_unseen(content: bytes, *, by: Actor, title: str, submission: Submission | None = None) -> Dataset:
    """On the shelf as it was uploaded, with the two lines that a portal without a gate would have written."""
    digest, now = hashlib.sha256(content).hexdigest(), timezone.now()
    uploaded = submission.subject if submission else Subject(
        kind="submission", id=str(uuid4()), label=FILE_NAME, organisation="desa", sha256=digest
    )  # fmt: skip
    slug = title.lower().replace(",", "").replace(" ", "-")
    folder = shelf() / hashlib.sha256(slug.encode()).hexdigest()
    folder.mkdir(parents=True)
    (folder / f"{slug}.xlsx").write_bytes(content)
    with transaction.atomic():
        dataset = Dataset.objects.create(
            slug=slug, title=title, organisation=Organisation.objects.get(slug="desa"), state_since=now,
            released_at=now, classification=Classification.OPEN, legal_basis="–", formats=" xlsx ",
        )  # fmt: skip
        release = Release.objects.create(
            dataset=dataset, number=1, published_at=now, submission=uploaded.id, sha256=digest,
            rules_version="", folder=folder.name,
        )  # fmt: skip
        Distribution.objects.create(
            release=release, name=f"{slug}.xlsx", format="xlsx", position=0, path=f"{folder.name}/{slug}.xlsx",
            size=len(content), sha256=digest, rows=0, columns=0,
        )  # fmt: skip
        if not submission:
            record(Kind.RECEIVED, by=by, subject=uploaded, size=len(content))
        record(Kind.PUBLISHED, by=by, subject=uploaded, dataset=slug, release=1)
        record(Kind.PUBLISHED, by=by, subject=dataset.subject, release=1)
    return dataset


def _sent(content: bytes, operator: Person, *, by: Actor) -> Submission:
    """The same file through the door of today, and the gate's answer."""
    village = Organisation.objects.get(slug="desa")
    sealed = vault.seal_bytes([content], name=FILE_NAME)
    submission = take_in(sealed, person=operator, organisation=village, by=by, description={})
    inspect_submission.call(str(submission.pk))
    submission.refresh_from_db()
    return submission


def _reported(dataset: Dataset) -> Matter:
    receive(dataset, told=Told(seen=Seen.NUMBER), sender=dataset.slug)
    return Matter.objects.get(dataset=dataset)


def _facts(dataset: Dataset) -> dict[str, Any]:
    dataset.refresh_from_db()
    open_incident(dataset)
    facts: dict[str, Any] = gather(Incident.objects.get(dataset=dataset), count=True).facts
    return facts


def _who(dataset: Dataset) -> dict[str, Any]:
    """Who, when, from which village, address and device: one line of the record, asked for as an officer would."""
    number = Incident.objects.get(dataset=dataset).dossiers.first().facts["uploads"][0]["line"]  # type: ignore[union-attr]
    line = Event.objects.get(sequence=number)
    return {
        "name": line.actor_name,
        "organisation": line.actor_organisation,
        "at": line.at.astimezone(WIB).isoformat(timespec="minutes"),
        "address": line.address,
        "device": line.device,
    }


def _figures(facts: dict[str, Any]) -> dict[str, Any]:
    upload = facts["uploads"][0]
    return {
        "exposed_days": facts["exposed_days"],
        "minutes_to_close": facts["minutes_to_close"],
        "deadline": datetime.fromisoformat(facts["deadline"]).astimezone(WIB).isoformat(timespec="minutes"),
        "days_after_training": upload["days_after_training"],
        "people": facts["people"].get("people"),
        "children": facts["people"].get("children"),
    }


def _timed(act: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter()
    answer = act()
    return answer, time.perf_counter() - began
