"""Which files a confined child may open: Python's own libraries for reading, one given folder for writing.

Source: Documentation/userspace-api/landlock.rst of the kernel (5.13 and later; networks from 6.7, signals from 6.12).
"""

import ctypes
import os
import struct
import sys
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the same numbers on every processor
_VERSION, _PATH_BENEATH = 1, 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _TRUNCATE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14
_READ = _READ_FILE | _READ_DIR
_SYSTEM = (
    "/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/proc/self", "/proc/cpuinfo", "/proc/meminfo",
    "/sys/devices/system/cpu", "/sys/fs/cgroup", "/dev/urandom", "/dev/null",
)  # fmt: skip


def restrict(*, folder: Path | None) -> bool:
    """Restrict this thread and all it starts, for good; so call it before there are others.

    False where the kernel has no landlock: the filter on system calls then still refuses network, processes and,
    without a `folder`, every change of a file; reading is then bounded by the file permissions alone.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE, None, 0, _VERSION)
    if version < 1:
        return False
    every = _all_rights(version)
    ruleset = _checked(libc.syscall(_CREATE, rules := _rules(version, every), len(rules), 0))
    for path in _readable():
        _allow(libc, ruleset, path, _READ)
    if folder:
        _allow(libc, ruleset, folder, every & ~_EXECUTE)
    _checked(libc.syscall(_RESTRICT, ruleset, 0))
    os.close(ruleset)
    return True


def _all_rights(version: int) -> int:
    """Every right on files that this version of landlock knows; what is named and not granted is refused."""
    bits = {1: 13, 2: 14, 3: 15, 4: 15}.get(version, 16)
    return (1 << bits) - 1


def _rules(version: int, every: int) -> bytes:
    """What the ruleset governs: files; TCP from version 4; abstract sockets and signals from version 6."""
    if version < 4:
        return struct.pack("=Q", every)
    return struct.pack("=QQ", every, 3) if version < 6 else struct.pack("=QQQ", every, 3, 3)


def _readable() -> list[Path]:
    """The folders and files that the interpreter and its libraries lie in or look at."""
    named = {*_SYSTEM, *sys.path, sys.prefix, sys.base_prefix, sys.exec_prefix}
    return [path for name in sorted(named) if (path := Path(name)).is_absolute() and path.exists()]


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    if not path.is_dir():
        rights &= _READ_FILE | _WRITE_FILE | _TRUNCATE
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        _checked(libc.syscall(_ADD, ruleset, _PATH_BENEATH, struct.pack("=Qi", rights, descriptor), 0))
    finally:
        os.close(descriptor)


def _checked(answer: int) -> int:
    if answer < 0:
        raise OSError(ctypes.get_errno(), "landlock")
    return answer
