"""Children come and go with their parent: none is left behind, none is shared after a fork."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from lumbung import confine
from lumbung.confine.pool import Pool
from lumbung.confine.worker import Worker
from tests.confine.mischief import LIMITS, run

IDLE = {"target": "timeit:timeit", "arguments": {"number": 1}}
CALL = (
    "from lumbung import confine; L = confine.Limits(memory_bytes=4 * 10**8, cpu_seconds=9, wall_seconds=9)\n"
    "call = lambda: confine.call('timeit:timeit', arguments={'number': 1}, limits=L)\n"
)


def children_of(process: int) -> list[psutil.Process]:
    return psutil.Process(process).children()


def gone(process: psutil.Process) -> bool:
    """Whether it ends within the time that a machine under load may need."""
    try:
        process.wait(timeout=20)
    except psutil.TimeoutExpired:
        return False
    return True


def test_a_child_is_used_again() -> None:
    pool = Pool()
    pool.call(IDLE, file=None, limits=LIMITS)
    before = [worker.uses for worker in pool._workers]
    pool.call(IDLE, file=None, limits=LIMITS)
    assert [worker.uses for worker in pool._workers] == [before[0] + 1]
    pool.close()


def test_what_a_greater_call_left_behind_is_not_counted_against_the_next() -> None:
    pool, great = Pool(), replace(LIMITS, memory_bytes=4 * LIMITS.memory_bytes)
    grow = {"target": "timeit:timeit", "arguments": {"stmt": "import os; os.kept = b'x' * (450 << 20)", "number": 1}}
    pool.call(grow, file=None, limits=great)
    pool.call(IDLE, file=None, limits=LIMITS)
    assert [worker.uses for worker in pool._workers] == [1]
    pool.close()


def test_a_killed_idle_child_is_replaced() -> None:
    run("pass")
    for child in children_of(os.getpid()):
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert run("pass") >= 0


def test_closing_leaves_no_zombie() -> None:
    pool = Pool()
    pool.call(IDLE, file=None, limits=LIMITS)
    processes = [worker._process.pid for worker in pool._workers]
    pool.close()
    assert processes and not any(Path(f"/proc/{process}").exists() for process in processes)


def test_children_die_with_a_killed_parent() -> None:
    script = CALL + "call(); print('ready', flush=True); import time; time.sleep(600)"
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout and parent.stdout.readline() == "ready\n"
        children = children_of(parent.pid)
        parent.kill()
        assert children and all(gone(child) for child in children)


def test_a_forked_parent_begins_anew() -> None:
    script = CALL + (
        "import os, sys; call()\nif (child := os.fork()) == 0:\n    call(); confine.close(); os._exit(7)\n"
        "answer = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]); call(); sys.exit(answer)"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (7, "")


def test_the_thread_that_asked_first_may_end() -> None:
    script = CALL + (
        "import threading\nthread = threading.Thread(target=call); thread.start(); thread.join()\n"
        "first = {w._process.pid for w in confine.POOL._workers}\ncall()\n"
        "assert first == {w._process.pid for w in confine.POOL._workers}"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", script], check=True, timeout=60)


def test_closing_while_a_child_is_at_work() -> None:
    script = CALL + (
        "import threading\nends = []\ndef work():\n    try: confine.call('timeit:timeit', "
        "arguments={'stmt': 'import time; time.sleep(600)', 'number': 1}, limits=L)\n"
        "    except confine.Ended as ended: ends.append(ended.why)\n"
        "call(); thread = threading.Thread(target=work); thread.start()\n"
        "while not any(w.uses == 2 for w in list(confine.POOL._workers)): pass\n"
        "confine.close(); thread.join(); assert ends == ['crash'] or ends == ['memory'], ends"
    )
    began = time.monotonic()
    subprocess.run([sys.executable, "-W", "error", "-c", script], check=True, timeout=60)
    assert time.monotonic() - began < 9  # not the wall-clock limit, but the closing, ended it


def test_a_child_that_another_thread_has_ended() -> None:
    worker = Worker(["timeit"])
    worker.await_ready()
    worker.end()
    assert not worker.is_alive()
    with pytest.raises(confine.Ended):
        worker.call(IDLE, file=None, limits=LIMITS)
    with pytest.raises(confine.Ended):
        worker._answer(LIMITS)


def test_whoever_asks_while_another_closes_is_told_that_it_ended() -> None:
    for delay in (0.0, 0.1, 0.3, 0.35, 0.4, 0.6):
        pool, ends = Pool(), []
        threads = [threading.Thread(target=ask_until_it_ends, args=(pool, ends)) for _ in range(4)]
        for thread in threads:
            thread.start()
        time.sleep(delay)
        pool.close()
        for thread in threads:
            thread.join(timeout=20)
        assert [type(end) for end in ends] == [confine.Ended] * 4, delay
        assert not pool._workers and not any(thread.is_alive() for thread in threads)


def ask_until_it_ends(pool: Pool, ends: list[BaseException]) -> None:
    try:
        while True:
            pool.call(IDLE, file=None, limits=LIMITS)
    except Exception as end:  # noqa: BLE001 - whatever it is, the test compares it
        ends.append(end)


def test_the_package_says_what_it_offers() -> None:
    assert set(confine.__all__) <= set(dir(confine))
