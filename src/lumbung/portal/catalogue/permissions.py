"""Who may close a dataset at once. It stands here, below publication, because the public page shows the button."""

from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.catalogue.models import Dataset

MAY_CLOSE = (Role.PETUGAS_PIKET, Role.WALIDATA, Role.PPDP, Role.ADMIN)


def check_closes(person: Person, dataset: Dataset) -> None:
    """Raise Refused unless the person is on duty for the dataset's organisation or for one above it."""
    if not organisations_where(person, *MAY_CLOSE).filter(pk=dataset.organisation_id).exists():
        raise Refused(
            "may-not-close",
            _("Menutup data ini bukan wewenang Anda."),
            _("Hubungi petugas piket, walidata, atau PPDP: mereka dapat menutupnya seketika."),
        )
