"""Who serves an office, and who arranges what it offers. Each check raises; none answers.

A role of an officer counts in that very office alone, never in one below it: whoever answers for Disdukcapil does not
open what a kecamatan was sent.
"""

from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Membership, Organisation, Person
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.accounts.queries import holds
from lumbung.portal.accounts.roles import Role
from lumbung.portal.requests.models import Office


class TooMany(Refused):
    """More than is answered in an hour (429)."""

    status = 429


def serves(person: Person, organisation: Organisation) -> bool:
    """Whether the person is an officer of this very organisation."""
    held = Membership.objects.filter(person=person, role=Role.PETUGAS_LAYANAN, organisation=organisation)
    return person.is_active and held.exists()


def check_serves(person: Person, office: Office) -> None:
    """Open and answer requests, and register the office's key. Raise Refused unless the person is its officer."""
    if not serves(person, office.organisation):
        raise Refused(
            "not-its-officer",
            _("Permohonan di kantor ini hanya dibuka oleh petugas layanannya."),
            _("Mintalah admin memberi peran petugas layanan di kantor itu, bila Anda bertugas di sana."),
        )


def check_serves_somewhere(person: Person) -> None:
    """See the desk. Raise Refused unless the person is an officer of some office."""
    if not (person.is_active and Membership.objects.filter(person=person, role=Role.PETUGAS_LAYANAN).exists()):
        raise Refused("not-an-officer", _("Meja ini untuk petugas layanan."))


def check_arranges(person: Person, organisation: Organisation) -> None:
    """Change what the office offers, its hours and days off. Raise Refused unless its officer or an admin over it."""
    if not (serves(person, organisation) or holds(person, Role.ADMIN, organisation)):
        raise Refused(
            "not-arranging",
            _("Loket kantor ini diatur oleh petugas layanannya atau admin."),
            _("Sampaikan kepada salah satu dari mereka."),
        )
