"""The moves of a matter: everything that was reported about one dataset until somebody answered."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.permissions import Conflicting


class MatterState(TextChoices):
    """Where a matter stands. `received`: the gate has not yet looked again; `waiting`: on the duty officer's desk."""

    RECEIVED = "received", _("Diterima")
    WAITING = "waiting", _("Sedang dilihat petugas")
    LEFT_OPEN = "left-open", _("Sudah dilihat, data tetap terbuka")
    CLOSED = "closed", _("Data ditutup")


OPEN = (MatterState.RECEIVED, MatterState.WAITING)
MOVES: dict[MatterState, set[MatterState]] = {
    MatterState.RECEIVED: {MatterState.WAITING, MatterState.CLOSED, MatterState.LEFT_OPEN},
    MatterState.WAITING: {MatterState.CLOSED, MatterState.LEFT_OPEN},
    MatterState.LEFT_OPEN: {MatterState.CLOSED},  # of two officers at once, the one who closes is heard
    MatterState.CLOSED: set(),
}


def check_move(here: MatterState, there: MatterState) -> None:
    """Raise Conflicting where the table does not allow the move."""
    if there not in MOVES[here]:
        raise Conflicting(
            "answered-already",
            _("Laporan ini sudah dijawab oleh petugas lain."),
            _("Muat ulang halaman untuk melihat jawabannya."),
        )
