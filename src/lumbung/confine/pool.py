"""A small pool of confined children, kept warm: a file should not wait for an interpreter to start."""

import os
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, BinaryIO

from lumbung.confine.limits import Ended, Limits
from lumbung.confine.worker import Worker

_SIZE = 2
_TURN = 1800.0  # seconds that a caller waits for a free child: a dozen files before it may take all of their time
_USES = 64  # then a fresh child: what one file left behind in it does not live long


class Pool:
    """Up to two children at work, fresh ones starting in their place; callers beyond that wait their turn."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._change = threading.Condition(threading.RLock())
        self._workers: set[Worker] = set()
        self._idle: deque[Worker] = deque()
        self._count = self._busy = self._waiting = 0
        self._closed = False
        self._modules: dict[str, None] = {}
        # The kernel ends a child when the thread that started it ends, so one lasting thread starts them all.
        self._starter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="confine")

    def warm(self, module: str) -> None:
        """Start a child now, with `module` loaded, so that the first file need not wait."""
        with self._change:
            self._modules.setdefault(module)
            if self._count == 0 and not self._closed:
                self._grow()

    def call(self, request: dict[str, Any], *, file: BinaryIO | None, limits: Limits) -> Any:
        """Ask the next free child. Raise Ended; the pool has a fresh child for the next caller then."""
        self.warm(request["target"].partition(":")[0])
        worker = self._take(limits)
        try:
            value = worker.call(request, file=file, limits=limits)
        except BaseException:  # also Ctrl-C in the caller: the child is still at work on what nobody awaits
            self._replace(worker)
            raise
        if worker.uses >= _USES or _is_grown(worker, limits):
            self._replace(worker)
        else:
            self._give_back(worker)
        return value

    def call_alone(self, request: dict[str, Any], *, file: BinaryIO | None, limits: Limits, folder: Path) -> Any:
        """Ask a child of its own that may write to `folder`, and ends afterwards."""
        module = request["target"].partition(":")[0]
        worker = self._starter.submit(Worker, [module], folder=folder).result()
        try:
            return worker.call(request, file=file, limits=limits)
        finally:
            worker.end()

    def close(self) -> None:
        """End every child, also those at work: their callers get Ended. The pool is of no use afterwards."""
        with self._change:
            self._closed = True
            workers, self._workers, self._idle = self._workers, set(), deque()
            self._change.notify_all()
        for worker in workers:
            worker.end()
        self._starter.shutdown()

    def forget(self) -> None:
        """In a forked process: the children are the parent's. Begin anew."""
        for worker in self._workers:
            worker.disown()
        self._begin()

    def _take(self, limits: Limits) -> Worker:
        """The next child, waiting for one; one that a greater call left too large for these limits is replaced.

        Raise Ended where none comes to life.
        """
        with self._change:
            self._waiting += 1
            if not self._closed and self._count < min(_SIZE, self._busy + self._waiting):
                self._grow()
            found = self._change.wait_for(lambda: self._idle or self._closed or not self._count, timeout=_TURN)
            self._waiting -= 1
            if not self._idle or self._closed:
                raise Ended("crash" if found else "time")
            self._busy += 1
            worker = self._idle.popleft()
        if worker.is_alive() and not (worker.uses and _is_grown(worker, limits)):
            return worker
        self._replace(worker)
        return self._take(limits)

    def _grow(self) -> None:
        self._count += 1
        self._starter.submit(self._add)

    def _add(self) -> None:
        try:
            worker = Worker(list(self._modules))
        except OSError:  # no memory or descriptors for another process: whoever waits is told, the next may try again
            with self._change:
                self._count -= 1
                self._change.notify_all()
            return
        with self._change:
            if self._closed:  # it was begun before the closing, and nobody will ask it
                worker.end()
                return
            self._workers.add(worker)
            self._idle.append(worker)
            self._change.notify()

    def _give_back(self, worker: Worker) -> None:
        with self._change:
            self._busy -= 1
            self._idle.append(worker)
            self._change.notify()

    def _replace(self, worker: Worker) -> None:
        worker.end()
        with self._change:
            self._busy -= 1
            self._workers.discard(worker)
            if not self._closed:
                self._starter.submit(self._add)


def _is_grown(worker: Worker, limits: Limits) -> bool:
    """Whether what it holds from before would be counted against the next file."""
    return worker.resident_bytes() > limits.memory_bytes // 2


POOL = Pool()  # the one thing in the engine that outlives a call: processes cannot be had for each file
os.register_at_fork(after_in_child=POOL.forget)
