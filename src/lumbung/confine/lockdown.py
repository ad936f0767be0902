"""Shutting the child in, before it has loaded any reader: what it cannot do afterwards it cannot be talked into."""

import ctypes
import os
import resource
import signal
import socket
import struct
from pathlib import Path

from lumbung.confine import landlock, seccomp
from lumbung.confine.limits import Unconfined

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_CAPABILITIES_VERSION_3 = 0x20080522
_OPEN_FILES = 128


def shut(*, parent: int, folder: Path | None) -> None:
    """Shut this process in, for good. Raise Unconfined where that cannot be done or proven."""
    libc = ctypes.CDLL(None, use_errno=True)
    _die_with(parent, libc)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold the file
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    # No RLIMIT_NPROC: it counts the user's processes on the whole machine; the filter refuses new ones instead.
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise Unconfined("Kernel mesin ini tidak mengenal no_new_privs; tidak ada berkas yang diperiksa.")
    landlock.restrict(folder=folder)
    _drop_capabilities(libc)
    seccomp.install(may_write=folder is not None)
    _prove()


def _die_with(parent: int, libc: ctypes.CDLL) -> None:
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the line above
        os._exit(1)


def _drop_capabilities(libc: ctypes.CDLL) -> None:
    """Under root too, the child has no privilege beyond its user's files."""
    header = struct.pack("=Ii", _CAPABILITIES_VERSION_3, 0)
    libc.capset(header, bytes(24))


def _prove() -> None:
    """The filter is believed only once it has refused something."""
    try:
        socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()
    except PermissionError:
        return
    raise Unconfined("Saringan seccomp terpasang tetapi tidak menolak; tidak ada berkas yang diperiksa.")
