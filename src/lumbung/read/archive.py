"""A ZIP archive of files: every member goes through the doors in its turn, whatever it is called.

Source: PKWARE APPNOTE 6.3. What the directory does not speak of (bytes before, between and behind the members, names,
comments) is read as `package` finds it.
"""

from typing import BinaryIO
from zipfile import ZipInfo

from lumbung.document import Passage
from lumbung.read.harvest import Harvest
from lumbung.read.package import Broken, Package, gaps, names, open_package
from lumbung.read.unknown_part import take_in


def harvest_archive(harvest: Harvest, file: BinaryIO, *, prefix: str = "") -> str:
    """Lay every member into the basket for opening; give the kind. Raise Unreadable("broken", "bomb")."""
    package = open_package(file, limits=harvest.limits, prefix=prefix)
    harvest.say([Passage(place=package.place("(nama bagian)"), text=names(package), swept=True)])
    for entry in package.members:
        _keep(harvest, package, entry)
    for name, content in gaps(package):
        take_in(harvest, [content], place=package.place(name).but(hidden=True), cells=True)
    return "zip"


def _keep(harvest: Harvest, package: Package, entry: ZipInfo) -> None:
    place = package.place(entry.filename)
    try:
        content = package.whole(entry)
    except Broken as broken:
        harvest.miss(place, broken.why)
        return
    if content:
        harvest.find_inside(content, place)
