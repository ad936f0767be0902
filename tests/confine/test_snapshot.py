"""The bytes that are hashed are the bytes that are inspected."""

import hashlib
import io
import os
from pathlib import Path

import pytest

from lumbung.confine import hashed_snapshot, open_file, snapshot


def test_a_file_changed_afterwards_is_not_seen(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(b"before")
    with open_file(path) as file, snapshot(file) as copy:
        path.write_bytes(b"after!")
        assert copy.read() == b"before"


def test_a_large_file_is_copied_to_its_last_byte(tmp_path: Path) -> None:
    content = os.urandom(2**20) * 33 + b"end"
    path = tmp_path / "data.csv"
    path.write_bytes(content)
    with open_file(path) as file, snapshot(file) as copy:
        assert copy.read() == content


def test_a_copy_cannot_be_written(tmp_path: Path) -> None:
    with snapshot(io.BytesIO(b"abc")) as copy:
        assert copy.read() == b"abc"
        writable = os.open(f"/proc/self/fd/{copy.fileno()}", os.O_RDWR)
        with pytest.raises(PermissionError):
            os.write(writable, b"x")
        os.close(writable)


def test_a_file_in_memory_is_not_copied_and_starts_at_its_beginning() -> None:
    with os.fdopen(os.memfd_create("berkas"), "w+b") as file:
        file.write(b"abc")
        file.flush()
        with snapshot(file) as copy:
            assert copy.read() == b"abc"
            assert os.fstat(copy.fileno()).st_ino == os.fstat(file.fileno()).st_ino
            with pytest.raises(io.UnsupportedOperation):
                copy.write(b"x")


@pytest.mark.parametrize("kind", ["pipe", "folder", "nothing"])
def test_only_regular_files_open(kind: str, tmp_path: Path) -> None:
    path = tmp_path / kind
    if kind == "pipe":
        os.mkfifo(path)
    if kind == "folder":
        path.mkdir()
    with pytest.raises(OSError):
        open_file(path)


@pytest.mark.parametrize("size", [0, 1, 2**18, 2**24 + 1, 31 * 2**20 + 3])
@pytest.mark.parametrize("kind", ["file", "pieces", "memory"])
def test_the_digest_is_that_of_the_copy(kind: str, size: int, tmp_path: Path) -> None:
    content = os.urandom(1024) * (size // 1024) + b"x" * (size % 1024)
    path = tmp_path / "data.csv"
    path.write_bytes(content)
    with path.open("rb") as on_disk, os.fdopen(os.memfd_create("berkas"), "w+b") as in_memory:
        in_memory.write(content)
        in_memory.flush()
        copy, digest = hashed_snapshot({"file": on_disk, "pieces": io.BytesIO(content), "memory": in_memory}[kind])
        path.write_bytes(b"changed")
        with copy:
            assert copy.read() == content
        assert digest() == hashlib.sha256(content).hexdigest()
