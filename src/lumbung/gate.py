"""The only door: a file goes in, an Inspection comes out; nothing else opens a stranger's file.

The whole inspection runs in a confined child. What comes back is checked and scrubbed here, because the child has
just read what a stranger wrote. Doubt is not yes: a file that is not wholly read is held.
"""

import io
import time
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from lumbung import confine
from lumbung import judge as room
from lumbung.detect import detect
from lumbung.judge import (
    Inspection,
    NotTheInspectedFile,
    Reason,
    Rule,
    Sentence,
    Verdict,
    contents,
    countable,
    covered,
    mending,
    policy,
    rule_for,
    scrub,
    sentence,
    where,
)
from lumbung.judge import version as rules_version
from lumbung.read import Unreadable, read

__all__ = [
    "Inspection", "NotTheInspectedFile", "Reason", "Rule", "Sentence", "Verdict",
    "contents", "countable", "covered", "inspect", "largest_bytes", "limits", "mending", "not_opened", "rule_for",
    "rules", "rules_version", "scrub", "sentence", "warm", "where",
]  # fmt: skip


def inspect(path: Path | str | BinaryIO, *, name: str | None = None, evidence: bool = False) -> Inspection:
    """The gate's answer about one file, given as a path or as an open, seekable file.

    What cannot be opened, read or finished within the limits is held, never an exception; `sha256` is "" where no
    byte was read. `name` is the uploader's; `evidence` asks for masked samples, for a reviewer's screen only.
    Raise confine.Unconfined where this machine cannot confine. Does not keep or change the file.
    """
    began = time.monotonic()
    try:
        if isinstance(path, Path | str):
            with confine.open_file(Path(path)) as file:
                inspection = _inspect_open(file, name=name or Path(path).name, evidence=evidence)
        else:
            inspection = _inspect_open(path, name=name or "", evidence=evidence)
    except (OSError, ValueError):  # ValueError: a path with a NUL, or a file that was closed
        inspection = not_opened()
    return replace(inspection, seconds=round(time.monotonic() - began, 3))


def not_opened() -> Inspection:
    """The answer about what is there and may not be opened, such as a link out of the folder that was named."""
    return room.held("unreadable", why="not-opened")


def limits(*, written_bytes: int = 0) -> confine.Limits:
    """What the policy grants a confined child for one file; it may write files of so many bytes."""
    granted = policy().inspection
    return confine.Limits(
        memory_bytes=granted.memory_megabytes * 2**20,
        cpu_seconds=granted.cpu_seconds,
        wall_seconds=granted.wall_seconds,
        written_bytes=written_bytes,
    )


def largest_bytes() -> int:
    """Larger files are held without being opened."""
    return policy().inspection.largest_megabytes * 2**20


def warm() -> None:
    """Start the children now, so that the first file need not wait for them."""
    confine.warm("lumbung.gate")


def rules() -> tuple[Rule, ...]:
    """Every rule, for the public page."""
    return room.RULES


def _inspect_open(file: BinaryIO, *, name: str, evidence: bool) -> Inspection:
    size = file.seek(0, io.SEEK_END)
    if size > largest_bytes():
        return room.held("too-large", size=size)
    arguments = {"name": name.encode(errors="replace").decode(), "evidence": evidence}
    copy, digest = confine.hashed_snapshot(file)
    with copy:
        try:
            answer = confine.call("lumbung.gate:answer", file=copy, arguments=arguments, limits=limits())
            return room.checked(answer, sha256=digest(), evidence=evidence)
        except (confine.Ended, ValueError) as silent:
            why = silent.why if isinstance(silent, confine.Ended) else "crash"
            return room.held("unreadable", why=why, sha256=digest(), size=size)


def answer(*, file: BinaryIO, name: str, evidence: bool) -> dict[str, Any]:
    """Read, detect and judge, inside the child. Not for callers: `inspect` confines it and checks what it says.

    Names no digest: whoever holds the bytes reckons it, and need not believe one who has read what a stranger wrote.
    """
    try:
        document = read(file, name=name, limits=policy().reading, hashed=False)
    except Unreadable as unreadable:
        size = file.seek(0, io.SEEK_END)
        return room.held(unreadable.code, why=unreadable.code, size=size).as_dict()
    return room.inspected(document, detect(document, evidence=evidence)).as_dict()
