"""Clients that ask a web server the same question again and again, side by side, each over one connection."""

import http.client
import threading
import time
from dataclasses import dataclass
from statistics import median, quantiles

import psutil


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Milliseconds until the last byte (p50, p99), whole answers in a second, bytes of one answer."""

    p50: float
    p99: float
    per_second: float
    size: int


def ask(port: int, path: str, *, clients: int, seconds: float, headers: dict[str, str] | None = None) -> Asked:
    """So many clients for so long, after one unmeasured question. Raise AssertionError for a status but 200."""
    taken: list[float] = []
    sizes = {_once(_connected(port), path, headers)[1]}
    until = time.perf_counter() + seconds
    threads = [threading.Thread(target=_go_on, args=(port, path, headers, until, taken)) for _ in range(clients)]
    began = time.perf_counter()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    passed = time.perf_counter() - began
    cuts = quantiles(taken, n=100) if len(taken) > 1 else [taken[0]] * 99
    return Asked(p50=cuts[49], p99=cuts[98], per_second=len(taken) / passed, size=max(sizes))


def in_turn(port: int, paths: list[str], *, times: int = 1_000) -> list[float]:
    """The median milliseconds of each address's answers, whatever their status, asked one after the other."""
    connection, taken = _connected(port), [[0.0] * times for _ in paths]
    for number in range(times):
        for path, mine in zip(paths, taken, strict=True):
            began = time.perf_counter()
            connection.request("GET", path)
            connection.getresponse().read()
            mine[number] = 1000 * (time.perf_counter() - began)
    return [median(mine) for mine in taken]


def resident(pid: int) -> float:
    """MiB of a process and all below it."""
    whole = psutil.Process(pid)
    return sum(one.memory_info().rss for one in [whole, *whole.children(recursive=True)]) / 2**20


def _go_on(port: int, path: str, headers: dict[str, str] | None, until: float, taken: list[float]) -> None:
    connection, asked = _connected(port), 0
    while asked == 0 or time.perf_counter() < until:
        taken.append(_once(connection, path, headers)[0])
        asked += 1
    connection.close()


def _connected(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=600)


def _once(connection: http.client.HTTPConnection, path: str, headers: dict[str, str] | None) -> tuple[float, int]:
    began = time.perf_counter()
    connection.request("GET", path, headers=headers or {})
    answer = connection.getresponse()
    size = len(answer.read())
    assert answer.status == 200, (answer.status, path)
    return 1000 * (time.perf_counter() - began), size
