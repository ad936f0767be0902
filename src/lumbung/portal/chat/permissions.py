"""Who keeps the roads, and who writes the texts."""

from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role

WRITES = (Role.ADMIN, Role.PETUGAS_LAYANAN)
SEES = (*WRITES, Role.PPDP)


def check_keeps_channels(person: Person, organisation: Organisation) -> None:
    """Raise Refused unless the person is an admin of the office."""
    if not organisations_where(person, Role.ADMIN).filter(pk=organisation.pk).exists():
        raise Refused("not-admin-here", _("Jalur pesan kantor ini diatur oleh adminnya."))


def check_writes(person: Person, organisation: Organisation) -> None:
    """Raise Refused unless the person serves at the office or is its admin."""
    if not organisations_where(person, *WRITES).filter(pk=organisation.pk).exists():
        raise Refused("not-of-this-office", _("Teks siap kirim ditulis oleh petugas layanan kantornya."))


def check_has_desk(person: Person) -> None:
    """Raise Refused unless there is an office for which the person may see this desk."""
    if not organisations_where(person, *SEES).exists():
        raise Refused("no-chat-desk", _("Meja ini untuk petugas layanan, admin, dan PPDP."))
