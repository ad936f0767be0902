"""`python -m bench.counter_kills [KILLS] [SEED]`: the counter and its draining, killed at random instants while people
send; prints JSON, exit 1 where anything was wrong.

The counter is started as `lumbung counter` starts it, its port kept by us, and SIGKILLed again and again: its worker
alone, the whole of it, or a process that drains. Senders do what a browser does: they go on where the counter stands,
until they are told that it has been received. Afterwards three things are asked: is every acknowledged envelope there,
whole, or handed over, whole; was anything handed over that is not what somebody sent; is any left half as a whole one.
"""

import argparse
import hashlib
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from tests.counter.envelopes import words
from tests.counter.http import send

from lumbung.cli import counter
from lumbung.cli.processes import Kept
from lumbung.counter.store import State, Store

SENDERS = 4
LARGEST = 400_000  # bytes
LONGEST = 0.6  # seconds that a process lives, at most, before it is killed
SLOWEST = 30.0  # seconds a killed worker may take to be there again


@dataclass
class Sending:
    """What people sent: digests by number, and the numbers of those that were told it has been received."""

    seed: int
    port: int
    sent: dict[str, str] = field(default_factory=dict)
    acknowledged: list[str] = field(default_factory=list)
    broke: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self, sender: int) -> None:
        """One envelope after the other, until it is told to stop."""
        chance = random.Random(f"{self.seed} {sender}")
        while not self.stop.is_set():
            body = chance.randbytes(chance.randrange(1, LARGEST))
            header = words(body) | {"number": f"{chance.getrandbits(128):032x}"}
            self.sent[header["number"]] = header["sha256"]
            source = f"127.{chance.randrange(1, 250)}.0.{sender + 1}"  # one address alone would soon have sent enough
            try:
                send(self.port, header, body, piece=chance.choice((20_000, 65_536, 262_144)), source=source)
            except AssertionError as problem:
                self.broke.append(f"sending: {str(problem)[:200]}")
                continue
            self.acknowledged.append(header["number"])


def main() -> None:
    """Kill, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", nargs="?", type=int, default=500)
    parser.add_argument("seed", nargs="?", type=int, default=7)
    parser.add_argument("--drain", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.drain:
        return drain(asked.drain)
    with tempfile.TemporaryDirectory(prefix="lumbung-loket-") as home:
        said = run(Path(home), kills=asked.kills, seed=asked.seed)
    print(json.dumps(said, indent=1))
    return sys.exit(1 if said["wrong"] else 0)


def run(home: Path, *, kills: int, seed: int) -> dict[str, Any]:
    """Kill so many times; gives counts, and everything that was wrong."""
    door, chance = counter.opened(0), random.Random(seed)
    environment = {**os.environ, "LUMBUNG_HOME": str(home)}
    served = Kept(counter.process(door).command, environment, handed=[door.fileno()])
    drained = Kept([sys.executable, "-m", "bench.counter_kills", "--drain", str(home)], environment)
    sending = Sending(seed=seed, port=door.getsockname()[1])
    people = [threading.Thread(target=sending.run, args=(number,)) for number in range(SENDERS)]
    ends: Counter[str] = Counter()
    with closing(door):
        for thread in people:
            thread.start()
        for _ in range(kills):
            ends[_one_kill(served, drained, chance)] += 1
        sending.stop.set()
        _start(served, drained)
        for thread in people:
            thread.join()
        for one in (served, drained):
            _kill(one)
    return {
        "kills": dict(ends),
        "acknowledged": len(sending.acknowledged),
        **found(home, sending),
    }


def found(home: Path, sending: Sending) -> dict[str, Any]:
    """How many wait, were handed over, and were handed over twice; and what is wrong."""
    store = Store(home / "counter")
    taken = [line.split() for line in (home / "taken").read_text().splitlines()]
    wrong = list(sending.broke)
    wrong += [f"handed over, not what was sent: {line[0]}" for line in taken if sending.sent.get(line[0]) != line[1]]
    there = {line[0] for line in taken}
    waiting = [header.number for header in store.waiting()]
    for number in waiting:
        with store.open_body(number) as body:
            if hashlib.sha256(body.read()).hexdigest() != sending.sent.get(number):
                wrong.append(f"half taken as whole: {number}")
    for number in sending.acknowledged:
        if number not in there and store.standing(number).state is not State.WAITING:
            wrong.append(f"acknowledged and lost: {number}")
    store.ledger.close()
    return {"waiting": len(waiting), "handed over": len(there), "twice": len(taken) - len(there), "wrong": wrong}


def drain(home: Path) -> None:
    """In a process of its own, until it is killed: take, then cross off, as the portal does."""
    store = Store(home / "counter")
    taken = os.open(home / "taken", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    while True:
        for header in store.waiting():
            with store.open_body(header.number) as body:
                digest = hashlib.sha256(body.read()).hexdigest()
            os.write(taken, f"{header.number} {digest}\n".encode())
            store.done(header.number)
        time.sleep(0.02)


def _one_kill(served: Kept, drained: Kept, chance: random.Random) -> str:
    _start(served, drained)
    what = chance.choice(("worker", "worker", "whole", "draining"))
    worker = _worker(served) if what == "worker" else None
    time.sleep(chance.random() * LONGEST)
    if worker:
        with suppress(psutil.NoSuchProcess):
            worker.kill()
    else:
        _kill(served if what == "whole" else drained)
    return what


def _start(*kept: Kept) -> None:
    for one in kept:
        if one.is_dead():
            one.start()


def _worker(served: Kept) -> psutil.Process | None:
    """The process that answers; a kill before it is there would hit nothing."""
    until = time.monotonic() + SLOWEST
    while served.running and time.monotonic() < until:
        if children := psutil.Process(served.running.pid).children():
            return children[0]
        time.sleep(0.01)
    return None


def _kill(one: Kept) -> None:
    """It and its children: each is a group of its own."""
    if one.running:
        with suppress(ProcessLookupError):
            os.killpg(one.running.pid, signal.SIGKILL)
        one.running.wait()


if __name__ == "__main__":
    main()
