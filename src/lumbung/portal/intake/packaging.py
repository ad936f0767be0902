"""From a held register to a new submission: counted in one confined child, checked in another, looked at by the gate.

The child that counts has read a stranger's file, so nothing it says is taken on trust: names are matched, the proof is
checked where the register never was, every file passes the gate, and what the gate does not open is left out.
"""

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Event, Thread
from typing import Any, BinaryIO

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from lumbung import confine, gate
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.audit.actors import Actor
from lumbung.portal.catalogue.queries import statistics_of
from lumbung.portal.intake import counting as verbs
from lumbung.portal.intake import vault
from lumbung.portal.intake.actions import locked, receive
from lumbung.portal.intake.blanks import monograph
from lumbung.portal.intake.counting_words import described
from lumbung.portal.intake.models import Attachment, Counting, Stage, Submission, VillageMemory
from lumbung.portal.intake.outlets import ARCHIVE, TABLE
from lumbung.portal.intake.permissions import REGISTER_CODES
from lumbung.portal.intake.states import State
from lumbung.portal.intake.vault import Sealed

NAME = re.compile(
    r"tabel-[a-z_]{1,40}\.csv|tabel\.(?:json|xlsx)|monografi\.(?:json|xlsx|pdf)|sid\.(?:json|csv)"
    r"|(?:bukti|ingatan)\.json|panduan\.txt"
)
PARTS = {
    "monografi.pdf": "monografi",
    "monografi.xlsx": "monografi",
    "monografi.json": "monografi",
    "sid.csv": "sid",
    "sid.json": "sid",
    "bukti.json": "bukti",
    "panduan.txt": "panduan",
    "tabel.xlsx": "tabel",
    "tabel.json": "tabel",
    ARCHIVE: "paket",
}
SIGN = "langkah"  # where the counting child says which step it has come to
STEPS = {
    "reading": Stage.OPENING,
    "counting": Stage.COUNTING,
    "protecting": Stage.PROTECTING,
    "writing": Stage.WRITING,
}
LOOK = 0.4  # seconds
LARGEST_FILE = 64 << 20  # bytes
LIMITS = confine.Limits(memory_bytes=2 << 30, cpu_seconds=600, wall_seconds=600, written_bytes=LARGEST_FILE)
# Nothing that a person could fill in differently would help: the register is of no further use.
FINAL = frozenset({"nothing-left", "other-policy", "out-of-reach", "audit-failed", "damaged", "already-here",
                   "forbidden-bytes"})  # fmt: skip


class Stopped(Exception):
    """No statistics come of it this time. `code` is kebab-case; `details` are fields of the Counting."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A checked package: its folder, the files that go along, and those that the gate did not open."""

    folder: Path
    report: dict[str, Any]
    attached: tuple[str, ...]
    left_out: tuple[str, ...] = field(default=())


def work(counting: Counting) -> None:
    """Do it, and write down how it ended. Raise Tampered or KeyFileMissing where the register cannot be unsealed."""
    with vault.open_plain(counting.submission) as plain, folder_for_work() as folder:
        try:
            package = _made(counting, plain, folder)
            verbs.reach(counting, Stage.STORING)
            _store(counting, package)
        except Stopped as stopped:
            verbs.stop(counting, code=stopped.code, final=stopped.code in FINAL, details=stopped.details)
        except Refused as refused:  # somebody lost a role meanwhile, or the very same table is here already
            verbs.stop(counting, code=refused.code, final=refused.code in FINAL)


def passing() -> Path:
    """Where packages lie while they are made; swept by a job."""
    return Path(settings.STORED) / "counting"


@contextmanager
def folder_for_work() -> Iterator[Path]:
    """A passing folder, gone in the end whatever happens."""
    passing().mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=passing()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _made(counting: Counting, plain: BinaryIO, folder: Path) -> Package:
    """Count, check, look. Raise Stopped."""
    memory = memory_of(counting.village)
    with _followed(counting, folder / SIGN):
        report = _counted(counting, plain, folder / "paket", memory)
    verbs.reach(counting, Stage.CHECKING)
    package = folder / "paket"
    check_names(package)
    report |= checked(package, village=counting.village, period=counting.reference_date, memory=memory)
    attached, left_out = looked_at(package)
    report["left_out_files"] = list(left_out)
    return Package(folder=package, report=report, attached=attached, left_out=left_out)


@contextmanager
def _followed(counting: Counting, sign: Path) -> Iterator[None]:
    """While the child works, say on the page which step it has written down."""
    done = Event()

    def follow() -> None:
        said = ""
        while not done.wait(LOOK):
            with suppress(OSError, OperationalError):  # not begun yet, or a busy database: the next look may see it
                now = sign.read_text(encoding="utf-8")[:20]
                if now != said and now in STEPS:
                    verbs.reach(counting, STEPS[now])
                    said = now
        connection.close()

    follower = Thread(target=follow, name="stages", daemon=True)
    follower.start()
    try:
        yield
    finally:
        done.set()
        follower.join()


def _counted(counting: Counting, plain: BinaryIO, package: Path, memory: list[Any]) -> dict[str, Any]:
    arguments = {
        "village": counting.village,
        "period": counting.reference_date.isoformat(),
        "mapping": counting.mapping,
        "memory": memory,
        "folder": str(package.resolve()),
        "written": monograph.written(counting.organisation, year=counting.reference_date.year),
    }
    try:
        said = confine.call(
            "lumbung.statistics:make", file=plain, arguments=arguments, limits=LIMITS, folder=package.parent
        )
    except confine.Ended as ended:
        raise Stopped({"time": "time", "memory": "memory"}.get(ended.why, "crash")) from None
    report = dict(said["report"])
    if said["code"]:
        raise Stopped(str(said["code"])[:40], report=report, proposal=dict(said["proposal"]))
    return report


def check_names(package: Path) -> None:
    """Raise Stopped for a file that no package has."""
    for path in package.iterdir():
        if not NAME.fullmatch(path.name) or path.is_symlink() or not path.is_file():
            raise Stopped("audit-failed")


def checked(package: Path, *, village: str, period: date, memory: list[Any]) -> dict[str, Any]:
    """The proof and the memory hold; one table, SID shapes and archive are written beside. Raise Stopped."""
    arguments = {
        "folder": str(package.resolve()),
        "village": village,
        "period": period.isoformat(),
        "memory": memory,
    }
    try:
        target = "lumbung.portal.intake.outlets:check_and_write"
        said: dict[str, Any] = confine.call(target, arguments=arguments, limits=LIMITS, folder=package)
    except confine.Ended as ended:
        raise Stopped("audit-failed" if ended.error == "Unsound" else "crash") from None
    return said


def looked_at(package: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which files go along, and which do not because the gate does not open them. Persons in one stop everything."""
    attached: list[str] = []
    left_out: list[str] = []
    for name in [TABLE, *PARTS]:
        if not (package / name).exists():
            continue
        found = gate.inspect(package / name, name=name)
        if {reason.code for reason in found.reasons} & REGISTER_CODES:
            raise Stopped("audit-failed")
        if name == TABLE:
            continue
        (attached if found.verdict == gate.Verdict.OPEN else left_out).append(name)
    return tuple(attached), tuple(left_out)


def _store(counting: Counting, package: Package) -> None:
    """The new submission with its attachments, the memory, and the end of the register: all of it or nothing."""
    sealed = [sealed_file(package.folder / name) for name in package.attached]
    kept: list[str] = []
    table = sealed_file(package.folder / TABLE)
    try:
        with transaction.atomic():
            current = verbs.locked_counting(counting)
            if not verbs.is_still_mine(current, counting):
                return
            if locked(current.submission).state != State.HELD:
                raise Stopped("register-gone")
            current.report = package.report
            result = _received(current, table)
            for one, name in zip(sealed, package.attached, strict=True):
                kept.append(vault.keep(one))
                attach(result, one, name, storage_key=kept[-1])
            remember(current.village, package.folder)
            verbs.finish(current, result=result)
    except BaseException:
        for storage_key in kept:
            vault.destroy(storage_key)
        raise
    finally:
        for one in (table, *sealed):
            one.discard()


def _received(counting: Counting, table: Sealed) -> Submission:
    person = counting.asked_by
    by = Actor(id=f"person:{person.pk}", name=person.name, organisation=person.organisation_names())
    return receive(
        table,
        person=person,
        organisation=counting.organisation,
        by=by,
        description=described(counting.organisation, counting.reference_date),
        dataset=statistics_of(counting.village).first(),
        derived_from=counting.submission,
        village=counting.village,
    )


def attach(result: Submission, one: Sealed, name: str, *, storage_key: str) -> None:
    """A companion of the new submission, kept under this key."""
    Attachment.objects.create(
        id=one.id,
        submission=result,
        part=PARTS[name],
        name=name,
        size=one.size,
        sha256=one.sha256,
        wrapped_key=one.wrapped_key,
        sealed_name=one.sealed_name,
        storage_key=storage_key,
    )


def remember(village: str, package: Path) -> None:
    """What is handed out counts from now on. Call it in the transaction that hands it out."""
    releases = json.loads((package / "ingatan.json").read_text(encoding="utf-8"))
    values = {"releases": releases, "changed_at": timezone.now()}
    VillageMemory.objects.update_or_create(village=village, defaults=values)


def memory_of(village: str) -> list[Any]:
    """All that has been handed out about a village, the oldest first."""
    known = VillageMemory.objects.filter(village=village).first()
    return list(known.releases) if known else []


def sealed_file(path: Path) -> Sealed:
    """A file of a package under a key of its own. The caller discards it."""
    return vault.seal_bytes([path.read_bytes()], name=path.name)
