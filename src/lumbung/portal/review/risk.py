"""How much a waiting file asks for a second look, in words: never a reason to publish, only an order to look in.

Counted from what is known without opening the file: the gate's verdict, its size, and who sends it for the first time.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import State

LARGE = 20 * 1024 * 1024  # bytes
HIGH, MEDIUM = 3, 1  # points


class Level(TextChoices):
    """In which hurry to look."""

    HIGH = "high", _("Tinggi")
    MEDIUM = "medium", _("Sedang")
    LOW = "low", _("Rendah")


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A level and why; `points` orders files of one level."""

    level: Level
    points: int
    because: list[Promise]


def risk_of(submission: Submission, *, published_before: bool) -> Risk:
    """`published_before`: whether its producer ever had something published."""
    inspection = submission.inspection or {}
    signs: list[tuple[bool, int, Promise]] = [
        (bool(submission.released_codes), 3, _("dilepas PPDP dari tahanan")),
        (inspection.get("verdict") != "open", 2, _("ada temuan yang perlu ditinjau")),
        (not published_before, 1, _("kiriman pertama orang ini")),
        (submission.dataset_id is None, 1, _("data baru")),
        (submission.size > LARGE, 1, _("berkas besar")),
    ]
    found = [(points, word) for holds, points, word in signs if holds]
    points = sum(points for points, _word in found)
    level = Level.HIGH if points >= HIGH else Level.MEDIUM if points >= MEDIUM else Level.LOW
    return Risk(level=level, points=points, because=[word for _points, word in found])


def published_before(people: Iterable[int]) -> set[int]:
    """Which of these people had something published."""
    done = Submission.objects.filter(submitted_by__in=set(people), state=State.PUBLISHED)
    return set(done.values_list("submitted_by", flat=True))
