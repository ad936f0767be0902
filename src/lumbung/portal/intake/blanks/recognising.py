"""A blank of ours that was put among ordinary uploads, known by the name it was downloaded under.

As a loose table it would neither be the village's answers nor join those of the others, so it is led to its form.
Does not look into the file: one that was renamed is taken in as any table.
"""

import re

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation, OrganisationKind
from lumbung.portal.accounts.permissions import Conflicting
from lumbung.portal.intake.blanks import queries
from lumbung.portal.intake.blanks.actions import years_to_fill_in
from lumbung.portal.intake.blanks.definition import blanks

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
