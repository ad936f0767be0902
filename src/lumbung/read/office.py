"""Doors for what may hold files inside: workbook packages, OLE workbooks, OpenDocument spreadsheets, pictures."""

from io import BytesIO

from lumbung.document import Place
from lumbung.read.harvest import Harvest, Inner
from lumbung.read.ods import harvest_spreadsheet
from lumbung.read.ole import harvest_compound
from lumbung.read.ooxml import harvest_workbook
from lumbung.read.opened import Opened, Parts
from lumbung.read.picture import PICTURES
from lumbung.read.unknown_part import OLE, take_picture
from lumbung.read.unreadable import Unreadable


def read_ooxml(opened: Opened) -> Parts:
    """An .xlsx, .xlsm or .xlsb package. Raise Unreadable("broken", "encrypted", "bomb")."""
    harvest = Harvest(limits=opened.limits)
    return _finished(harvest, harvest_workbook(harvest, opened.file, bytes(opened.data)))


def read_ods(opened: Opened) -> Parts:
    """An OpenDocument spreadsheet. Raise Unreadable as above."""
    harvest = Harvest(limits=opened.limits)
    return _finished(harvest, harvest_spreadsheet(harvest, opened.file))


def read_ole(opened: Opened) -> Parts:
    """An .xls workbook of BIFF5 or BIFF8. Raise Unreadable as above."""
    harvest = Harvest(limits=opened.limits)
    return _finished(harvest, harvest_compound(harvest, bytes(opened.data)))


def read_picture(opened: Opened) -> Parts:
    """A picture by itself. It has no tables; what cannot be decoded is named unread."""
    harvest = Harvest(limits=opened.limits)
    data = bytes(opened.data)
    take_picture(harvest, data, place=Place())
    return _finished(harvest, next(kind for kind, mark in PICTURES.items() if data.startswith(mark)))


def _finished(harvest: Harvest, kind: str) -> Parts:
    while harvest.inner:
        inner = harvest.inner.popleft()
        harvest.depth = inner.depth
        try:
            _open_inner(harvest, inner)
        except Unreadable as refusal:
            harvest.miss(Place(part=inner.prefix.removesuffix("!")), refusal.code)
    return harvest.parts(kind)


def _open_inner(harvest: Harvest, inner: Inner) -> None:
    """A file found inside: a workbook is read as one, any other package is swept part by part."""
    if inner.data.startswith(OLE):
        harvest_compound(harvest, inner.data, prefix=inner.prefix)
    else:
        harvest_workbook(harvest, BytesIO(inner.data), inner.data, prefix=inner.prefix)
