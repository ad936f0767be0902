"""`python -m bench.site FILE DATASETS ROWS`: the portal in a home of its own, few datasets on its shelf; prints JSON.

FILE is uploaded once warm; the seconds run from its first byte to the verdict on the submission.
"""

import json
import logging
import os
import sys
import tempfile
import time
from pathlib import Path


def main() -> None:
    """Migrate, fill, measure."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"LUMBUNG_HOME": home, "DJANGO_SETTINGS_MODULE": "lumbung.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        logging.disable(logging.WARNING)
        print(json.dumps(measured(Path(home), Path(sys.argv[1]), datasets=int(sys.argv[2]), rows=int(sys.argv[3]))))


def measured(home: Path, file: Path, *, datasets: int, rows: int) -> dict[str, float]:
    """Every figure, in the order in which the shelf grows."""
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    from bench.dataset_page import of_a_page, of_many_rows
    from bench.portal import milliseconds_to_410, milliseconds_to_find
    from lumbung.cli.demo_regency import fill
    from lumbung.invent import invent_regency, invent_statistics
    from lumbung.portal.accounts.models import Person
    from lumbung.portal.audit import keys
    from lumbung.portal.catalogue.models import Dataset

    setup_test_environment()  # the test client's host is allowed
    keys.ensure(home / "keys.json", home=home)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    regency = invent_regency()
    sys.stdout, kept = sys.stderr, sys.stdout
    fill(home, regency=regency, statistics=invent_statistics(regency)[:5])
    sys.stdout = kept
    dataset = Dataset.objects.first()
    officer = Person.objects.get(email__startswith="piket@")
    assert dataset is not None
    page = of_a_page(dataset) | of_many_rows(dataset, rows=rows)
    closed = milliseconds_to_410(dataset, officer)
    found = milliseconds_to_find(dataset.organisation, datasets=datasets)
    return {"verdict": seconds_to_verdict(file), **page, **closed, **found}


def seconds_to_verdict(file: Path) -> float:
    """Seal, receive, queue, inspect and write down, as the web process and the worker do it."""
    from lumbung.cli.demo_regency import DEVICE, OFFICE
    from lumbung.portal.accounts.models import Membership
    from lumbung.portal.audit.actors import Actor
    from lumbung.portal.intake.actions import receive
    from lumbung.portal.intake.jobs import inspect_submission
    from lumbung.portal.intake.vault import seal_bytes

    producer = Membership.objects.filter(role="produsen").select_related("person", "organisation").first()
    assert producer is not None
    by = Actor(id=f"person:{producer.person.pk}", name=producer.person.name, address=OFFICE, device=DEVICE)
    began = time.perf_counter()
    sealed = seal_bytes([file.read_bytes()], name=file.name)
    submission = receive(sealed, person=producer.person, organisation=producer.organisation, by=by, description={})
    inspect_submission.call(str(submission.pk))
    submission.refresh_from_db()
    assert submission.inspection is not None
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
