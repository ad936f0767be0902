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
_USES = 64  # then a fresh child: what one file left behind in it does not live long


class Pool:
    """Up to two children at work, fresh ones starting in their place; callers beyond that wait their turn."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._change = threading.Condition()
        self._idle: deque[Worker] = deque()
        self._count = 0
        self._modules: dict[str, None] = {}
        # The kernel ends a child when the thread that started it ends, so one lasting thread starts them all.
        self._starter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="confine")

    def warm(self, module: str) -> None:
        """Start the children now, with `module` loaded in each, so that the first file need not wait."""
        with self._change:
            self._modules.setdefault(module)
            missing, self._count = _SIZE - self._count, max(self._count, _SIZE)
        for _ in range(missing):
            self._starter.submit(self._add)

    def call(self, request: dict[str, Any], *, file: BinaryIO | None, limits: Limits) -> Any:
        """Ask the next free child. Raise Ended; the pool has a fresh child for the next caller then."""
        self.warm(request["target"].partition(":")[0])
        worker = self._take()
        try:
            value = worker.call(request, file=file, limits=limits)
        except BaseException:  # also Ctrl-C in the caller: the child is still at work on what nobody awaits
            self._replace(worker)
            raise
        if worker.uses >= _USES or worker.resident_bytes() > limits.memory_bytes // 2:
            self._replace(worker)
        else:
            self._put(worker)
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
        """End the children that wait. Those at work end with their callers or with this process."""
        self._starter.shutdown()
        with self._change:
            idle, self._idle, self._count = list(self._idle), deque(), 0
        for worker in idle:
            worker.end()

    def forget(self) -> None:
        """In a forked process: the children are the parent's. Begin anew."""
        for worker in self._idle:
            worker.disown()
        self._begin()

    def _take(self) -> Worker:
        """The next child, waiting for one. Raise Ended where none comes to life."""
        with self._change:
            if not self._change.wait_for(lambda: self._idle, timeout=600):
                raise Ended("time")
            worker = self._idle.popleft()
        if worker.is_alive():
            return worker
        self._replace(worker)
        return self._take()

    def _put(self, worker: Worker) -> None:
        with self._change:
            self._idle.append(worker)
            self._change.notify()

    def _add(self) -> None:
        self._put(Worker(list(self._modules)))

    def _replace(self, worker: Worker) -> None:
        worker.end()
        self._starter.submit(self._add)


POOL = Pool()  # the one thing in the engine that outlives a call: processes cannot be had for each file
os.register_at_fork(after_in_child=POOL.forget)
