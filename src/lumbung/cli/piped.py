"""What another command sends by standard input: `lumbung check -`."""

import io
import sys
from pathlib import Path
from typing import BinaryIO

SIGN = Path("-")  # a file of that name is "./-", as with other commands


def is_nothing() -> bool:
    """Whether nothing is sent: standard input is closed, or somebody's keyboard."""
    return sys.stdin is None or sys.stdin.closed or sys.stdin.isatty()


def content(*, longest: int) -> BinaryIO:
    """All that is sent, in memory; of what is longer, as much as shows it. Raise OSError where a folder is sent."""
    return io.BytesIO(sys.stdin.buffer.read(longest + 1))
