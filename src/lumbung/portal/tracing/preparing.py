"""The making of a check's filters, from the closed dataset's own files, in one confined child."""

import os

from django.utils import timezone

from lumbung import confine
from lumbung.portal.catalogue.models import Distribution, Release
from lumbung.portal.catalogue.shelf import path_of
from lumbung.portal.incidents.extent import releases_of
from lumbung.portal.tracing import checking
from lumbung.portal.tracing.catching_up import plainest
from lumbung.portal.tracing.models import ResidentCheck
from lumbung.portal.tracing.places import for_a_child

# Some milliseconds a person and kind: a regency of a million takes hours, once for an incident.
LIMITS = confine.Limits(memory_bytes=2 << 30, cpu_seconds=36_000, wall_seconds=72_000, written_bytes=1 << 30)


def work(check: ResidentCheck) -> None:
    """Make the filters, or write down why there are none."""
    files = _files(check)
    if not files:
        checking.fail(check, code="no-files")
        return
    descriptor = os.memfd_create("check", os.MFD_CLOEXEC)
    with os.fdopen(descriptor, "w+b") as plain, for_a_child() as folder:
        sizes = [plain.write(path_of(file).read_bytes()) for file in files]
        plain.flush()
        plain.seek(0)
        seed, today = checking.seed_of(check).hex(), timezone.localdate().isoformat()
        given = {"sizes": sizes, "seed": seed, "at": today, "folder": str(folder)}
        target = "lumbung.portal.tracing.filtering:filters"
        try:
            said = confine.call(target, file=plain, arguments=given, limits=LIMITS, folder=folder)
        except confine.Ended as ended:
            said = {"code": ended.why}
        if said["code"]:
            checking.fail(check, code=str(said["code"]))
        else:
            districts = {str(district): int(count) for district, count in said["districts"].items()}
            checking.ready(check, folder=folder, districts=districts, missing=int(said["missing"]))


def _files(check: ResidentCheck) -> list[Distribution]:
    """Of the releases that the incident is about, closed ones too."""
    releases = Release.every.filter(dataset=check.incident.dataset)
    if numbers := releases_of(check.incident):
        releases = releases.filter(number__in=numbers)
    return [file for release in releases for file in plainest(release)]
