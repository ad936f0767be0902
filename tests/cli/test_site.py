"""`lumbung serve` and `lumbung manage`: all comes up by one command, which says what hinders it and leaves nobody."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

COMMAND = [sys.executable, "-m", "lumbung.cli"]
LONG = 90.0  # seconds: a busy machine starts five processes


def environment(home: Path) -> dict[str, str]:
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("LUMBUNG_", "DATABASE_", "DJANGO_"))
    }
    return {**kept, "LUMBUNG_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUNBUFFERED": "1"}


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *words], env=environment(home), capture_output=True, text=True, timeout=LONG)


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.read() == b"ok\n")
    except (urllib.error.URLError, OSError):
        return False


def children(process: psutil.Process, word: str) -> list[psutil.Process]:
    return [child for child in process.children() if word in command_of(child)]


def command_of(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:  # it ended while we looked
        return []


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[psutil.Popen, int, Path]]:
    home, port = tmp_path_factory.mktemp("home"), free_port()
    with (home / "said.txt").open("wb") as said:
        process = psutil.Popen(
            [*COMMAND, "serve", "--port", str(port)], env=environment(home), stdout=said, stderr=said
        )
        until(lambda: answers(port))
        yield process, port, home
        if process.is_running():
            process.send_signal(signal.SIGINT)
        process.wait(timeout=LONG)


def test_all_are_there(served: tuple[psutil.Popen, int, Path]) -> None:
    process, port, home = served
    until(lambda: len(children(process, "work")) == 2 and len(children(process, "keep_house")) == 1)
    assert f"http://127.0.0.1:{port}" in (home / "said.txt").read_text()
    for door in (port, port + 2):  # the counter, at the portal's address and at its own
        with urllib.request.urlopen(f"http://127.0.0.1:{door}/layanan/kirim/", timeout=LONG) as counter:
            assert json.load(counter)["open"]
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/masuk") as page:
        assert "Masuk" in page.read().decode()


def test_the_keys_are_for_the_owner_alone(served: tuple[psutil.Popen, int, Path]) -> None:
    keys = served[2] / "keys.json"
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    assert set(json.loads(keys.read_text())) == {"audit", "django", "master", "trace"}
    secret = json.loads(keys.read_text())["master"].encode()
    assert not [path for path in served[2].glob("lumbung.db*") if secret in path.read_bytes()]


@pytest.mark.parametrize("word", ["work", "keep_house", "gunicorn"])
def test_a_killed_process_is_started_again(word: str, served: tuple[psutil.Popen, int, Path]) -> None:
    process, port, _ = served
    before = {child.pid for child in children(process, word)}
    for child in children(process, word):
        child.kill()
    until(lambda: {child.pid for child in children(process, word)}.isdisjoint(before | {0}))
    until(lambda: len(children(process, word)) == len(before))
    until(lambda: answers(port))


def test_a_port_in_use_is_named(served: tuple[psutil.Popen, int, Path], tmp_path: Path) -> None:
    ended = run(tmp_path, "serve", "--port", str(served[1]))
    assert ended.returncode == 1
    assert f"Pintu {served[1]} sudah dipakai" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_port_is_ours_while_the_web_server_is_away(served: tuple[psutil.Popen, int, Path], tmp_path: Path) -> None:
    process, port, _ = served
    family = [one for child in children(process, "gunicorn") for one in [child, *child.children()]]
    for one in family:
        one.kill()
    ended = run(tmp_path, "serve", "--port", str(port))
    assert (ended.returncode, "sudah dipakai" in ended.stderr) == (1, True)
    until(lambda: answers(port))


def test_ends_cleanly_and_leaves_nobody(served: tuple[psutil.Popen, int, Path]) -> None:
    process, port, home = served
    family = process.children(recursive=True)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=LONG) == 0
    until(lambda: not any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in family))
    assert not answers(port)
    said = (home / "said.txt").read_text()
    assert "Lumbung berhenti" in said
    assert "Traceback" not in said


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    ended = run(tmp_path / "file" / "var", "serve", "--port", str(free_port()))
    assert ended.returncode == 1
    assert "tidak dapat ditulisi" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_lost_keys_are_not_made_anew(tmp_path: Path) -> None:
    assert run(tmp_path, "manage", "check").returncode == 0
    (tmp_path / "keys.json").unlink()
    (tmp_path / "submissions" / "ab").mkdir(parents=True)
    (tmp_path / "submissions" / "ab" / "file").write_bytes(b"sealed")
    ended = run(tmp_path, "manage", "check")
    assert ended.returncode == 1
    assert "cadangan" in ended.stderr
    assert not (tmp_path / "keys.json").exists()


def test_manage_passes_to_django(tmp_path: Path) -> None:
    ended = run(tmp_path, "manage", "makemigrations", "--check", "--dry-run")
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_the_settings_pass_djangos_own_check(tmp_path: Path) -> None:
    home = environment(tmp_path)
    command = [*COMMAND, "manage", "check", "--deploy", "--fail-level", "ERROR"]
    ended = subprocess.run(
        command, env={**home, "LUMBUNG_URL": "https://data.contoh.test"}, capture_output=True, text=True
    )
    assert ended.returncode == 0, ended.stderr
