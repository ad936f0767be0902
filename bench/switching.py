"""`python -m bench.switching [MOVES] [READERS]`: from a switch to the status page and to what it shuts, over HTTP.

gunicorn as `lumbung serve` starts it, readers that open pages all the time. One process moves the switch of document
requests by the portal's own verb, in turn closed and open, and asks /status.json until it tells that very move, then
an address of the service until it answers 503 or no longer does. Prints JSON: milliseconds of the act, until the
status page told it and until the address followed, p50, p99 and the longest; and how many answers after the act were
still the old ones, which ought to be none.
"""

import json
import logging
import sys
import tempfile
import time
import urllib.request
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench import kills
from bench.closing import _reading, _served, _spread, _status

ADDRESS = "/layanan/contoh"


def main() -> None:
    """Serve, read, switch."""
    moves = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    readers = int(sys.argv[2]) if len(sys.argv) > 2 else 4
    with tempfile.TemporaryDirectory() as home:
        kills.begin(Path(home))
        from django.core.management import call_command

        call_command("collectstatic", interactive=False, verbosity=0)
        logging.disable(logging.WARNING)
        with _served(home) as site, _reading(site, readers) as counted:
            said = measured(site, moves)
            print(json.dumps(said | {"readers": readers, "answers to readers": sum(counted)}, indent=1))


def measured(site: str, moves: int) -> dict[str, Any]:
    """Every move, timed."""
    from lumbung.portal.services.states import ServiceState

    seen = [switched(site, (ServiceState.CLOSED, ServiceState.OPEN)[number % 2]) for number in range(moves)]
    names = ("act ms", "status page ms", "address ms")
    return {
        "moves": len(seen),
        **{name: _spread([one[name] for one in seen]) for name in names},
        "old answers": sum(one["old answers"] for one in seen),
    }


def switched(site: str, state: Any) -> dict[str, float]:
    """Milliseconds from the touch."""
    from django.utils import timezone

    from lumbung.portal.services.actions import Told, move

    told = Told(reason="Percobaan.", next_at=timezone.now() + timedelta(hours=1))
    began, old = time.perf_counter(), 0
    made = move("document-requests", state=state, told=told, **kills.who("petugas_piket"))
    moments = [time.perf_counter()]
    while _newest(site) != made.pk:
        old += 1
    moments.append(time.perf_counter())
    while (_status(site + ADDRESS) == 503) != (state.value == "closed"):
        old += 1
    moments.append(time.perf_counter())
    names = zip(("act ms", "status page ms", "address ms"), moments, strict=True)
    return {**{name: round(1000 * (moment - began), 1) for name, moment in names}, "old answers": old}


def _newest(site: str) -> int:
    with urllib.request.urlopen(f"{site}/status.json", timeout=60) as answer:
        return int(json.load(answer)["history"][0]["number"])


if __name__ == "__main__":
    main()
