"""A leased file stays as it is while it is read; who would write waits, and what cannot be leased is copied."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from lumbung.confine import hashed_snapshot, open_file, snapshot
from lumbung.confine.lease import Lease, is_leased, lease

CONTENT = b"berkas besar" * 3_000_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("besar") / "data.csv"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def leased(tmp_path: Path) -> Iterator[tuple[Path, Lease]]:
    path = tmp_path / "data.csv"
    path.write_bytes(b"before")
    with open_file(path) as file:
        held = lease(file.fileno())
    assert held is not None
    with held.file:
        yield path, held


def _write(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_NONBLOCK)


def test_a_large_file_is_not_copied_and_whoever_would_write_waits(large: Path) -> None:
    with open_file(large) as file:
        copy, digest = hashed_snapshot(file)
        with copy:
            assert os.fstat(copy.fileno()).st_ino == large.stat().st_ino
            with snapshot(copy) as handed_on:
                assert os.fstat(handed_on.fileno()).st_ino == large.stat().st_ino
                assert not is_leased(handed_on.fileno())
                assert handed_on.read() == CONTENT
            with pytest.raises(BlockingIOError):
                _write(large)
            assert digest() == hashlib.sha256(CONTENT).hexdigest()
    os.close(_write(large))


def test_a_large_file_that_is_being_written_is_copied(large: Path) -> None:
    with large.open("r+b"), open_file(large) as file:
        copy, digest = hashed_snapshot(file)
        with copy:
            assert os.fstat(copy.fileno()).st_ino != large.stat().st_ino
            assert digest() == hashlib.sha256(CONTENT).hexdigest()


def test_a_writer_who_waits_changes_nothing(leased: tuple[Path, Lease]) -> None:
    path, held = leased
    with pytest.raises(BlockingIOError):
        _write(path)
    assert not is_leased(held.file.fileno())
    held.check()


def test_a_change_under_a_lost_lease_is_noticed(leased: tuple[Path, Lease]) -> None:
    path, held = leased
    fcntl.fcntl(held.file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    held.check()
    path.write_bytes(b"after all")
    with pytest.raises(OSError, match="changed"):
        held.check()


def test_what_has_no_lease_is_not_leased() -> None:
    read, write = os.pipe()
    assert lease(read) is None
    assert not is_leased(read)
    os.close(read)
    os.close(write)
