"""What a confined call may use, and how it ends when it wants more."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of one call: bytes, seconds, and bytes of each file written (0: nothing may be written)."""

    memory_bytes: int
    cpu_seconds: int
    wall_seconds: float
    written_bytes: int = 0


class Ended(Exception):
    """A confined call that gave no answer.

    `why` is "time", "memory" or "crash". `error` is the class name of what the function raised, if it raised; the
    exception's text stays in the child, because it may hold a value from the file.
    """

    def __init__(self, why: str, *, error: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.error = error


class Unconfined(RuntimeError):
    """This machine cannot shut the child in, so nothing is inspected at all."""
