"""`python -m bench.closing [DATASETS] [READERS]`: from the act to 410 on every route, asked of a running web server.

A home with so many datasets; gunicorn as `lumbung serve` starts it; readers that search and open pages all the time.
One process closes by the portal's own verbs and asks every address of what it closed, over HTTP, until each answers
410 (503 for the whole portal). Prints JSON: milliseconds of the act and until the last route, p50 and p99.
"""

import json
import logging
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import quantiles
from threading import Event, Thread
from typing import Any

PARTS = ("", "/pratinjau", "/bagan", "/kolom", "/gambar.png", "/saring.csv", "/perubahan/1", "/umpan.atom", ".csv")
ASKED = ("/?q=penduduk", "/?q=sekolah", "/", "/umpan.atom", "/?tema=sosial")


def main() -> None:
    """Fill, serve, read, close."""
    datasets = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    readers = int(sys.argv[2]) if len(sys.argv) > 2 else 4
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"LUMBUNG_HOME": home, "DJANGO_SETTINGS_MODULE": "lumbung.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        logging.disable(logging.WARNING)
        _fill(Path(home), datasets)
        with _served(home) as site, _reading(site, readers) as counted:
            said = _measured(site)
            said |= {"datasets": datasets, "readers": readers, "answers to readers": sum(counted)}
        print(json.dumps(said, indent=1))


def _fill(home: Path, datasets: int) -> None:
    from django.core.management import call_command

    from bench.portal import _shelve
    from lumbung.cli.demo_regency import fill
    from lumbung.invent import invent_regency, invent_statistics
    from lumbung.portal.accounts.models import Organisation
    from lumbung.portal.audit import keys

    keys.ensure(home / "keys.json", home=home)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    regency = invent_regency()
    sys.stdout, kept = sys.stderr, sys.stdout
    fill(home, regency=regency, statistics=invent_statistics(regency))
    sys.stdout = kept
    _shelve(Organisation.objects.filter(kind="agency").first() or Organisation.objects.get(depth=1), datasets)


@contextmanager
def _served(home: str) -> Iterator[str]:
    from lumbung.cli.site import _processes, listen

    door = listen(0)
    address = f"http://127.0.0.1:{door.getsockname()[1]}"
    web = _processes(door)[0]
    environment = {**os.environ, "LUMBUNG_URL": address}
    process = subprocess.Popen(web.command, env=environment, pass_fds=[door.fileno()])
    try:
        while _status(f"{address}/healthz") != 200:
            time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _reading(site: str, readers: int) -> Iterator[list[int]]:
    done, counted = Event(), [0] * readers

    def read(number: int) -> None:
        while not done.is_set():
            _status(site + ASKED[(counted[number] + number) % len(ASKED)])
            counted[number] += 1

    threads = [Thread(target=read, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    try:
        yield counted
    finally:
        done.set()
        for thread in threads:
            thread.join()


def _measured(site: str) -> dict[str, Any]:
    from lumbung.portal.accounts.models import Organisation
    from lumbung.portal.catalogue.models import Dataset
    from lumbung.portal.catalogue.states import Shut
    from lumbung.portal.catalogue.vocabulary import ClosingGround
    from lumbung.portal.publication import actions, scopes

    told = {**_officer(), "because": "Percobaan.", "ground": ClosingGround.PERSONAL_DATA}
    real = list(Dataset.objects.exclude(slug__startswith="bangku-").order_by("pk"))
    acts, all_routes = [], []
    for dataset in real[:-4]:
        act, whole = _closed(site, _routes(dataset), partial(actions.quarantine, dataset, **told), 410)
        acts.append(act)
        all_routes.append(whole)
    last = real[-1]
    above = Organisation.objects.get(pk=last.organisation_id)
    beside = [route for one in real[-4:] if one.organisation_id == above.pk for route in _routes(one)]
    organisation = _closed(site, beside, lambda: scopes.close_organisation(above, **told), 410)
    every = [*ASKED, *(_routes(last)), "/desa", "/sitemap.xml", "/sitemap-dataset.xml"]
    portal = _closed(site, every, lambda: scopes.close_portal(shut=Shut.CLOSED, **told), 503)
    return {
        "closed": len(acts), "routes of each": len(_routes(real[0])),
        "act ms": _spread(acts), "all routes ms": _spread(all_routes),
        "organisation ms": {"act": organisation[0], "all routes": organisation[1], "routes": len(beside)},
        "portal ms": {"act": portal[0], "all routes": portal[1], "routes": len(every)},
    }  # fmt: skip


def _officer() -> dict[str, Any]:
    from lumbung.portal.accounts.models import Person
    from lumbung.portal.audit.actors import Actor

    person = Person.objects.get(email__startswith="piket@")
    return {"person": person, "by": Actor(id=f"person:{person.pk}", name=person.name)}


def _routes(dataset: Any) -> list[str]:
    page = dataset.get_absolute_url()
    names = [file.name for release in dataset.releases.all() for file in release.distributions.all()]
    return [*(page + part for part in PARTS), *(f"{page}/unduh/{name}" for name in names)]


def _closed(site: str, routes: list[str], act: Callable[[], Any], expected: int) -> tuple[float, float]:
    """Milliseconds of the act alone, and until the last of the routes has answered as it should."""
    began = time.perf_counter()
    act()
    acted = time.perf_counter()
    for route in routes:
        while _status(site + route) != expected:
            pass
    return round(1000 * (acted - began), 1), round(1000 * (time.perf_counter() - began), 1)


def _status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        refused.close()
        return refused.code
    except OSError:
        return 0


def _spread(values: list[float]) -> dict[str, float]:
    cuts = quantiles(values, n=100, method="inclusive")
    return {"p50": round(cuts[49], 1), "p99": round(cuts[98], 1), "max": max(values)}


if __name__ == "__main__":
    main()
