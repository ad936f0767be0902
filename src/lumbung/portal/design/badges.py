"""How a state looks: always by colour, word and shape together, so that none of the three carries it alone.

Tones: `grows` (rice green, fit or public), `waits` (harvest gold), `closed` (brick red, held or shut), `past` (grey).
Shapes: `disc`, `ring`, `tick`, `triangle`, `sprout`, `octagon`, `cross`, `square`, `dashes`, `strips`.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Badge:
    """Colour, shape and word of one state."""

    tone: str
    shape: str
    word: str | Promise


BADGES = {
    # the gate's verdicts
    "open": Badge("grows", "disc", _("Boleh terbuka")),
    "review": Badge("waits", "triangle", _("Perlu ditinjau")),
    "hold": Badge("closed", "octagon", _("Ditahan")),
    # a submission
    "received": Badge("waits", "ring", _("Diterima")),
    "inspecting": Badge("waits", "sprout", _("Sedang diperiksa")),
    "held": Badge("closed", "octagon", _("Ditahan")),
    "in_review": Badge("waits", "triangle", _("Menunggu tinjauan")),
    "approved": Badge("grows", "tick", _("Disetujui")),
    "rejected": Badge("closed", "cross", _("Tidak disetujui")),
    "shredded": Badge("past", "strips", _("Dimusnahkan")),
    # a dataset
    "published": Badge("grows", "disc", _("Terbit")),
    "quarantined": Badge("closed", "octagon", _("Ditutup sementara")),
    "withdrawn": Badge("past", "square", _("Ditarik")),
    "removed": Badge("past", "dashes", _("Dihapus")),
    # what was reported
    "waiting": Badge("waits", "triangle", _("Menunggu petugas")),
    "left-open": Badge("grows", "tick", _("Dilihat, tetap terbuka")),
    "closed": Badge("closed", "octagon", _("Data ditutup")),
    # copies that are handed out
    "asked": Badge("waits", "triangle", _("Menunggu persetujuan")),
    "making": Badge("waits", "sprout", _("Sedang dibuat")),
    "ready": Badge("grows", "tick", _("Salinan siap")),
    "declined": Badge("closed", "cross", _("Tidak disetujui")),
    "failed": Badge("closed", "cross", _("Tidak jadi dibuat")),
    "made": Badge("waits", "ring", _("Belum diserahkan")),
    "offered": Badge("waits", "triangle", _("Tautan diberikan")),
    "returned": Badge("past", "square", _("Dikembalikan")),
    "destroyed": Badge("past", "strips", _("Dimusnahkan penerima")),
    "revoked": Badge("closed", "octagon", _("Dicabut")),
    # a request for a document
    "arrived": Badge("waits", "ring", _("Menunggu petugas")),
    "working": Badge("waits", "sprout", _("Sedang dikerjakan")),
    "collect": Badge("grows", "tick", _("Siap diambil")),
    "done": Badge("past", "square", _("Selesai")),
    "unfit": Badge("closed", "cross", _("Belum dapat diproses")),
}


def badge_of(state: object) -> Badge:
    """The badge of a verdict, submission state or dataset state; raises KeyError for any other word."""
    return BADGES[str(getattr(state, "value", state))]
