"""Whose copy a leaked file was, asked at the desk: every recipient's score, and a line in the record first."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung import confine
from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting, Unfit
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.copies import store
from lumbung.portal.copies.models import Handout
from lumbung.portal.copies.permissions import check_traces
from lumbung.portal.intake.packaging import folder_for_work
from lumbung.portal.intake.seal import Tampered
from lumbung.tracing import whose

LIMITS = confine.Limits(memory_bytes=2 << 30, cpu_seconds=240, wall_seconds=240, written_bytes=256 << 20)
FEWEST = 10  # rows of different people; a question about fewer would be one about somebody


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Of one handing out: how many rows the file has, and the score of every recipient (tracing.whose), or none."""

    handout: Handout
    rows: int
    scores: list[dict[str, Any]]

    @property
    def named(self) -> list[str]:
        """The institutions whose copies the file points to, each below one in a million over all of them."""
        return [score["recipient"] for score in self.scores if score["accused"]]


def ask(handout: Handout, sample: BinaryIO, *, person: Person, by: Actor) -> Verdict:
    """Weigh a leaked file against the copies of one handing out. Raise Refused, TooMany, Unfit or Conflicting.

    Where fewer than ten people of the copies are in it there are no scores, so that nobody learns of one among nine
    strangers. The record says who asked, about which copies, and how many were named; never a value, nor a row.
    """
    check_traces(person, handout.organisation)
    handed = handed_of(handout)
    with folder_for_work() as folder:
        answer = _asked(sample, folder, handed)
        tells = whose.recognised(folder, handed) >= FEWEST or bool(answer["codes"])
        scores = whose.scores(folder, handed, codes=answer["codes"]) if tells else []
    for score in scores:
        score["chance"] = _chance(min(score["by_order"], score["by_place"], score["by_line"]))
    rows, named = int(answer["rows"]), sum(score["accused"] for score in scores)
    record_now(Kind.COPIES_TRACED, by=by, subject=handout.subject, named=named, copies=len(handed.recipients))
    return Verdict(handout=handout, rows=rows, scores=scores)


def handed_of(handout: Handout) -> whose.Handed:
    """The secret of its marks. Raise Conflicting where it is destroyed, or not the one that was committed to."""
    try:
        content = store.secret_of(bytes(handout.sealed_secret), bound_to=handout.pk.bytes)
    except Tampered:
        content = b""
    if not content or whose.commitment(content) != handout.commitment:
        raise Conflicting(
            "no-marks",
            _("Kunci tandanya sudah dimusnahkan atau bukan yang diikrarkan, jadi salinannya tidak dapat dilacak."),
        )
    return whose.read(content)


def _chance(probability: float) -> str:
    """As the command line prints it."""
    return f"{probability:.1e}" if probability > 1e-99 else "< 1e-99"


def _asked(sample: BinaryIO, folder: Path, handed: whose.Handed) -> dict[str, Any]:
    arguments = {"secret": handed.secret.hex(), "copies": len(handed.recipients), "folder": str(folder.resolve()),
                 "at": timezone.localdate().isoformat()}  # fmt: skip
    try:
        sample.seek(0)
        answer: dict[str, Any] = confine.call(
            "lumbung.tracing:leaked", file=sample, arguments=arguments, limits=LIMITS, folder=folder
        )
    except confine.Ended:
        answer = {"code": "crash"}
    if answer["code"] or int(answer["people"]) < FEWEST:
        raise Unfit(
            "too-little-to-trace",
            _("Berkas ini tidak terbaca seluruhnya, atau memuat kurang dari sepuluh orang yang berbeda."),
            _("Satu orang saja tidak dapat ditanyakan. Coba bagian yang lebih panjang, sebagai CSV, XLSX, atau PDF."),
        )
    return answer
