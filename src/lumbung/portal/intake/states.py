"""The states a submission stands in and the moves between them. Anything not in the table does not happen."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.permissions import Conflicting


class State(TextChoices):
    """Nouns, never empty. Only what was inspected can come to IN_REVIEW; only PUBLISHED stands on the shelf."""

    RECEIVED = "received", _("Diterima")
    INSPECTING = "inspecting", _("Sedang diperiksa")
    HELD = "held", _("Ditahan")
    IN_REVIEW = "in_review", _("Menunggu tinjauan")
    APPROVED = "approved", _("Disetujui")
    REJECTED = "rejected", _("Ditolak")
    PUBLISHED = "published", _("Terbit")
    SHREDDED = "shredded", _("Dimusnahkan")


MOVES: dict[State, set[State]] = {
    State.RECEIVED: {State.INSPECTING, State.SHREDDED},
    State.INSPECTING: {State.HELD, State.IN_REVIEW},
    State.HELD: {State.IN_REVIEW, State.RECEIVED, State.SHREDDED},
    State.IN_REVIEW: {State.APPROVED, State.REJECTED, State.RECEIVED, State.SHREDDED},
    State.APPROVED: {State.PUBLISHED, State.IN_REVIEW, State.RECEIVED, State.SHREDDED},
    State.REJECTED: {State.SHREDDED},
    State.PUBLISHED: {State.SHREDDED},
    State.SHREDDED: set(),
}


class CountingState(TextChoices):
    """Where the making of statistics from one register stands. STOPPED may be asked for anew; REFUSED is for good."""

    WAITING = "waiting", _("Menunggu giliran")
    WORKING = "working", _("Sedang dihitung")
    STOPPED = "stopped", _("Terhenti")
    REFUSED = "refused", _("Tidak dapat dibuat")
    DONE = "done", _("Selesai")


COUNTING_MOVES: dict[CountingState, set[CountingState]] = {
    CountingState.WAITING: {CountingState.WORKING, CountingState.STOPPED},
    CountingState.WORKING: {CountingState.DONE, CountingState.STOPPED, CountingState.REFUSED},
    CountingState.STOPPED: set(),
    CountingState.REFUSED: set(),
    CountingState.DONE: set(),
}
UNDER_WAY = (CountingState.WAITING, CountingState.WORKING)

FINISHED = (State.REJECTED, State.SHREDDED)  # a file in one of these may be sent again
ON_ITS_WAY = (State.RECEIVED, State.INSPECTING, State.IN_REVIEW, State.APPROVED)  # sent, and not decided to its end
WAITING = (State.RECEIVED, State.INSPECTING)  # the page follows these live


def check_move(here: State, there: State) -> None:
    """Raise Conflicting where the table does not allow the move."""
    if there not in MOVES[here]:
        raise Conflicting(
            "wrong-state",
            _("Berkas ini sudah berada pada tahap lain, jadi langkah itu tidak dapat dijalankan."),
            _("Muat ulang halaman untuk melihat tahapnya sekarang."),
        )
