"""The parent's side of one confined child: start it, ask it, watch it, end it."""

import contextlib
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO

from lumbung.confine import wire
from lumbung.confine.limits import Ended, Limits, Unconfined

_TICK = 0.02  # seconds between two looks at the child's memory
_START = Limits(memory_bytes=2**31, cpu_seconds=60, wall_seconds=60)
_ENVIRONMENT = {
    **{"PATH": os.defpath, "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"},
    "POLARS_FORCE_ASYNC": "1",  # in spite of its name: the file is mapped, not copied piece by piece
}
_PAGE = resource.getpagesize()


class Worker:
    """One child. It loads its modules while nobody waits; the first request waits until it is ready."""

    def __init__(self, modules: Iterable[str], *, folder: Path | None = None) -> None:
        self._channel, theirs = socket.socketpair()
        self._ready = False
        self._highest = 0
        self.uses = 0
        with theirs:
            number = theirs.fileno()
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-I", "-m", "lumbung.confine.child"),
                    *(str(number), str(os.getpid()), str(folder or ""), *modules),
                ],
                pass_fds=(number,),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,  # what a reader prints may hold a value from the file
                stderr=subprocess.DEVNULL,
                env=_ENVIRONMENT,
                start_new_session=True,  # an officer's Ctrl-C is the parent's to answer
            )

    def call(self, request: dict[str, Any], *, file: BinaryIO | None, limits: Limits) -> Any:
        """What the function returned. Raise Ended, after which this child is of no further use."""
        self.await_ready()
        self.uses += 1
        try:
            self._grant(limits)
            self._channel.settimeout(limits.wall_seconds)
            wire.send(self._channel, request, file=file)
        except (OSError, wire.Broken) as gone:  # by itself, or because another thread has closed the pool
            raise self._ended() from gone
        answer = self._answer(limits)
        if "value" not in answer:
            why = "memory" if answer.get("ended") == "memory" else "crash"
            raise Ended(why, error=str(answer.get("error", ""))[:60])
        return answer["value"]

    def await_ready(self) -> None:
        """Wait until the child is shut in and loaded. Raise Unconfined where this machine cannot do that."""
        if self._ready:
            return
        answer = self._answer(_START)
        if "unconfined" in answer:
            raise Unconfined(str(answer["unconfined"]))
        self._ready = True

    def is_alive(self) -> bool:
        """Whether it can be asked (again): it lives, and has not spoken since its last answer."""
        return self._process.poll() is None and not (self._ready and self._speaks_unasked())

    def _speaks_unasked(self) -> bool:
        """Whether words wait already, which would be taken for the answer about the next file."""
        try:
            self._channel.setblocking(False)
            return bool(self._channel.recv(1, socket.MSG_PEEK))
        except OSError:  # nothing waits, or it has gone, which the asking finds out
            return False

    def resident_bytes(self) -> int:
        """Memory it holds now, libraries included; 0 once it has gone."""
        try:
            return int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]) * _PAGE
        except (OSError, IndexError):
            return 0

    def end(self) -> None:
        """Kill it and collect it, so that no zombie stays. May be called again."""
        self._process.kill()
        self._process.wait()
        self._channel.close()

    def disown(self) -> None:
        """After a fork: it is another process's child. Let go of our copy of the channel, and leave it alone."""
        self._channel.close()
        self._process.returncode = 0

    def _grant(self, limits: Limits) -> None:
        """Set the limits of this call; CPU time counts from what the child has used before. OSError: it has gone."""
        granted = {
            resource.RLIMIT_CPU: self._cpu_seconds() + limits.cpu_seconds,
            resource.RLIMIT_DATA: limits.memory_bytes * 3 // 2,  # what is asked for; the watch counts what is used
            resource.RLIMIT_FSIZE: limits.written_bytes,
        }
        for kind, soft in granted.items():
            _, hard = resource.prlimit(self._process.pid, kind)
            soft = soft if hard == resource.RLIM_INFINITY else min(soft, hard)
            resource.prlimit(self._process.pid, kind, (soft, hard))

    def _cpu_seconds(self) -> int:
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return -(-(int(fields[11]) + int(fields[12])) // os.sysconf("SC_CLK_TCK"))

    def _answer(self, limits: Limits) -> dict[str, Any]:
        try:
            return wire.receive_answer(self._reader(limits))
        except (OSError, wire.Broken) as gone:
            raise self._ended(limits) from gone

    def _reader(self, limits: Limits) -> Callable[[int], bytes]:
        """Reads from the channel, and between two looks sees to it that time and memory are kept."""
        deadline = time.monotonic() + limits.wall_seconds
        self._highest = 0
        self._channel.settimeout(_TICK)

        def read(wanted: int) -> bytes:
            while True:
                if time.monotonic() > deadline:
                    raise Ended("time")
                self._highest = max(self._highest, self.resident_bytes())
                if self._highest > limits.memory_bytes:
                    raise Ended("memory")
                with contextlib.suppress(TimeoutError):
                    return self._channel.recv(wanted)

        return read

    def _ended(self, limits: Limits | None = None) -> Ended:
        """Why the child is silent: it died, or it does not keep to the form."""
        try:
            code = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return Ended("crash")
        if code == -signal.SIGXCPU:
            return Ended("time")
        # Who asks for twice what it has, and is refused, dies holding half.
        close_to_limit = limits is not None and self._highest > limits.memory_bytes // 2
        # SIGKILL that is not ours is the kernel's, when the machine's memory runs out.
        return Ended("memory" if code == -signal.SIGKILL or close_to_limit else "crash")
