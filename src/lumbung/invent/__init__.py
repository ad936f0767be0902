"""Invented residents, registers and statistics, from a seed: for the demo regency, the tests and the score.

Nothing here is anybody: serials 9000-9999, names put together from a list, a regency that is on no map. Pure: the
same seed gives the same rows, and only `workbooks.write` touches a disk.
"""

from lumbung.invent.layouts import LAYOUTS, Layout
from lumbung.invent.nik import nik, nomor_kk, temporary
from lumbung.invent.regency import invent_regency
from lumbung.invent.residents import Household, Resident, invent_households, people
from lumbung.invent.sheet import Cell, Sheet, letter, sheet
from lumbung.invent.tables import Statistic, invent_statistics

__all__ = [
    "LAYOUTS",
    "Cell",
    "Household",
    "Layout",
    "Resident",
    "Sheet",
    "Statistic",
    "invent_households",
    "invent_regency",
    "invent_statistics",
    "letter",
    "nik",
    "nomor_kk",
    "people",
    "sheet",
    "temporary",
]
