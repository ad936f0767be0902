"""A folder for a child's work, beside where its result shall stand, so that moving it there is one step."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn


@contextmanager
def folder_beside(out: Path, *, refuse: Callable[[], NoReturn]) -> Iterator[Path]:
    """The folder, gone in the end whatever happens. `refuse` ends the command where nothing can be written there."""
    try:
        work = Path(tempfile.mkdtemp(prefix=".lumbung-", dir=out.absolute().parent))
    except OSError:
        refuse()
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
