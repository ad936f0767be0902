"""The filter as a program, run here on paper for both processors."""

import pytest

from lumbung.confine import seccomp, syscalls
from lumbung.confine.limits import Unconfined

ALLOW, EPERM, ENOSYS, KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
MACHINES = list(syscalls.AUDIT_ARCH)


def answer(steps: list[seccomp.Step], *, number: int, architecture: int, arguments: tuple[int, ...] = ()) -> int:
    """What the program says to one call: an interpreter of the five instructions that it uses."""
    data = {0: number, 4: architecture}
    for position in range(6):
        value = arguments[position] if position < len(arguments) else 0
        data[16 + 8 * position], data[20 + 8 * position] = value & 0xFFFFFFFF, value >> 32
    at = register = 0
    while True:
        code, yes, no, constant = steps[at]
        if code == 0x06:
            return constant
        if code == 0x20:
            register = data[constant]
        else:
            tests = {0x15: register == constant, 0x35: register >= constant, 0x45: bool(register & constant)}
            at += yes if tests[code] else no
        at += 1


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("may_write", [True, False])
def test_every_jump_lands_and_every_refused_call_is_refused(machine: str, may_write: bool) -> None:
    steps = seccomp.program(machine=machine, process=77, may_write=may_write)
    architecture = syscalls.AUDIT_ARCH[machine]
    for name, number in syscalls.numbers(syscalls.REFUSED, machine=machine).items():
        assert answer(steps, number=number, architecture=architecture) == EPERM, name
    for name, number in syscalls.numbers(syscalls.CHANGES, machine=machine).items():
        assert answer(steps, number=number, architecture=architecture) == (ALLOW if may_write else EPERM), name


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("clone", (0x00010000 | 0x100,), ALLOW),  # a thread
        ("clone", (17,), EPERM),  # a process
        ("clone3", (), ENOSYS),
        ("openat2", (), ENOSYS),
        ("openat", (0, 0, 0o0), ALLOW),  # for reading
        ("openat", (0, 0, 0o1), EPERM),  # for writing
        ("openat", (0, 0, 0o100), EPERM),  # for creating
        ("tgkill", (77, 1, 6), ALLOW),  # abort()
        ("tgkill", (78, 1, 6), EPERM),
        ("kill", (2**32 - 1, 9), EPERM),  # -1: everybody
        ("prlimit64", (0, 7, 0, 4096), ALLOW),  # asking
        ("prlimit64", (0, 7, 4096, 0), EPERM),  # setting
        ("prlimit64", (0, 7, 1 << 32, 0), EPERM),  # setting, the pointer's low half being null
    ],
)
def test_answers_by_arguments(machine: str, name: str, arguments: tuple[int, ...], expected: int) -> None:
    steps = seccomp.program(machine=machine, process=77, may_write=False)
    number = syscalls.numbers(syscalls.ANSWERED_BY_ARGUMENTS, machine=machine)[name]
    assert answer(steps, number=number, architecture=syscalls.AUDIT_ARCH[machine], arguments=arguments) == expected


def test_another_calling_convention_kills() -> None:
    steps = seccomp.program(machine="x86_64", process=77, may_write=False)
    assert answer(steps, number=102, architecture=0x40000003) == KILL  # socketcall of 32-bit x86
    assert answer(steps, number=0x40000000 + 41, architecture=syscalls.AUDIT_ARCH["x86_64"]) == EPERM  # x32's socket


def test_an_unknown_processor_is_refused() -> None:
    with pytest.raises(Unconfined):
        seccomp.program(machine="riscv64", process=77, may_write=False)
