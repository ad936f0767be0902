"""Who speaks for the portal on its status page."""

from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.catalogue.permissions import MAY_CLOSE


def check_tells(person: Person) -> None:
    """Raise Refused unless the person is on duty for a whole regency."""
    if not organisations_where(person, *MAY_CLOSE).filter(depth=1).exists():
        raise Refused(
            "may-not-tell-status",
            _("Halaman keadaan layanan diisi oleh petugas piket, walidata, PPDP, dan admin tingkat kabupaten."),
            _("Sampaikan kepada mereka bila sebuah layanan terganggu."),
        )
