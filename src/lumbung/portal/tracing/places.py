"""Where tracing keeps its files: the folder `tracing` in LUMBUNG_HOME. Nothing in it can be read without a key.

`indexes` holds the fingerprints, `samples` what waits for an answer (sealed), `lists` what is sealed to an officer,
`checks` the filters and the key of each check for residents, `work` what a confined child writes for a moment.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


def place(name: str) -> Path:
    """One of the folders, made where it is missing, for this portal's eyes alone."""
    folder = Path(settings.LUMBUNG_HOME) / "tracing" / name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@contextmanager
def for_a_child() -> Iterator[Path]:
    """An empty folder that a confined child may write to; gone in the end whatever happens."""
    with tempfile.TemporaryDirectory(dir=place("work"), ignore_cleanup_errors=True) as folder:
        yield Path(folder).resolve()
