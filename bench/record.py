"""What the record costs: `python -m bench.record [--quick]`, in a home of its own. CPU seconds, for a busy machine.

Lines a second, in one transaction and one by one; verifying a million; the chronology of a dataset with a hundred
thousand downloads among a million lines; ten thousand false reports within an hour, and the desk behind them.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

SINGLE, LINES, REPORTS = 500, 1_000_000, 10_000
OTHERS = 10  # of so many lines one is about the dataset that is asked for


def main() -> None:
    """Print the figures with their budgets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a hundredth of everything")
    parser.add_argument("--only", choices=("record", "reports"), help="one half of it, for a machine that is shared")
    asked = parser.parse_args()
    shrunk = 100 if asked.quick else 1
    with tempfile.TemporaryDirectory(prefix="lumbung-bench-") as folder:
        _prepare(Path(folder))
        dataset, halves = _dataset(), []
        if asked.only != "reports":
            halves.append(record_costs(dataset, lines=LINES // shrunk, single=SINGLE // shrunk))
        if asked.only != "record":
            halves.append(flood(dataset, REPORTS // shrunk))
        for name, figure, budget in chain.from_iterable(halves):
            sys.stdout.write(f"{name:<58} {figure:>12,.3f}   {budget}\n")
            sys.stdout.flush()


def record_costs(dataset: Any, *, lines: int, single: int) -> Any:
    """Name, figure, budget, one after the other."""
    from django.db import transaction

    from lumbung.portal.audit import exports
    from lumbung.portal.audit.actions import record, record_now
    from lumbung.portal.audit.actors import Actor, Subject
    from lumbung.portal.audit.heads import sign_head
    from lumbung.portal.audit.kinds import Kind
    from lumbung.portal.incidents.chronology import chronology

    def written(number: int) -> None:
        visitor = Actor(id="public", name="Umum", address=f"10.{number % 200}.0.{number % 250}", device="Mozilla/5.0")
        subject = dataset.subject if number % OTHERS == 0 else Subject(kind="dataset", id=f"lain-{number % 997}")
        record(Kind.DOWNLOADED, by=visitor, subject=subject, file="data.csv", digest="0" * 64)

    def batch() -> None:
        with transaction.atomic():
            for number in range(lines):
                written(number)

    def alone() -> None:
        for _ in range(single):
            record_now(Kind.DOWNLOADED, by=Actor(id="public", name="Umum"), subject=dataset.subject)

    yield "lines a second, one transaction (CPU)", lines / cpu(batch), "at least 5,000"
    yield "lines a second, each by itself (CPU)", single / cpu(alone), ""
    sign_head()
    yield f"verifying {lines:,} lines, CPU s", cpu(lambda: exports.verified([])), "under 60 s for 1,000,000"
    yield (
        f"chronology, {lines // OTHERS:,} downloads of {lines:,} lines, CPU s",
        cpu(lambda: chronology(dataset)),
        "under 2 s",
    )


def cpu(act: Callable[[], Any]) -> float:
    """CPU seconds of this process."""
    began = time.process_time()
    act()
    return time.process_time() - began


def flood(dataset: Any, reports: int) -> Any:
    """The same of so many reports within an hour, about one dataset."""
    from lumbung.portal.incidents.actions import receive
    from lumbung.portal.incidents.models import Matter, Report, Seen
    from lumbung.portal.incidents.permissions import TooMany
    from lumbung.portal.incidents.queries import matters_for_officer
    from lumbung.portal.incidents.telling import Told

    def send() -> None:
        for number in range(reports):
            try:
                receive(dataset, told=Told(seen=Seen.NUMBER, words="Ada NIK."), sender=f"{number}")
            except TooMany:
                continue

    yield f"{reports:,} reports in an hour, ms each (CPU)", 1000 * cpu(send) / reports, ""
    yield "kept one by one, the others counted", Report.objects.count(), "at most 50"
    if Matter.objects.get().reports != reports:
        raise AssertionError("not every report was counted")
    officer = _officer()
    yield "the desk's list afterwards, ms (CPU)", 1000 * cpu(lambda: list(matters_for_officer(officer))), ""


def _prepare(home: Path) -> None:
    for name in ("DATABASE_URL", "LUMBUNG_STORAGE", "LUMBUNG_KEY_FILE"):
        os.environ.pop(name, None)
    os.environ["LUMBUNG_HOME"], os.environ["DJANGO_SETTINGS_MODULE"] = str(home), "lumbung.config.settings"
    import django

    from lumbung.cli.site import ensure_home

    ensure_home(home)
    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def _dataset() -> Any:
    from django.utils import timezone

    from lumbung.portal.accounts.models import Organisation
    from lumbung.portal.catalogue.models import Dataset

    top = Organisation.objects.add_root({"kind": "regency", "name": "Kabupaten", "slug": "kabupaten"})
    now, words = timezone.now(), {"classification": "terbuka", "legal_basis": "-"}
    return Dataset.objects.create(
        slug="data", title="Data", organisation=top, state_since=now, released_at=now, **words
    )


def _officer() -> Any:
    from lumbung.portal.accounts.models import Membership, Organisation, Person
    from lumbung.portal.accounts.roles import Role

    person = Person.objects.create_user("piket@tirtaloka.example", None, name="Piket", invented=True)
    top = Organisation.objects.get(slug="kabupaten")
    Membership.objects.create(person=person, organisation=top, role=Role.PETUGAS_PIKET)
    return person


if __name__ == "__main__":
    main()
