"""What the villages of the demo bring themselves: statistics out of their registers, and the blanks filled in.

Every step is a walk through the portal's own verbs (a village's operator hands in, the gate inspects, a walidata
approves) and is taken only where it has not been taken, so that it may be cut off anywhere. Meant to run beside the
portal: whoever comes first, a worker or this, inspects and counts.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from random import Random

from django.utils import timezone
from rich.progress import track

from lumbung.cli.demo_regency import acting, office, seal, take
from lumbung.invent import LAYOUTS, invent_households
from lumbung.invent.answers import answers
from lumbung.invent.incident import VILLAGE
from lumbung.invent.names import full_name
from lumbung.invent.offices import DOMAIN
from lumbung.invent.origins import HOMES
from lumbung.invent.regency import Regency, Village
from lumbung.portal.accounts.actions import add_person
from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.actors import SYSTEM
from lumbung.portal.catalogue import filling
from lumbung.portal.catalogue.models import PlacePage
from lumbung.portal.catalogue.placing import tell
from lumbung.portal.catalogue.queries import statistics_of
from lumbung.portal.intake import counting
from lumbung.portal.intake.actions import receive
from lumbung.portal.intake.blanks import actions as blank_actions
from lumbung.portal.intake.blanks import queries as blank_queries
from lumbung.portal.intake.blanks.definition import blanks
from lumbung.portal.intake.jobs import count_register
from lumbung.portal.intake.models import Counting, Delivery, Submission
from lumbung.portal.intake.states import UNDER_WAY, State

FILLING_IN = 4  # villages, all of the first district
COUNTING = 8  # the next ones; the village of the incident is left to its visitor
YEARLY = ("potensi", "sarana", "monografi")
PATIENCE = 300.0  # seconds until a step that a worker has taken up is left alone
LOOK = 0.5  # seconds
WEST, NORTH = 109.02, -8.61  # degrees: open sea, for the regency is on no map
APART = 0.021  # degrees between two offices
Step = Callable[[], None]
"""One thing that a village brings; does nothing where it has brought it."""


def fill_villages(regency: Regency, *, show: bool) -> None:
    """All of it, step by step, saying on the front page how far it is; on the terminal too where `show`.

    What a rule refuses stays undone.
    """
    taken = steps(regency)
    try:
        for number, step in enumerate(track(taken, description="Desa mengisi", transient=True, disable=not show)):
            filling.say(number, of=len(taken))
            with suppress(Refused):
                step()
    finally:
        filling.say(len(taken), of=len(taken))


def steps(regency: Regency) -> Sequence[Step]:
    """Village by village, so that the first page is full early."""
    this = timezone.localdate().year
    villages = regency.districts[0].villages[:COUNTING]
    taken: list[Step] = []
    for number, village in enumerate(villages):
        taken.append(partial(present, village, number))
        if village.kode != VILLAGE:
            taken.append(partial(count, village))
        if number < FILLING_IN:
            taken += [partial(fill_in, village, "apbdes", year, this) for year in (this - 1, this, this + 1)]
            taken += [partial(fill_in, village, code, this, this) for code in YEARLY]
    return taken


def present(village: Village, number: int) -> None:
    """Its office on its page: an address, a telephone that is nobody's, and where it would be."""
    place = office(village.kode)
    if PlacePage.objects.filter(organisation=place).exists():
        return
    random = Random(village.kode)  # noqa: S311 - no secret
    one = operator(village)
    told = {
        "address": f"Jl. Balai Desa No. 1, {village.title}",
        "telephone": f"(0299) 555{number + 1:03d}",
        "email": f"desa.{village.name.lower()}@{DOMAIN}",
        "website": "",
        "latitude": round(NORTH - APART * (number // 3) - random.uniform(0, APART / 2), 5),
        "longitude": round(WEST + APART * (number % 3) + random.uniform(0, APART / 2), 5),
    }
    tell(place, person=one, by=acting(one), office=told, pinned=[])


def count(village: Village) -> None:
    """Its register goes in, is held, and becomes statistics; the register is destroyed."""
    if statistics_of(village.kode).exists():
        return
    made = Submission.objects.filter(village=village.kode).order_by("received_at").last()
    if made is None:
        asked = Counting.objects.filter(village=village.kode).order_by("pk").last() or _ask(village)
        _until_counted(asked)
        made = asked.result
    if made is not None:
        take(made, until=State.PUBLISHED)


def fill_in(village: Village, code: str, year: int, this: int) -> None:
    """One blank of one year: saved, sent, approved, published."""
    place, blank = office(village.kode), blanks()[code]
    sent = Delivery.objects.filter(organisation=place, blank=code, year=year).select_related("submission").first()
    if sent is None:
        one = operator(village)
        by = acting(one)
        entry = blank_queries.entry_of(place, blank, year)
        if entry is None:
            values = answers(code, village, year=year, this=this)
            entry = blank_actions.save(place, blank, year, values=values, version=0, person=one, by=by)
        submission = blank_actions.send(entry, blank, person=one, by=by)
    else:
        submission = sent.submission
    take(submission, until=State.PUBLISHED)


def operator(village: Village) -> Person:
    """Who produces the village's data; appointed where nobody is."""
    place = office(village.kode)
    known = Person.objects.filter(memberships__organisation=place, memberships__role=Role.PRODUSEN).first()
    if known is not None:
        return known
    random = Random(village.kode)  # noqa: S311 - no secret
    return add_person(
        email=f"operator.{village.kode}@{DOMAIN}", name=full_name(random=random, female=random.random() < 0.5),
        password=None, organisation=place, role=Role.PRODUSEN, by=SYSTEM, invented=True,
    )  # fmt: skip


def _ask(village: Village) -> Counting:
    """Hand in the register, have it held, and ask for its statistics."""
    day, one, place = _half_year(), operator(village), office(village.kode)
    layout = next(layout for layout in LAYOUTS if layout.name == "opensid-ekspor")
    seed = int(village.kode.replace(".", ""))
    families = invent_households(seed=seed, count=village.households, home=HOMES[0], village=village.kode, on=day)
    sealed = seal(layout.build(families), name=f"register-{village.name.lower()}.xlsx")
    by = acting(one)
    try:
        held = receive(
            sealed, person=one, organisation=place, by=by, description={"title": f"Register {village.name}"}
        )
    finally:
        sealed.discard()
    held = take(held, until=State.HELD)
    return counting.ask(held, person=one, by=by, organisation=place, reference_date=day, mapping={})


def _until_counted(asked: Counting) -> None:
    """Count, or wait for the worker who does."""
    until = time.monotonic() + PATIENCE
    while asked.state in UNDER_WAY and time.monotonic() < until:
        count_register.call(asked.pk)
        asked.refresh_from_db()
        if asked.state in UNDER_WAY:
            time.sleep(LOOK)


def _half_year() -> date:
    """The end of the last half-year, of which registers are usually drawn."""
    today = timezone.localdate()
    return date(today.year, 6, 30) if today >= date(today.year, 6, 30) else date(today.year - 1, 12, 31)
