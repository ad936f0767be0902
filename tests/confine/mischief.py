"""Running any statement in a confined child, by a function of the standard library that takes one."""

from pathlib import Path

from lumbung import confine

LIMITS = confine.Limits(memory_bytes=400 * 2**20, cpu_seconds=2, wall_seconds=20, written_bytes=1_000_000)


def run(statement: str, *, limits: confine.Limits = LIMITS, folder: Path | None = None) -> float:
    """Seconds that the statement took in the child; confine.Ended where it gave no answer."""
    arguments = {"stmt": statement, "number": 1}
    seconds = confine.call("timeit:timeit", arguments=arguments, limits=limits, folder=folder)
    assert isinstance(seconds, float)
    return seconds
