"""What is present in archives that libarchive opens, by its own list of them, asked anew and without their content.

Source: libarchive.org, archive_read(3). A member is known by its size and by how many before it have the same, because
names are spelled in many ways. What lies behind the end that the archive itself states is a part of its own.
"""

from collections import Counter
from collections.abc import Iterator

from lumbung.read.opened import Opened
from lumbung.read.packed_ends import end_of
from lumbung.read.packed_kinds import clean_name, kind_of, library
from lumbung.read.present import Present

BEHIND = "(setelah akhir arsip)"
CONTENT = "(isi)"


def key_of(size: int, met: Counter[int]) -> str:
    """The key of one more member of this size; counts it in `met`.

    >>> met = Counter()
    >>> key_of(8, met), key_of(8, met)
    ('8 byte, 1', '8 byte, 2')
    """
    met[size] += 1
    return f"{size} byte, {met[size]}"


def packed_members(opened: Opened) -> Iterator[Present]:
    """Members with content; what libarchive cannot list is not here, and the reader says so."""
    data = opened.data[:]
    kind, format, filter = kind_of(data)
    behind = data[end_of(data, kind) :].strip(b"\0")
    if behind:
        yield Present(name=BEHIND, key=BEHIND, size=len(behind))
    if format == "raw":
        yield Present(name=CONTENT, key=CONTENT, size=len(data) - len(behind))
        return
    opener = library()
    if opener is None:
        return
    met: Counter[int] = Counter()
    try:
        with opener.read.memory_reader(data, format, filter) as archive:
            for entry in archive:
                if entry.isfile and entry.size and not entry.linkpath:
                    yield Present(name=clean_name(entry.pathname), key=key_of(entry.size, met), size=entry.size)
    except (opener.exception.ArchiveError, ValueError):
        return
