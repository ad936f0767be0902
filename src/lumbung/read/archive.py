"""A ZIP archive of files: every member goes through the doors in its turn, whatever it is called.

Source: PKWARE APPNOTE 6.3. What the directory does not speak of (bytes before, between and behind the members, names,
comments, extra fields) is read as `package` finds it. Nothing is written anywhere, so a name may climb as it likes.
"""

import struct
from typing import BinaryIO
from zipfile import ZipInfo

from lumbung.document import Passage, Place
from lumbung.read.harvest import Harvest
from lumbung.read.package import Broken, Package, gaps, names, open_package
from lumbung.read.unknown_part import take_in
from lumbung.read.unreadable import Unreadable

END = b"PK\x05\x06"


def harvest_archive(harvest: Harvest, file: BinaryIO, *, prefix: str = "") -> str:
    """Lay every member into the basket for opening; give the kind. Raise Unreadable("broken", "bomb", "encrypted").

    "encrypted" is said of an archive of which no member can be read; of one member it is named unread.
    """
    package = open_package(file, limits=harvest.limits, ledger=harvest.ledger, prefix=prefix)
    harvest.say([Passage(place=package.place("(nama bagian)"), text=names(package), swept=True)])
    if package.members and all(entry.flag_bits & 1 for entry in package.members):
        raise Unreadable("encrypted")
    if _is_split(file):
        harvest.miss(Place(part=prefix.removesuffix("!") or None), "broken")
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


def _is_split(file: BinaryIO) -> bool:
    """Whether the end record says that this is one disk of several."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    end = tail[tail.rfind(END) :][4:8]
    return len(end) == 4 and struct.unpack("<HH", end) not in ((0, 0), (0xFFFF, 0xFFFF))
