"""`python -m bench.closing [DATASETS] [READERS]`: from the act to 410 on every route, asked of a running web server.

A home with so many datasets, a few dozen of them published by the portal's own verbs, the others rows alone; gunicorn
as `lumbung serve` starts it; readers that search and open pages all the time. One process closes by the portal's verbs
and asks every address of what it closed, as the URL table has them, over HTTP, until each answers 410 (503 for the
whole portal). Prints JSON: milliseconds of the act, until the first route answered so, and until all were asked, p50
and p99; and how many answers after the act were still the old ones. That ought to be none: then all were closed with
the act, and what follows is the time of asking.
"""

import json
import logging
import os
import random
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

ASKED = ("/?q=penduduk", "/?q=sekolah", "/", "/umpan.atom", "/?tema=sosial")
PUBLISHED = 44  # by the verbs, with files; the last of them belong to an organisation of their own
TOGETHER = 4


def main() -> None:
    """Fill, serve, read, close."""
    datasets = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    readers = int(sys.argv[2]) if len(sys.argv) > 2 else 4
    with tempfile.TemporaryDirectory() as home:
        _fill(Path(home), datasets)
        logging.disable(logging.WARNING)
        with _served(home) as site, _reading(site, readers) as counted:
            said = _measured(site)
            said |= {"datasets": datasets, "readers": readers, "answers to readers": sum(counted)}
        print(json.dumps(said, indent=1))


def _fill(home: Path, datasets: int) -> None:
    from bench import kills

    kills.begin(home)
    kills.alone()
    from django.core.management import call_command

    from bench.portal import shelve
    from lumbung.portal.accounts.models import Organisation
    from lumbung.portal.catalogue.models import Dataset

    call_command("collectstatic", interactive=False, verbosity=0)
    chance = random.Random(6)
    for _ in range(PUBLISHED):
        for act in (kills.upload, kills.approve, kills.put_up):
            act(chance)
    agency = Organisation.objects.add_child(
        Organisation.objects.get(depth=1), {"kind": "agency", "name": "Dinas Percobaan", "slug": "dinas-percobaan"}
    )
    moved = list(Dataset.objects.order_by("-pk").values_list("pk", flat=True)[:TOGETHER])
    Dataset.objects.filter(pk__in=moved).update(organisation=agency)
    shelve(agency, datasets)


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
    from tests.portal.publication.routes import of_dataset, unclassified

    from bench.kills import who
    from lumbung.portal.accounts.models import Organisation
    from lumbung.portal.catalogue.models import Dataset
    from lumbung.portal.catalogue.states import DatasetState, Shut
    from lumbung.portal.catalogue.vocabulary import ClosingGround
    from lumbung.portal.publication import actions, scopes

    if unclassified():
        raise AssertionError(unclassified())
    told = {**who("petugas_piket"), "because": "Percobaan.", "ground": ClosingGround.PERSONAL_DATA}
    stands = Dataset.objects.filter(state=DatasetState.PUBLISHED)
    real = list(stands.exclude(slug__startswith="bangku-").order_by("pk"))
    seen = []
    for dataset in real[:-TOGETHER]:
        seen.append(_closed(site, of_dataset(dataset), partial(actions.quarantine, dataset, **told), 410))
    beside = [route for one in real[-TOGETHER:] for route in of_dataset(one)]
    above = Organisation.objects.get(slug="dinas-percobaan")
    organisation = _closed(site, beside, lambda: scopes.close_organisation(above, **told), 410)
    every = [*ASKED, *beside, "/desa", "/sitemap.xml", "/sitemap-dataset.xml"]
    portal = _closed(site, every, lambda: scopes.close_portal(shut=Shut.CLOSED, **told), 503)
    return {
        "closed": len(seen), "routes of each": len(of_dataset(real[0])),
        **{name: _spread([one[name] for one in seen]) for name in ("act ms", "first route ms", "all routes ms")},
        "old answers": sum(one["old answers"] for one in [*seen, organisation, portal]),
        "organisation": {**organisation, "routes": len(beside)}, "portal": {**portal, "routes": len(every)},
    }  # fmt: skip


def _closed(site: str, routes: list[str], act: Callable[[], Any], expected: int) -> dict[str, float]:
    """Milliseconds of the act alone, until the first and until the last route answered as it should; answers that did
    not."""
    began = time.perf_counter()
    act()
    moments, old = [time.perf_counter()], 0
    for route in routes:
        while _status(site + route) != expected:
            old += 1
        moments.append(time.perf_counter())
    names = zip(("act ms", "first route ms", "all routes ms"), (moments[0], moments[1], moments[-1]), strict=True)
    return {**{name: round(1000 * (moment - began), 1) for name, moment in names}, "old answers": old}


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
