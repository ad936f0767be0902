"""Registers of an invented village, and the way from one to statistics: the jobs run at once."""

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from lumbung.invent import LAYOUTS, Household, invent_households
from lumbung.invent.workbooks import write
from lumbung.portal.accounts.models import Organisation
from lumbung.portal.intake import counting
from lumbung.portal.intake.jobs import count_register, inspect_submission
from lumbung.portal.intake.models import Counting, Submission
from tests.portal.shelves import Desk, actor

KODE = "99.01.01.2001"
DAY = date(2017, 12, 31)


@cache
def families(seed: int = 7, count: int = 70) -> tuple[Household, ...]:
    """The families of the village, on the day."""
    return invent_households(seed=seed, count=count, village=KODE, on=DAY)


@cache
def register(seed: int = 7, count: int = 70, layout: str = "opensid-ekspor") -> bytes:
    """Its register as OpenSID exports it."""
    chosen = next(one for one in LAYOUTS if one.name == layout)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        write(chosen.build(families(seed, count)), to=path, format="xlsx")
        return path.read_bytes()


def with_kode(village: Organisation, kode: str = KODE) -> Organisation:
    """A village must have its kode wilayah."""
    village.kode = kode
    village.save(update_fields=["kode"])
    return village


def ask(desk: Desk, submission: Submission, *, day: date = DAY, **told: object) -> Counting:
    """The producer asks for statistics; nothing is done yet."""
    asked = {"person": desk.producer, "by": actor(desk.producer), "organisation": desk.village}
    return counting.ask(submission, reference_date=day, mapping=told.get("mapping", {}), **asked)  # type: ignore[arg-type]


def count(desk: Desk, content: bytes | None = None, *, day: date = DAY, name: str = "penduduk.xlsx") -> Counting:
    """A register is sent in, held, counted and forgotten; the result is inspected."""
    with_kode(desk.village)
    held = desk.send(content or register(), name=name, title="Data penduduk")
    one = ask(desk, held, day=day)
    return run(one)


def run(one: Counting) -> Counting:
    """The job, and the inspection of what came of it."""
    count_register.call(one.pk)
    one.refresh_from_db()
    if one.result:
        inspect_submission.call(str(one.result.pk))
        one.result.refresh_from_db()
    return one
