"""Districts and villages of a regency by kode wilayah, taken into the tree of organisations.

Source: idn-area-data (see reference/). A code that is in the portal and no longer in the list is kept and named:
retired codes live on in data, and what a village published stays where it was.
"""

import csv
import io
import lzma
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.actions import add_organisation
from lumbung.portal.accounts.models import Organisation, OrganisationKind
from lumbung.portal.accounts.permissions import Unfit
from lumbung.portal.audit.actors import Actor

DISTRICT, VILLAGE = len("99.01.01"), len("99.01.01.2001")
KELURAHAN = "1"
"""The first of a village's last four digits; 2 is a desa."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What an import did: how many were added and how many were there, and what the list no longer knows."""

    added: int
    known: int
    retired: list[Organisation]


def regions_below(kode: str) -> dict[str, str]:
    """Kode and name of every district and village of a regency, sorted; empty for a code the list does not know."""
    return {code: name for code, name in _list() if code.startswith(f"{kode}.")}


@transaction.atomic
def take_in(regency: Organisation, *, by: Actor) -> Taken:
    """Add what is missing below the regency, each recorded. Does nothing the second time; removes and renames nothing.

    Raise Unfit where the regency has no kode, or one the list does not know.
    """
    listed = regions_below(regency.kode) if regency.kode else {}
    if not listed:
        raise Unfit(
            "unknown-regency",
            _("Kode wilayah organisasi ini tidak ada di daftar kabupaten/kota."),
            _("Periksa kodenya, misalnya 33.08, atau tambahkan kecamatan dan desanya satu per satu."),
        )
    there = {one.kode: one for one in Organisation.objects.filter(path__startswith=regency.path) if one.kode}
    missing = {kode: name for kode, name in listed.items() if kode not in there}
    for kode, name in missing.items():
        below = there.get(kode[:DISTRICT], regency) if len(kode) == VILLAGE else regency
        there[kode] = _add(name, kode=kode, below=below, by=by)
    retired = [one for kode, one in there.items() if kode not in listed and one.pk != regency.pk]
    return Taken(added=len(missing), known=len(listed) - len(missing), retired=retired)


def _add(name: str, *, kode: str, below: Organisation, by: Actor) -> Organisation:
    below = Organisation.objects.get(pk=below.pk)  # the tree has grown since it was read
    if len(kode) == DISTRICT:
        district = f"Kecamatan {name}"
        return add_organisation(name=district, kind=OrganisationKind.DISTRICT, kode=kode, below=below, by=by)
    word = "Kelurahan" if kode[-4] == KELURAHAN else "Desa"
    return add_organisation(name=f"{word} {name}", kind=OrganisationKind.VILLAGE, kode=kode, below=below, by=by)


@cache
def _list() -> tuple[tuple[str, str], ...]:
    packed = files("lumbung.portal.accounts.reference").joinpath("wilayah.csv.xz").read_bytes()
    rows = csv.reader(io.StringIO(lzma.decompress(packed).decode("utf-8")))
    return tuple((code, name) for code, name in rows)
