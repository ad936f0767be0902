"""A large file read where it lies, without a copy, and yet by nobody changed meanwhile: a read lease.

Source: fcntl(2), "Leases". Whoever would open the file for writing, or cut it short, waits until the lease is given
up, for at most /proc/sys/fs/lease-break-time (45 seconds); no lease is given for a file that is open for writing.
"""

import fcntl
import os
import signal
from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Lease:
    """A file in a descriptor of its own; closing it gives up the lease."""

    file: BinaryIO
    state: tuple[int, ...]

    def check(self) -> None:
        """Raise OSError where somebody waited so long that he was let in, and changed the file."""
        if not is_leased(self.file.fileno()) and _state(self.file.fileno()) != self.state:
            raise OSError("the file was changed while it was read")


def lease(descriptor: int) -> Lease | None:
    """A lease of an open file; None where none is to be had, as on another kind of file system."""
    file = open(f"/proc/self/fd/{descriptor}", "rb")  # noqa: PTH123, SIM115 - whoever asked for it closes it
    try:
        fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)  # which does nothing; the usual SIGIO ends a process
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError:
        file.close()
        return None
    return Lease(file, _state(file.fileno()))


def is_leased(descriptor: int) -> bool:
    """Whether this very descriptor holds a lease that nobody waits for."""
    try:
        return fcntl.fcntl(descriptor, fcntl.F_GETLEASE) == fcntl.F_RDLCK
    except OSError:
        return False


def _state(descriptor: int) -> tuple[int, ...]:
    told = os.fstat(descriptor)
    return told.st_size, told.st_mtime_ns, told.st_ctime_ns
