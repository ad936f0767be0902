"""`python -m bench.counter [APPLICATIONS] [--minutes N] [--megabytes N] [--folder F]`: a burst of applications with
attachments at the counter, on the machine as it is; prints JSON.

The counter runs as `lumbung serve` starts it. Applications begin at their moments, evenly over the minutes, whether
the earlier ones are through or not; each comes from one of 250 addresses of this machine's own loopback network, in
the pieces that the counter asks for. What counts: acknowledgements (from the last request to its answer), whole
applications (from the moment at which they were due), the counter's own memory and processor time, the disk; and that
every acknowledged envelope is there, its digest looked at again. The senders share the two cores.

Where the disk has too little room, fewer are sent at the same rate, and it says so.
"""

import argparse
import hashlib
import http.client
import json
import os
import shutil
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import quantiles
from typing import Any

import psutil
from tests.counter.envelopes import words
from tests.counter.http import served

from lumbung.counter import floods
from lumbung.counter.application import PREFIX
from lumbung.counter.store import Store

ADDRESSES = 250
TOGETHER = 96  # applications under way, at most, before they queue at the senders
PATIENCE = 120  # seconds until an answer
MIB = 2**20


def main() -> None:
    """Measure in a folder that is removed afterwards. Exit 1 where an acknowledged envelope is not there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("applications", nargs="?", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--megabytes", type=float, default=5.0)
    parser.add_argument("--folder", type=Path, help="where the home is made; its disk is the one that is measured")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lumbung-loket-", dir=asked.folder) as home:
        said = measure(
            Path(home), asked.applications, seconds=60 * asked.minutes, size=round(asked.megabytes * 1_000_000)
        )
    print(json.dumps(said, indent=1))
    sys.exit(1 if said["lost"] else 0)


def measure(home: Path, applications: int, *, seconds: float, size: int) -> dict[str, Any]:
    """Figures by name: milliseconds, MiB, counts."""
    free = shutil.disk_usage(home).free
    fit = max(1, min(applications, (free - 3 * floods.LEAST_FREE) // (size + 4_096)))
    began = time.monotonic()
    with served(home) as (port, process, _), _watched(process.pid) as watched:
        told = _sent(port, fit, interval=seconds / applications, size=size)
        spent = time.monotonic() - began
        acknowledged = [one for one in told if one[0]]
        used = sum(path.stat().st_blocks * 512 for path in (home / "counter").rglob("*") if path.is_file())
    return {
        "asked for": applications, "sent": fit, "bytes of each": size, "acknowledged": len(acknowledged),
        "lost": _missing(home, [one[0] for one in acknowledged]), "seconds": round(spent, 1),
        "a second": round(len(acknowledged) / spent, 1),
        "acknowledgement ms": _spread([one[1] for one in acknowledged]),
        "whole application ms": _spread([one[2] for one in acknowledged]),
        "counter MiB": round(watched["peak"] / MIB), "counter CPU s": round(watched["cpu"], 1),
        "disk MiB": round(used / MIB), "disk beyond the bodies": round(used / (fit * size) - 1, 4),
        "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip


def _sent(port: int, count: int, *, interval: float, size: int) -> list[tuple[str, float, float]]:
    """Number, milliseconds of the acknowledgement and of the whole; an empty number where none came."""
    common = os.urandom(size - 16)
    digest = hashlib.sha256(common)
    began = time.monotonic() + 0.5

    def one(at: int) -> tuple[str, float, float]:
        due = began + at * interval
        time.sleep(max(0.0, due - time.monotonic()))
        last, own = digest.copy(), os.urandom(16)
        last.update(own)
        header = words(b"") | {"number": own.hex(), "size": size, "sha256": last.hexdigest()}
        with suppress(OSError, http.client.HTTPException, KeyError, ValueError):
            took = _application(port, at, header, common + own)
            return own.hex(), 1000 * took, 1000 * (time.monotonic() - due)
        return "", 0.0, 0.0

    with ThreadPoolExecutor(TOGETHER) as people:
        return list(people.map(one, range(count)))


def _application(port: int, at: int, header: dict[str, Any], body: bytes) -> float:
    """As a browser on a good line; seconds from asking for the acknowledgement to having it."""
    source = (f"127.{1 + at % ADDRESSES}.0.1", 0)
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE, source_address=source)
    try:
        told = _asked(client, "POST", "", json.dumps(header).encode())
        view = memoryview(body)
        while told["offset"] < len(body):
            at = told["offset"]
            told = _asked(client, "PUT", header["number"], view[at : at + told["piece"]], {"Upload-Offset": str(at)})
        began = time.monotonic()
        if not _asked(client, "POST", f"{header['number']}/selesai", b"")["received"]:
            raise ValueError("not acknowledged")
        return time.monotonic() - began
    finally:
        client.close()


def _asked(client: http.client.HTTPConnection, method: str, rest: str, body: Any, head: Any = None) -> dict[str, Any]:
    client.request(method, PREFIX + rest, body, head or {})
    return dict(json.loads(client.getresponse().read()))


@contextmanager
def _watched(pid: int) -> Any:
    """Peak memory (RSS, its own and its children's) and processor time of a process, looked at ten times a second."""
    seen, done = {"peak": 0.0, "cpu": 0.0}, threading.Event()

    def look() -> None:
        while not done.wait(0.1):
            with suppress(psutil.Error):
                family = [psutil.Process(pid), *psutil.Process(pid).children()]
                seen["peak"] = max(seen["peak"], sum(one.memory_info().rss for one in family))
                seen["cpu"] = sum(sum(one.cpu_times()[:2]) for one in family)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        done.set()
        thread.join()


def _missing(home: Path, numbers: list[str]) -> int:
    """How many acknowledged ones are not in the queue, or not whole."""
    store = Store(home / "counter")
    waiting, lost = {header.number for header in store.waiting()}, 0
    for number in numbers:
        try:
            store.open_body(number).close()
        except Exception:  # noqa: BLE001 - whatever it is, the envelope cannot be handed over
            lost += 1
            continue
        lost += number not in waiting
    store.ledger.close()
    return lost


def _spread(values: list[float]) -> dict[str, float]:
    if len(values) < 2:
        return dict.fromkeys(("p50", "p99", "max"), round(values[0], 1) if values else 0.0)
    cuts = quantiles(values, n=100, method="inclusive")
    return {"p50": round(cuts[49], 1), "p99": round(cuts[98], 1), "max": round(max(values), 1)}


if __name__ == "__main__":
    main()
