"""Who keeps a feed, who may open a call, who may see that there is one. Keeping and opening are never one person's."""

from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Membership, Organisation, Person
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.accounts.queries import holds, organisations_where, people_below
from lumbung.portal.accounts.roles import Role
from lumbung.portal.accounts.second_step import has_second_step
from lumbung.portal.emergencies.models import Feed


def check_keeps(person: Person, organisation: Organisation) -> None:
    """Raise Refused unless the person is an admin of the organisation: makes keys, names officers, opens no call."""
    if not holds(person, Role.ADMIN, organisation):
        raise Refused("not-admin-here", _("Aliran panggilan diatur oleh admin organisasinya."))


def is_officer(person: Person, feed: Feed) -> bool:
    """Whether the person is named for this feed, still works there, and is no admin anywhere."""
    named = feed.officers.filter(person=person, ended_at=None).exists()
    return named and person.is_active and works_there(person, feed)


def works_there(person: Person, feed: Feed) -> bool:
    """Whether the person holds a role in the feed's organisation or below it, and none of an admin."""
    here = Organisation.objects.filter(path__startswith=feed.organisation.path)
    admin = Membership.objects.filter(person=person, role=Role.ADMIN).exists()
    return not admin and people_below(here).filter(pk=person.pk).exists()


def check_opens(person: Person, feed: Feed) -> None:
    """Raise Refused unless the person is an officer of this very purpose, and signs in with a second step."""
    if not is_officer(person, feed):
        raise Refused(
            "not-officer-of-purpose",
            _("Panggilan darurat hanya dibuka oleh petugas yang ditunjuk untuk keperluan itu."),
            _("Admin organisasinya dapat menunjuk petugas."),
        )
    if not person.invented and not has_second_step(person):
        raise Refused(
            "no-second-step",
            _("Membuka panggilan darurat memerlukan pengaman kedua pada akun Anda."),
            _("Pasang dahulu di halaman akun."),
            address="/meja/akun/keamanan/",
        )


def check_sees(person: Person, feed: Feed) -> None:
    """Raise Refused unless the person keeps the feed, is its officer, or is PPDP there: sees figures, no call."""
    oversees = any(holds(person, role, feed.organisation) for role in (Role.ADMIN, Role.PPDP))
    if not oversees and not is_officer(person, feed):
        raise Refused("not-your-feed", _("Aliran panggilan ini bukan bagian tugas Anda."))


def check_has_desk(person: Person) -> None:
    """Raise Refused unless there is anything on this desk for the person."""
    if organisations_where(person, Role.ADMIN, Role.PPDP).exists():
        return
    if not any(is_officer(person, feed) for feed in Feed.objects.filter(officers__person=person)):
        raise Refused("no-feed", _("Meja ini untuk petugas panggilan darurat, admin, dan PPDP."))
