"""What a hostile file may talk its reader into, and how each of it ends."""

import os
import socket
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from lumbung.confine import Ended
from tests.confine.mischief import LIMITS, run

REFUSED = {
    "the network": "import socket; socket.create_connection(('127.0.0.1', {port}))",
    "a socket of any kind": "import socket; socket.socketpair()",
    "a new process": "import os; os.fork()",
    "a new process by clone": "import ctypes, os; r = ctypes.CDLL(None, use_errno=True).syscall(56, 17, 0, 0, 0, 0)\n"
    "if r < 0: raise PermissionError\nif r == 0: os._exit(0)",
    "a fork bomb": "import os\nwhile True: os.fork()",
    "another program": "import subprocess; subprocess.run(['true'])",
    "another program in its own place": "import os; os.execv('/bin/true', ['true'])",
    "a signal to the parent": "import os; os.kill(os.getppid(), 9)",
    "a debugger": "import ctypes\nif ctypes.CDLL(None).ptrace(16, 1, 0, 0) < 0: raise PermissionError",
    "a file to write": "open('/tmp/lumbung-mischief', 'w')",
    "a file to write, by creat": "import os; os.open({home!r}, os.O_CREAT | os.O_RDWR)",
    "a file to remove": "import os; os.unlink({home!r})",
    "a folder to make": "import os; os.mkdir({home!r} + '.folder')",
    "memory the watch does not see": "import os; os.memfd_create('x')",
    "another root": "import os; os.chroot('/')",
}  # fmt: skip


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
def test_is_refused(statement: str, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("stays")
    with socket.create_server(("127.0.0.1", 0)) as server:
        with pytest.raises(Ended) as ended:
            run(statement.format(port=server.getsockname()[1], home=str(precious)))
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()
    assert (ended.value.why, ended.value.error) == ("crash", "PermissionError")
    assert precious.read_text() == "stays"
    assert [path.name for path in tmp_path.iterdir()] == ["precious"]
    assert run("pass") >= 0


def test_lifting_a_limit_is_refused() -> None:
    with pytest.raises(Ended) as ended:
        run("import resource; resource.setrlimit(resource.RLIMIT_DATA, (2**40, 2**40))")
    assert ended.value.error == "ValueError"  # Python's word for EPERM here


@pytest.mark.parametrize("name", ["/etc/passwd", "/proc/1/environ", "{outside}"])
def test_a_file_that_was_not_handed_over(name: str, tmp_path: Path) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_text("rahasia")
    with pytest.raises(Ended) as ended:
        run(f"open({name.format(outside=outside)!r}).read()")
    assert ended.value.error == "PermissionError"


DEATHS = {
    "os._exit": ("import os; os._exit(0)", "crash"),
    "a segmentation fault": ("import ctypes; ctypes.string_at(0)", "crash"),
    "an abort": ("import os; os.abort()", "crash"),
    "SystemExit": ("raise SystemExit", "crash"),
    "KeyboardInterrupt": ("raise KeyboardInterrupt", "crash"),
    "a BaseException": ("class Panic(BaseException): pass\nraise Panic('a value from the file')", "crash"),
    "endless recursion": ("def again(): again()\nagain()", "crash"),
    "an endless loop": ("while True: pass", "time"),
    "one great bite of memory": ("bytearray(10**11)", "memory"),
    "memory bite by bite": ("bites = []\nwhile True: bites.append(bytearray(10**6))", "memory"),
    "memory out of Python's sight": (
        "import polars as pl\nbites = []\nwhile True: bites.append(pl.zeros(10**5, eager=True) + 1)",
        "memory",
    ),
}


@pytest.mark.parametrize(("statement", "why"), DEATHS.values(), ids=DEATHS.keys())
def test_ends_with_a_word_and_the_pool_serves_the_next(statement: str, why: str) -> None:
    with pytest.raises(Ended) as ended:
        run(statement)
    assert ended.value.why == why
    assert "value" not in repr(ended.value) + str(ended.value) + ended.value.error
    assert run("pass") >= 0


def test_a_library_that_is_refused_a_great_bite() -> None:
    """It aborts before it has used anything, and then nobody knows why: it may be called either."""
    with pytest.raises(Ended) as ended:
        run("import polars as pl\npl.select(pl.int_range(0, 10**9)).to_series().cast(pl.String)")
    assert ended.value.why in ("memory", "crash")
    assert run("pass") >= 0


def test_sleeping_beyond_the_wall() -> None:
    with pytest.raises(Ended) as ended:
        run("import time; time.sleep(600)", limits=replace(LIMITS, wall_seconds=0.3))
    assert ended.value.why == "time"


def test_a_huge_file_in_its_own_folder(tmp_path: Path) -> None:
    with pytest.raises(Ended) as ended:
        run(f"open('{tmp_path}/huge', 'wb').write(bytes(2_000_000))", folder=tmp_path)
    assert ended.value.error == "OSError"
    assert (tmp_path / "huge").stat().st_size <= LIMITS.written_bytes


def test_a_folder_is_for_itself_only(tmp_path: Path) -> None:
    mine, other = tmp_path / "mine", tmp_path / "other"
    mine.mkdir(), other.mkdir()
    run(f"open('{mine}/table.csv', 'w').write('a,b')", folder=mine)
    assert (mine / "table.csv").read_text() == "a,b"
    with pytest.raises(Ended):
        run(f"open('{other}/table.csv', 'w')", folder=mine)
    with pytest.raises(Ended):
        run(f"open('{mine}/later.csv', 'w')")
    assert not list(other.iterdir())


HELD_OPEN = """
import os
names = []
for number in os.listdir('/proc/self/fd'):
    try:
        names.append(os.readlink('/proc/self/fd/' + number))
    except FileNotFoundError:
        pass  # the listing's own
# A reader that has run before may keep its thread pool's wake-up calls: they lead to no file and no other process.
ours = [name for name in names if name != '/dev/null' and not name.startswith('anon_inode:[event')]
assert len(ours) == 1 and ours[0].startswith('socket:'), ours
"""


@pytest.mark.parametrize("read_before", ["pass", "import polars; polars.read_csv(b'a,b')"])
def test_a_child_holds_nothing_open_but_its_channel(read_before: str) -> None:
    run(read_before + HELD_OPEN)


def test_a_child_has_no_environment_of_ours() -> None:
    os.environ["LUMBUNG_SECRET"] = "rahasia"
    run("import os\nassert 'LUMBUNG_SECRET' not in os.environ")
    del os.environ["LUMBUNG_SECRET"]


def test_many_threads_many_ends() -> None:
    ends: list[str] = []

    def one(number: int) -> None:
        try:
            run("import os; os._exit(1)" if number % 3 == 0 else "sum(range(1000))")
        except Ended as ended:
            ends.append(ended.why)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(18)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ends == ["crash"] * 6


SPEAKS_LATER = """
import os, threading
def is_socket(name):
    try: return "socket" in os.readlink("/proc/self/fd/" + name)
    except OSError: return False
channel = max(int(name) for name in os.listdir("/proc/self/fd") if is_socket(name))
threading.Timer(0.3, os.write, (channel, {forged!r})).start()
"""


def test_an_answer_before_the_question_is_not_taken_for_one() -> None:
    forged = b'{"value": 123456.0}'
    run(SPEAKS_LATER.format(forged=len(forged).to_bytes(4, "big") + forged))
    time.sleep(1)
    assert all(run("pass") < 60 for _ in range(3))
