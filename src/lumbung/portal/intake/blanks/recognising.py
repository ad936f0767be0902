"""A blank of ours that was put among ordinary uploads, known by the name it was downloaded under or by its mark.

As a loose table it would neither be the village's answers nor join those of the others, so it is led to its form: by
its name before it is taken in, by its mark (see `marking`) once the gate has let it through.
"""

import re
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation, OrganisationKind, Person
from lumbung.portal.accounts.permissions import Conflicting
from lumbung.portal.accounts.roles import Role
from lumbung.portal.intake.blanks import queries
from lumbung.portal.intake.blanks.actions import years_to_fill_in
from lumbung.portal.intake.blanks.definition import Blank, blanks, worded
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import State

NAME = re.compile(r"blangko-(?P<code>[a-z]{1,30})-(?P<year>\d{4})-[^/\\]*\.xlsx", re.IGNORECASE)


def check_no_blank(name: str, organisation: Organisation) -> None:
    """Raise Conflicting, with the address of its form, for a file that is called as a blank of ours is."""
    match = NAME.fullmatch(name.replace("\\", "/").rpartition("/")[2])
    blank = blanks().get(match["code"].lower()) if match else None
    if match is None or blank is None:
        return
    year, village = int(match["year"]), organisation.kind == OrganisationKind.VILLAGE
    known = village and year in years_to_fill_in(timezone.localdate())
    raise Conflicting(
        "filled-blank",
        _("Ini blangko isian desa. Di sini ia hanya akan menjadi tabel lepas, jadi belum kami terima."),
        _("Masukkan lewat formulirnya, pada bagian Isi di Excel: kotak-kotaknya terisi sendiri."),
        address=queries.address(organisation, blank, year) if known else reverse("intake:blanks"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """The form that an upload belongs into. `village` is None where this person does not fill it in."""

    blank: Blank
    year: int
    village: Organisation | None

    @property
    def title(self) -> str:
        """What the blank is called, in the reader's language."""
        return worded(self.blank.title)

    @property
    def address(self) -> str:
        """Where it is filled in."""
        return queries.address(self.village, self.blank, self.year) if self.village else reverse("intake:blanks")


def meant(person: Person, submission: Submission) -> Meant | None:
    """What an ordinary upload that waits for its review was meant to be; None for one that is no blank of ours."""
    code, year, kode = [*submission.seems.split(), "", "0", ""][:3]
    blank = blanks().get(code)
    if blank is None or submission.state != State.IN_REVIEW:
        return None
    mine = queries.villages_of(person, Role.PRODUSEN).filter(kode=kode)
    open_year = int(year) in years_to_fill_in(timezone.localdate())
    return Meant(blank=blank, year=int(year), village=mine.first() if open_year else None)
