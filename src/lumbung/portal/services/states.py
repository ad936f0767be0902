"""The states of a service of the agency, and its moves. Anything not in the table does not happen."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.permissions import Conflicting


class ServiceState(TextChoices):
    """From the best to the worst. `degraded` still serves, and its pages say what is wrong; `closed` answers 503."""

    OPEN = "open", _("Buka")
    DEGRADED = "degraded", _("Terganggu")
    CLOSED = "closed", _("Ditutup")


MOVES: dict[ServiceState, set[ServiceState]] = {
    ServiceState.OPEN: {ServiceState.DEGRADED, ServiceState.CLOSED},
    ServiceState.DEGRADED: {ServiceState.OPEN, ServiceState.CLOSED},
    ServiceState.CLOSED: {ServiceState.OPEN, ServiceState.DEGRADED},  # after a danger: once two people have signed
}
WORST = list(ServiceState)


def check_move(here: ServiceState, there: ServiceState) -> None:
    """Raise Conflicting where the table does not allow the move."""
    if there not in MOVES[here]:
        raise Conflicting(
            "service-stands-so",
            _("Layanan ini sudah pada keadaan itu: mungkin petugas lain lebih dahulu."),
            _("Muat ulang halaman untuk melihat keadaannya sekarang."),
        )


def worse(one: ServiceState, other: ServiceState) -> ServiceState:
    """The worse of two."""
    return max(one, other, key=WORST.index)
