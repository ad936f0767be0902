"""Every layout in which a village or an office keeps its residents. All of them must be held at the gate."""

from lumbung.invent.layouts import aid, bdt, bip, books, dtks, lists, opensid, siak, voters
from lumbung.invent.layouts.layout import Layout

__all__ = ["LAYOUTS", "Layout"]

LAYOUTS: tuple[Layout, ...] = (
    *bip.LAYOUTS,
    *opensid.LAYOUTS,
    *siak.LAYOUTS,
    *aid.LAYOUTS,
    *dtks.LAYOUTS,
    *bdt.LAYOUTS,
    *lists.LAYOUTS,
    *voters.LAYOUTS,
    *books.LAYOUTS,
)
