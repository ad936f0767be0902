"""Which files a command was asked about: those named, and all that lie in the folders named."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to inspect. `may_open` is False for a link out of the folder that was named, or to nothing.

    `piped` says that it comes by standard input, and `path` is only what it is called.
    """

    path: Path
    may_open: bool
    piped: bool = False


def entries(paths: Iterable[Path]) -> Iterator[Entry]:
    """Everything that is not a folder, hidden files too, in order of name within each folder.

    A pipe or a folder that cannot be listed is given too: whoever opens it finds that it cannot be inspected. Links
    to folders inside are left out, since what they lead to is given anyway; links named by the caller are followed.
    """
    for path in paths:
        if path.is_dir():
            yield from _inside(path)
        else:
            yield Entry(path, may_open=True)


def _inside(root: Path) -> Iterator[Entry]:
    unlisted: list[OSError] = []
    for folder, folders, others in os.walk(root, onerror=unlisted.append):
        folders.sort()
        links = [name for name in folders if not _stays_in(root, Path(folder, name))]
        for name in sorted([*others, *links]):
            path = Path(folder, name)
            yield Entry(path, may_open=_stays_in(root, path))
    yield from (Entry(Path(error.filename), may_open=False) for error in unlisted)


def _stays_in(root: Path, path: Path) -> bool:
    if not path.is_symlink():
        return True
    try:
        return path.resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # it leads to nothing, or in a circle
        return False
