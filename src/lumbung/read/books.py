"""Which books are kept of which file: one line a kind of container.

A book lists what is present by the file's own directory or headers, walked anew and by nobody's leave; behind the
doors of EXTENTS it is the bytes themselves that must be covered, every one that is not blank. What stands in neither
is a flat file, one part.
"""

import re
import zipfile
from collections.abc import Callable, Iterator

import olefile

from lumbung.read.books_archives import packed_members
from lumbung.read.books_columns import arrow_columns, parquet_columns
from lumbung.read.books_mail import mail_parts
from lumbung.read.books_packages import members, streams
from lumbung.read.books_pictures import picture_parts
from lumbung.read.books_sqlite import tables
from lumbung.read.opened import Opened
from lumbung.read.packed_kinds import MARK as PACKED
from lumbung.read.present import Present

HEAD = 2**16
ZIP = re.compile(rb"PK\x03\x04|PK\x07\x08PK\x03\x04|MZ")  # a program may have an archive behind it
Book = Callable[[Opened], Iterator[Present]]
MARKS: tuple[tuple[re.Pattern[bytes], Book], ...] = (  # by the first bytes, whichever door a file went through
    (re.compile(re.escape(olefile.MAGIC)), streams),
    (PACKED, packed_members),
)
DOORS: dict[str, Book] = {  # by the door
    "sqlite": tables,
    "parquet": parquet_columns,
    "arrow": arrow_columns,
    "picture": picture_parts,
    "mail": mail_parts,
}
EXTENTS = frozenset({"tar", "gz", "bz2", "xz", "pdf", "rtf"})  # doors behind which every byte has to be covered
MARK = re.compile(rb"[^\0\t\r\n ]")


def book_of(opened: Opened, door: str) -> Book | None:
    """The book of a container; None for a flat file, or one of EXTENTS. `door` is what `sniff` said."""
    head = opened.data[:HEAD]
    if ZIP.match(head):
        opened.file.seek(0)
        return members if zipfile.is_zipfile(opened.file) else None
    return next((book for mark, book in MARKS if mark.match(head)), DOORS.get(door))


def uncovered(opened: Opened, covered: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where bytes lie that nobody covered and that are not all blank: from, to."""
    position = 0
    for start, end in [*sorted(covered), (opened.size, opened.size)]:
        if start > position and MARK.search(opened.data, position, start):
            yield position, start
        position = max(position, end)
