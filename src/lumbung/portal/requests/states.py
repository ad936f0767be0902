"""The moves of a request, from its arrival to the document or the refusal."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.permissions import Conflicting


class RequestState(TextChoices):
    """Where a request stands. `unfit` always has reasons of the list, and what to bring."""

    ARRIVED = "arrived", _("Menunggu petugas")
    WORKING = "working", _("Sedang dikerjakan")
    READY = "collect", _("Siap diambil")
    DONE = "done", _("Selesai")
    REJECTED = "unfit", _("Belum dapat diproses")


OPEN = (RequestState.ARRIVED, RequestState.WORKING)
ANSWERED = (RequestState.READY, RequestState.DONE, RequestState.REJECTED)
MOVES: dict[RequestState, set[RequestState]] = {
    RequestState.ARRIVED: {RequestState.WORKING, RequestState.READY, RequestState.REJECTED},
    RequestState.WORKING: {RequestState.READY, RequestState.REJECTED},
    RequestState.READY: {RequestState.DONE},
    RequestState.DONE: set(),
    RequestState.REJECTED: set(),
}


def check_move(here: RequestState, there: RequestState) -> None:
    """Raise Conflicting where the table does not allow the move."""
    if there not in MOVES[here]:
        raise Conflicting(
            "answered-already",
            _("Permohonan ini sudah dijawab, mungkin oleh petugas lain."),
            _("Muat ulang halaman untuk melihat keadaannya."),
        )
