"""The moves of a handing out, of each copy of it, and of a permission to read. What is in no table does not happen."""

from collections.abc import Mapping
from typing import TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.permissions import Conflicting


class HandoutState(TextChoices):
    """`making`: decided by a second person, the copies are being written; `ready`: every copy lies sealed."""

    ASKED = "asked", _("Menunggu persetujuan")
    MAKING = "making", _("Sedang dibuat")
    READY = "ready", _("Salinan siap")
    DECLINED = "declined", _("Tidak disetujui")
    FAILED = "failed", _("Tidak jadi dibuat")


class CopyState(TextChoices):
    """`offered`: a link is out; `received`: acknowledged by the recipient, or on paper."""

    MADE = "made", _("Belum diserahkan")
    OFFERED = "offered", _("Tautan diberikan")
    RECEIVED = "received", _("Diterima")
    RETURNED = "returned", _("Dikembalikan")
    DESTROYED = "destroyed", _("Dimusnahkan penerima")
    REVOKED = "revoked", _("Dicabut")


class ViewingState(TextChoices):
    """`open` until its day is over, its rows are used up, or somebody closes it."""

    ASKED = "asked", _("Menunggu persetujuan")
    OPEN = "open", _("Terbuka")
    DECLINED = "declined", _("Tidak disetujui")
    CLOSED = "closed", _("Ditutup")


HANDOUT_MOVES: dict[HandoutState, set[HandoutState]] = {
    HandoutState.ASKED: {HandoutState.MAKING, HandoutState.DECLINED, HandoutState.FAILED},
    HandoutState.MAKING: {HandoutState.READY, HandoutState.FAILED},
    HandoutState.READY: set(),
    HandoutState.DECLINED: set(),
    HandoutState.FAILED: set(),
}
COPY_MOVES: dict[CopyState, set[CopyState]] = {
    CopyState.MADE: {CopyState.OFFERED, CopyState.RECEIVED, CopyState.REVOKED},
    CopyState.OFFERED: {CopyState.RECEIVED, CopyState.REVOKED},
    CopyState.RECEIVED: {CopyState.RETURNED, CopyState.DESTROYED, CopyState.REVOKED},
    CopyState.REVOKED: {CopyState.RETURNED, CopyState.DESTROYED},
    CopyState.RETURNED: set(),
    CopyState.DESTROYED: set(),
}
VIEWING_MOVES: dict[ViewingState, set[ViewingState]] = {
    ViewingState.ASKED: {ViewingState.OPEN, ViewingState.DECLINED, ViewingState.CLOSED},
    ViewingState.OPEN: {ViewingState.CLOSED},
    ViewingState.DECLINED: set(),
    ViewingState.CLOSED: set(),
}
ENDED = (CopyState.RETURNED, CopyState.DESTROYED)  # the recipient has it no more, and says so
State = TypeVar("State", HandoutState, CopyState, ViewingState)


def check_move(moves: Mapping[State, set[State]], here: State, there: State) -> None:
    """Raise Conflicting where the table does not allow the move."""
    if there not in moves[here]:
        raise Conflicting(
            "wrong-state",
            _("Salinan atau permintaan ini sudah berada pada tahap lain, jadi langkah itu tidak dapat dijalankan."),
            _("Muat ulang halaman untuk melihat tahapnya sekarang."),
        )
