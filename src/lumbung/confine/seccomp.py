"""A filter on system calls, given to the kernel: no network, no new process, no other process, no lifting of limits.

Source: Documentation/userspace-api/seccomp_filter.rst and linux/filter.h of the kernel. The program is classic BPF,
built here so that no compiled helper is needed. What it refuses fails with EPERM and the child goes on, except a
call by a foreign calling convention (32-bit on x86_64), which kills it.
"""

import ctypes
import os
import platform
import struct

from lumbung.confine import syscalls
from lumbung.confine.limits import Unconfined

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _EPERM, _ENOSYS = 0x7FFF0000, 0x80000000, 0x00050001, 0x00050026
_NUMBER, _ARCHITECTURE = 0, 4  # offsets in struct seccomp_data
_CLONE_THREAD = 0x00010000
_OPENED_TO_CHANGE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_X32 = 0x40000000  # the x32 calling convention of x86_64, under which every number has a twin
_PR_SET_SECCOMP, _MODE_FILTER = 22, 2

Step = tuple[int, int, int, int]  # code, jump if true, jump if false, constant


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def install(*, may_write: bool) -> None:
    """Bind this process to the filter, for good. Raise Unconfined where the kernel does not take it."""
    steps = program(machine=platform.machine(), process=os.getpid(), may_write=may_write)
    packed = b"".join(struct.pack("HBBI", *step) for step in steps)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(_Program(len(steps), packed)), 0, 0) != 0:
        raise Unconfined("Kernel mesin ini tidak menerima saringan seccomp; tidak ada berkas yang diperiksa.")


def program(*, machine: str, process: int, may_write: bool) -> list[Step]:
    """The filter as steps for `machine` ("x86_64" or "aarch64"). Raise Unconfined for another processor."""
    if machine not in syscalls.AUDIT_ARCH:
        raise Unconfined("Jenis prosesor mesin ini belum dikenal; tidak ada berkas yang diperiksa.")
    refused = syscalls.REFUSED if may_write else syscalls.REFUSED | syscalls.CHANGES
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, syscalls.AUDIT_ARCH[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    if machine == "x86_64":
        steps += [(_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _EPERM)]
    for number in syscalls.numbers(refused, machine=machine).values():
        steps += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _EPERM)]
    for name, number in syscalls.numbers(syscalls.ANSWERED_BY_ARGUMENTS, machine=machine).items():
        body = _by_arguments(name, process=process, may_write=may_write)
        steps += [(_EQUAL, 0, len(body), number), *body]
    return [*steps, (_RETURN, 0, 0, _ALLOW)]


def _by_arguments(name: str, *, process: int, may_write: bool) -> list[Step]:
    """Steps that answer one call by looking at what it asks for; each ends in a return."""
    match name:
        case "clone":  # a thread, never a process
            return _allow_if(_ANY_BIT, 0, _CLONE_THREAD)
        case "clone3" | "openat2":  # their flags lie in memory, out of the filter's sight; libc falls back
            return [(_RETURN, 0, 0, _ENOSYS)]
        case "kill" | "tgkill":  # abort() signals itself
            return _allow_if(_EQUAL, 0, process)
        case "prlimit64":  # asking is allowed: the pointer to a new limit is null in both halves
            return [
                (_LOAD, 0, 0, _argument(2) + 4),
                (_EQUAL, 1, 0, 0),
                (_RETURN, 0, 0, _EPERM),
                *_allow_if(_EQUAL, 2, 0),
            ]
        case _:  # open and openat
            return _open(1 if name == "open" else 2, may_write=may_write)


def _open(position: int, *, may_write: bool) -> list[Step]:
    """Opening for reading only, unless a folder was given; landlock then says which."""
    if may_write:
        return [(_RETURN, 0, 0, _ALLOW)]
    return [
        (_LOAD, 0, 0, _argument(position)),
        (_ANY_BIT, 0, 1, _OPENED_TO_CHANGE),
        (_RETURN, 0, 0, _EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]


def _allow_if(comparison: int, position: int, constant: int) -> list[Step]:
    return [
        (_LOAD, 0, 0, _argument(position)),
        (comparison, 1, 0, constant),
        (_RETURN, 0, 0, _EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]


def _argument(position: int) -> int:
    """Offset of the low half of a call's argument; both processors are little-endian."""
    return 16 + 8 * position
