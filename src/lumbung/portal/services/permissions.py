"""Who speaks for the portal on its status page."""

from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.catalogue.permissions import is_on_duty_for_all


def check_tells(person: Person) -> None:
    """Raise Refused unless the person is on duty for a whole regency."""
    if not is_on_duty_for_all(person):
        raise Refused(
            "may-not-tell-status",
            _("Halaman keadaan layanan diisi oleh petugas piket, walidata, PPDP, dan admin tingkat kabupaten."),
            _("Sampaikan kepada mereka bila sebuah layanan terganggu."),
        )
