"""Who may close a dataset at once, and who may say something of a place on its page.

The first stands here, below publication, because the public page shows the button.
"""

from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.catalogue.models import Dataset

MAY_TELL = (Role.PRODUSEN, Role.WALIDATA)
MAY_CLOSE = (Role.PETUGAS_PIKET, Role.WALIDATA, Role.PPDP, Role.ADMIN)


def is_on_duty_for_all(person: Person) -> bool:
    """Whether the person may close whatever there is in a whole regency, and so speaks for the portal."""
    return organisations_where(person, *MAY_CLOSE).filter(depth=1).exists()


def check_closes(person: Person, dataset: Dataset) -> None:
    """Raise Refused unless the person is on duty for the dataset's organisation or for one above it."""
    if not organisations_where(person, *MAY_CLOSE).filter(pk=dataset.organisation_id).exists():
        raise Refused(
            "may-not-close",
            _("Menutup data ini bukan wewenang Anda."),
            _("Hubungi petugas piket, walidata, atau PPDP: mereka dapat menutupnya seketika."),
        )


def check_tells(person: Person, place: Organisation) -> None:
    """Raise Refused unless the person produces or keeps data for this place or for one above it."""
    if not organisations_where(person, *MAY_TELL).filter(pk=place.pk).exists():
        raise Refused(
            "may-not-tell",
            _("Halaman ini diatur oleh produsen data tempat itu dan walidatanya."),
            _("Mintalah mereka mengubahnya."),
        )
