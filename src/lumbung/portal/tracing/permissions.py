"""Who may ask the fingerprints, how often, and who opens a check for residents. Each check raises; none answers.

A village never asks: with the fingerprints at hand anybody's number could be tried. So the role counts only where it
was given in the regency or one of its agencies.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Membership, OrganisationKind, Person
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.incidents.models import Incident
from lumbung.portal.incidents.permissions import is_on_duty
from lumbung.portal.tracing.models import Question

DAY = timedelta(days=1)
MOST_BY_ONE, MOST_TOGETHER = 20, 60  # questions in any twenty-four hours
ABOVE_VILLAGES = (OrganisationKind.REGENCY, OrganisationKind.AGENCY)


class TooMany(Refused):
    """More than is answered in a day (429)."""

    status = 429


def check_traces(person: Person) -> None:
    """Raise Refused unless the person is a penelusur of the regency or an agency, and no producer of data anywhere."""
    held = Membership.objects.filter(person=person)
    asks = held.filter(role=Role.PENELUSUR, organisation__kind__in=ABOVE_VILLAGES).exists()
    if not (person.is_active and asks) or held.filter(role=Role.PRODUSEN).exists():
        raise Refused(
            "not-tracer",
            _("Meja telusur hanya untuk penelusur di kabupaten/kota atau perangkat daerahnya."),
            _("Mintalah penelusur menanyakannya, atau mintalah admin memberi peran itu."),
        )


def check_sees_holdings(person: Person) -> None:
    """See what is fingerprinted, and until when. Raise Refused unless the person traces or is the regency's PPDP."""
    if not _is_ppdp(person):
        check_traces(person)


def check_destroys_holdings(person: Person) -> None:
    """Destroy fingerprints before their day. Raise Refused unless the person is the regency's PPDP."""
    if not _is_ppdp(person):
        raise Refused(
            "not-ppdp-above",
            _("Sidik dimusnahkan sebelum waktunya hanya oleh PPDP kabupaten/kota."),
            _("Sampaikan kepada PPDP. Pada tanggalnya sidik musnah dengan sendirinya."),
        )


def check_rate(person: Person) -> None:
    """Raise TooMany beyond what one person, or the whole portal, may ask in a day.

    Counts questions that were refused or destroyed as well. Call it in the transaction that adds the question, after
    its line was written: writing the line lets one in at a time.
    """
    today = Question.objects.filter(asked_at__gt=timezone.now() - DAY)
    if today.filter(asked_by=person).count() > MOST_BY_ONE or today.count() > MOST_TOGETHER:
        raise TooMany(
            "many-questions",
            _("Pertanyaan hari ini sudah mencapai batasnya: %(one)s untuk satu orang, %(all)s untuk seluruh portal.")
            % {"one": MOST_BY_ONE, "all": MOST_TOGETHER},
            _("Tunggu sampai besok. Batas ini menjaga supaya sidik tidak menjadi alat menebak NIK."),
        )


def check_opens_check(person: Person, incident: Incident) -> None:
    """Open or close the check for residents. Raise Refused unless the person is PPDP for its organisation."""
    if not is_on_duty(person, incident, Role.PPDP):
        raise Refused(
            "not-its-ppdp",
            _("Pemeriksaan bagi warga dibuka dan ditutup oleh PPDP."),
            _("Sampaikan kepada PPDP organisasi yang datanya terbuka."),
        )


def check_opens_somewhere(person: Person) -> None:
    """See the desk of the checks. Raise Refused unless the person is PPDP somewhere."""
    if not organisations_where(person, Role.PPDP).exists():
        raise Refused("not-ppdp", _("Meja ini untuk PPDP dan petugas kantor desa."))


def check_asks_at_office(person: Person) -> None:
    """Ask for somebody who came with a card. Raise Refused unless the person works for an office: producer or PPDP."""
    if not organisations_where(person, Role.PRODUSEN, Role.PPDP).exists():
        raise Refused(
            "not-at-office",
            _("Pemeriksaan bagi warga yang datang dilakukan petugas desa, perangkat daerah, atau PPDP."),
            _("Arahkan warga ke kantor desa atau kelurahannya, dengan KTP."),
        )


def _is_ppdp(person: Person) -> bool:
    held = Q(role=Role.PPDP, organisation__kind=OrganisationKind.REGENCY)
    return person.is_active and Membership.objects.filter(held, person=person).exists()
