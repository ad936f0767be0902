"""One measurement in a process of its own: `python -m bench.one WHAT PATH`; prints time and peak memory as JSON."""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

UNREAD = "not wholly read"
_CLOCK = 0.01  # the kernel counts CPU time in hundredths of a second


def main(what: str, path: str) -> None:
    """Measure one thing once. What is loaded beforehand is loaded outside the clock, as in a running service."""
    work, end = {"gate": _gate, "polars": _polars, "fastexcel": _fastexcel, "cold": _cold}[what](Path(path))
    began, used = time.perf_counter(), cpu_seconds()
    result = work()
    seconds, cpu = time.perf_counter() - began, cpu_seconds() - used
    end()
    print(json.dumps({"seconds": seconds, "cpu": max(cpu, _CLOCK), "bytes": _peak(), "result": result}))


def cpu_seconds() -> float:
    """CPU seconds of this process and its living children, for a machine on which others work too."""
    me = psutil.Process()
    times = [process.cpu_times() for process in (me, *me.children())]
    return sum(one.user + one.system for one in times)


def _peak() -> int:
    """Peak memory of this process and of the child that it waited for, together."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(one).ru_maxrss for one in who) * 1024


Prepared = tuple[Callable[[], str], Callable[[], None]]


def _gate(path: Path) -> Prepared:
    work, end = _cold(path)
    _cold(path.with_name("small.csv"))[0]()  # the child is warm, as it is for every file but the first
    return work, end


def _cold(path: Path) -> Prepared:
    from lumbung import confine
    from lumbung.gate import inspect

    def ask() -> str:
        codes = {reason.code for reason in inspect(path).reasons}
        return UNREAD if codes & {"unreadable", "not-fully-read", "unknown-format"} else " ".join(sorted(codes))

    return ask, confine.close


def _polars(path: Path) -> Prepared:
    import polars as pl

    return lambda: str(pl.read_csv(path, infer_schema=False).shape), lambda: None


def _fastexcel(path: Path) -> Prepared:
    import fastexcel
    import polars as pl

    def read() -> str:
        sheet = fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string")
        return str(pl.DataFrame(sheet).shape)

    return read, lambda: None


if __name__ == "__main__":
    main(*sys.argv[1:])
