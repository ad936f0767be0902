"""The making of a check's filters, in one confined child: from a file that was brought, or from the closed files."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from django.utils import timezone

from lumbung import confine
from lumbung.portal.catalogue.models import Distribution, Release
from lumbung.portal.catalogue.shelf import path_of
from lumbung.portal.incidents.extent import releases_of
from lumbung.portal.intake.seal import Tampered
from lumbung.portal.tracing import brought, checking
from lumbung.portal.tracing.catching_up import plainest
from lumbung.portal.tracing.models import ResidentCheck
from lumbung.portal.tracing.places import for_a_child

# Some milliseconds a person and kind: a regency of a million takes hours, once for an incident.
LIMITS = confine.Limits(memory_bytes=2 << 30, cpu_seconds=36_000, wall_seconds=72_000, written_bytes=1 << 30)
MOST_BYTES = 512 << 20  # of all files together: they lie in memory while the filters are made


class NoFilters(Exception):
    """No filters come of it. Carries the code of why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def work(check: ResidentCheck) -> None:
    """Make the filters, or write down why there are none."""
    try:
        with _opened(check) as (plain, sizes):
            _made(check, plain, sizes)
    except NoFilters as nothing:
        checking.fail(check, code=nothing.code)


def _made(check: ResidentCheck, plain: BinaryIO, sizes: list[int]) -> None:
    seed, today = checking.seed_of(check).hex(), timezone.localdate().isoformat()
    target = "lumbung.portal.tracing.filtering:filters"
    with for_a_child() as folder:
        given = {"sizes": sizes, "seed": seed, "at": today, "folder": str(folder)}
        try:
            said: dict[str, Any] = confine.call(target, file=plain, arguments=given, limits=LIMITS, folder=folder)
        except confine.Ended as ended:
            raise NoFilters(ended.why) from None
        if said["code"]:
            raise NoFilters(str(said["code"]))
        districts = {str(district): int(count) for district, count in said["districts"].items()}
        checking.ready(check, folder=folder, districts=districts, missing=int(said["missing"]))


@contextmanager
def _opened(check: ResidentCheck) -> Iterator[tuple[BinaryIO, list[int]]]:
    """The plain bytes of all files, one after the other, as one file in memory; and the size of each."""
    descriptor = os.memfd_create("check", os.MFD_CLOEXEC)
    with os.fdopen(descriptor, "w+b") as plain:
        sizes = _brought(check, plain) if brought.is_here(check) else _of_the_shelf(check, plain)
        plain.flush()
        plain.seek(0)
        yield plain, sizes


def _brought(check: ResidentCheck, plain: BinaryIO) -> list[int]:
    try:
        return [brought.pour(check, plain)]
    except Tampered:
        raise NoFilters("damaged") from None


def _of_the_shelf(check: ResidentCheck, plain: BinaryIO) -> list[int]:
    files = [path_of(file) for file in _files(check)]
    if not files:
        raise NoFilters("no-files")
    if sum(file.stat().st_size for file in files) > MOST_BYTES:
        raise NoFilters("too-much")
    return [plain.write(file.read_bytes()) for file in files]


def _files(check: ResidentCheck) -> list[Distribution]:
    """Of the releases that the incident is about, closed ones too: of one dataset, or of all in it."""
    releases = Release.every.filter(dataset__in=check.incident.datasets())
    if numbers := releases_of(check.incident):
        releases = releases.filter(number__in=numbers)
    return [file for release in releases for file in plainest(release)]
