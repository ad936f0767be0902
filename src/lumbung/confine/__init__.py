"""Running a function on a stranger's file in a process that can do nothing else.

A confined child has no network, starts no process, opens no file but Python's libraries and the one it was handed,
and ends when it takes too much memory or time. What comes back is JSON.
"""

import atexit
from pathlib import Path
from typing import Any, BinaryIO

from lumbung.confine.limits import Ended, Limits, Unconfined
from lumbung.confine.pool import POOL
from lumbung.confine.snapshot import hashed_snapshot, open_file, snapshot

__all__ = ["Ended", "Limits", "Unconfined", "call", "close", "hashed_snapshot", "open_file", "snapshot", "warm"]


def call(
    target: str,
    *,
    file: BinaryIO | None = None,
    arguments: dict[str, Any],
    limits: Limits,
    folder: Path | None = None,
) -> Any:
    """What `target` ("package.module:function") returned, as JSON gives it; its shape is the caller's to check.

    The function is called by keyword: each of `arguments` (JSON), and `file` (binary, for reading only, a private
    copy of the bytes) where there is one. `folder`, which must exist, is where it may write; without it, nowhere.
    Raise Ended where no answer came, Unconfined where this machine cannot confine. Does not tell the function of
    `folder` (name it in `arguments`), and does not undo what was written there.
    """
    request = {"target": target, "arguments": arguments}
    if file is None:
        return _call(request, file=None, limits=limits, folder=folder)
    with snapshot(file) as copy:
        return _call(request, file=copy, limits=limits, folder=folder)


def warm(module: str) -> None:
    """Start a child now, with `module` loaded, so that the first call need not wait."""
    POOL.warm(module)


def close() -> None:
    """End every child. Calls under way raise Ended; the pool is of no use afterwards."""
    POOL.close()


def _call(request: dict[str, Any], *, file: BinaryIO | None, limits: Limits, folder: Path | None) -> Any:
    if folder:
        return POOL.call_alone(request, file=file, limits=limits, folder=folder.resolve(strict=True))
    return POOL.call(request, file=file, limits=limits)


atexit.register(close)
