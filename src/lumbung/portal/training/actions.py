"""The verbs of a training house: settle an invented regency, make accounts, note what was taken, ask to empty."""

import hashlib
import secrets
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from lumbung.portal.accounts.actions import add_person
from lumbung.portal.accounts.models import Organisation, OrganisationKind, Person
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.actions import record, record_now
from lumbung.portal.audit.actors import SYSTEM, Actor, Subject
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.training import house
from lumbung.portal.training.permissions import check_trains
from lumbung.portal.training.practice import PracticeFile

DOMAIN = "latihan.example"
FIRST = ("padi", "lesung", "sawah", "tampah", "jerami", "lumbung", "bajak", "caping", "panen", "tunas")
SECOND = ("merah", "hijau", "biru", "kuning", "ungu", "jingga", "putih", "cokelat", "perak", "emas")
THE_HOUSE = Subject(kind="house", id="training")
SHELF = ("catalogue_dataset", "catalogue_release", "catalogue_distribution")


@dataclass(frozen=True, slots=True)
class Account:
    """One line of the trainer's sheet. The password stands here and on the paper, nowhere else."""

    name: str
    email: str
    password: str
    village: str


def lock_the_shelf() -> None:
    """Have the database itself refuse every dataset, release and file of the shelf. For good, in this database."""
    with connection.cursor() as cursor:
        for table in SHELF:
            cursor.execute(
                f"CREATE TRIGGER IF NOT EXISTS training_{table} BEFORE INSERT ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'a training house publishes nothing'); END"
            )


@transaction.atomic
def settle(top: Organisation) -> None:
    """The trainer over the invented regency, and what was emptied before. Does nothing the second time."""
    if Person.objects.filter(email=house.TRAINER).exists():
        return
    home = Path(settings.LUMBUNG_HOME)
    record(Kind.TRAINING_BEGUN, by=SYSTEM, subject=THE_HOUSE, emptied=house.last_emptying(home))
    add_person(
        email=house.TRAINER, name="Pelatih", password=house.trainer_password(home), organisation=top,
        role=Role.WALIDATA, by=SYSTEM, invented=True,
    )  # fmt: skip


@transaction.atomic
def make_accounts(number: int, *, person: Person, by: Actor) -> list[Account]:
    """That many trainees, each a producer in one village, in turn. Raise Refused unless `person` is the trainer."""
    check_trains(person)
    villages = Organisation.objects.filter(kind=OrganisationKind.VILLAGE).order_by("path")
    first = Person.objects.filter(email__endswith=f"@{DOMAIN}").count()  # the trainer is one of them
    return [_account(first + offset, village, by=by) for offset, village in enumerate(islice(cycle(villages), number))]


def _account(number: int, village: Organisation, *, by: Actor) -> Account:
    account = Account(f"Peserta {number}", f"peserta{number}@{DOMAIN}", _password(), village.name)
    add_person(
        email=account.email, name=account.name, password=account.password, organisation=village,
        role=Role.PRODUSEN, by=by, invented=True,
    )  # fmt: skip
    return account


def _password() -> str:
    """Short enough for a telephone; only five guesses in a quarter of an hour are let through."""
    return f"{secrets.choice(FIRST)}-{secrets.choice(SECOND)}-{secrets.randbelow(9000) + 1000}"


def note_taken(file: PracticeFile, *, lesson: str, by: Actor) -> None:
    """That somebody took the file of a lesson, by its digest: so the lesson knows the upload again."""
    digest = hashlib.sha256(file.content).hexdigest()
    subject = Subject(kind="lesson", id=lesson, label=file.name, sha256=digest)
    record_now(Kind.PRACTICE_TAKEN, by=by, subject=subject)


def ask_to_empty(*, person: Person, by: Actor) -> None:
    """The trainer's button. Raise Refused unless `person` is the trainer."""
    check_trains(person)
    record_now(Kind.EMPTYING_ASKED, by=by, subject=THE_HOUSE)
    house.ask(Path(settings.LUMBUNG_HOME), because="button")


def empty_when_due() -> None:
    """Every night. For the one who keeps house; nothing where this is no training house."""
    home = Path(settings.LUMBUNG_HOME)
    if settings.TRAINING and house.is_due(home):
        house.ask(home, because="schedule")
