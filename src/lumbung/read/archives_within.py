"""ZIP archives in the middle of bytes that belong to nothing: behind the end of a workbook or a database.

Source: PKWARE APPNOTE 4.3.6: an archive begins with a member's header and ends with the record of its directory.
"""

from lumbung.document import Place
from lumbung.read.harvest import Harvest

HEADER, END, END_SIZE = b"PK\x03\x04", b"PK\x05\x06", 22


def harvest_archives(harvest: Harvest, data: bytes, *, place: Place) -> None:
    """Lay the archive that lies in the bytes into the basket; several behind each other are one, and opened as one."""
    start = data.find(HEADER)
    if start < 0:
        return
    if data.rfind(END) > start:
        harvest.find_inside(completed(data[start:]), place)
    else:
        harvest.miss(place, "broken")


def completed(data: bytes) -> bytes:
    """An archive with the zeros at its end that were taken for filling."""
    end = data.rfind(END)
    return data if end < 0 else data.ljust(end + END_SIZE, b"\0")
