"""Several processes under one: a dead one is started again, and all end together."""

import ctypes
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

PATIENCE = 15.0  # seconds a process may take to finish what it is doing
LOOK = 0.2  # seconds between two looks
TOO_SOON = 2.0  # seconds; who dies sooner than this waits before being started again
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, see prctl(2)


@dataclass
class Kept:
    """One process and how to start it; `once` leaves it alone when it has ended well."""

    command: Sequence[str]
    environment: Mapping[str, str]
    handed: Sequence[int] = ()  # open files, by their numbers, that it inherits from us
    once: bool = False
    began: float = 0.0
    running: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start it, in a group of its own so that Ctrl-C reaches only us, and bound to end when we do."""
        self.began = time.monotonic()
        self.running = subprocess.Popen(
            self.command,
            env=dict(self.environment),
            pass_fds=self.handed,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )

    def is_dead(self) -> bool:
        """Ended, or never started."""
        return self.running is None or self.running.poll() is not None

    def is_done(self) -> bool:
        """Ended well, and not meant to begin again."""
        return self.once and self.running is not None and self.running.poll() == 0


def supervise(kept: Sequence[Kept], *, until: Callable[[], bool] = lambda: False) -> bool:
    """Keep all of them running until SIGINT, SIGTERM or `until`, then end them, finishing what is at hand.

    True where a signal asked for it; the signals do afterwards what they did before.
    """
    stop = False

    def asked(*_: object) -> None:
        nonlocal stop
        stop = True

    before = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        for process in kept:
            process.start()
        while not stop and not until():
            _start_the_dead(kept)
            time.sleep(LOOK)
    finally:
        end(kept)
        for number, handler in before.items():
            signal.signal(number, handler)
    return stop


def _start_the_dead(kept: Sequence[Kept]) -> None:
    for process in kept:
        if process.is_dead() and not process.is_done() and time.monotonic() - process.began > TOO_SOON:
            process.start()


def end(kept: Sequence[Kept]) -> None:
    """Ask each to end; who does not within PATIENCE is ended."""
    alive = [process.running for process in kept if process.running and not process.is_dead()]
    for running in alive:
        running.terminate()
    until = time.monotonic() + PATIENCE
    for running in alive:
        try:
            running.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def _die_with_parent() -> None:
    """So that not even a killed supervisor leaves anybody behind."""
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)
