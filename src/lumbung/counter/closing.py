"""Whether the counter takes new envelopes: the portal's people decide, and it holds while the portal is away.

One file, `closed`, with the sentence that applicants are told. What was begun may be finished all the same.
"""

import os
from pathlib import Path

from lumbung.counter.refusals import Refusal

LONGEST = 600  # letters of the sentence


def close(folder: Path, *, sentence: str) -> None:
    """Take no new envelopes from now on, in every process over this folder. Undone by `reopen`."""
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    passing = folder / f"closed.{os.getpid()}"
    passing.write_text(sentence[:LONGEST], encoding="utf-8")
    passing.replace(folder / "closed")


def reopen(folder: Path) -> None:
    """Take new ones again. Does nothing where it was open."""
    (folder / "closed").unlink(missing_ok=True)


def check_open(folder: Path) -> None:
    """Raise Refusal with the sentence where it is closed."""
    try:
        sentence = (folder / "closed").read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    raise Refusal(403, "closed", sentence)
