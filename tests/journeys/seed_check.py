"""Opens a check for residents in a running portal's home: a dataset that had people in it, closed, with its incident.

`python -m tests.journeys.seed_check HOME` opens it and prints its number; with `end` behind, the incident ends and the
check with it.
"""

import sys
from pathlib import Path

from lumbung.cli.site import prepare
from tests.portal.tracing.people import HEADING, row

PEOPLE = 12


def main(home: Path, *, end: bool) -> None:
    """Open, or end."""
    prepare(home)
    from lumbung.portal.accounts.models import Person
    from lumbung.portal.audit.actors import Actor
    from lumbung.portal.tracing.models import ResidentCheck

    ppdp = Person.objects.get(email__startswith="ppdp@")
    by = Actor(id=f"person:{ppdp.pk}", name=ppdp.name)
    if end:
        _end(ResidentCheck.objects.latest("pk"), ppdp, by)
    else:
        print(_opened(home, ppdp, by).pk)


def _opened(home: Path, ppdp: object, by: object) -> "object":
    from lumbung.cli import demo_regency as demo
    from lumbung.invent.regency import invent_regency
    from lumbung.invent.tables import invent_statistics
    from lumbung.portal.catalogue.models import Dataset
    from lumbung.portal.incidents.actions import open_incident
    from lumbung.portal.intake.states import State
    from lumbung.portal.publication.actions import quarantine
    from lumbung.portal.tracing import checking
    from lumbung.portal.tracing.jobs import prepare_check

    known = set(Dataset.objects.values_list("pk", flat=True))
    demo.walk(list(invent_statistics(invent_regency()))[5], until=State.PUBLISHED)
    dataset = Dataset.objects.exclude(pk__in=known).get()
    file = dataset.releases.get().distributions.filter(format="csv").first()
    lies = home / "shelf" / file.path
    lies.chmod(0o600)
    lies.write_text("\n".join([HEADING, *map(row, range(PEOPLE)), ""]), encoding="utf-8")
    quarantine(dataset, person=ppdp, by=by, because="Memuat NIK.")
    dataset.refresh_from_db()
    acts = {"person": ppdp, "by": by, "because": "Warga bertanya."}
    check = checking.open_check(open_incident(dataset), **acts, columns="NIK, nomor KK, nama, alamat")
    prepare_check.call(check.pk)
    return check


def _end(check: "object", ppdp: object, by: object) -> None:
    from lumbung.portal.incidents.actions import end_incident
    from lumbung.portal.tracing import checking

    checking.close_check(check, person=ppdp, by=by)
    end_incident(check.incident, person=ppdp, by=by, because="Percobaan selesai.")


if __name__ == "__main__":
    main(Path(sys.argv[1]), end="end" in sys.argv[2:])
