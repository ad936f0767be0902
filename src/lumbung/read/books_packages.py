"""What is present in ZIP archives and compound files, by their own directories and by nothing that a reader keeps.

Sources: PKWARE APPNOTE 6.3, 4.3.12 (central directory); MS-CFB 2.6 (directory sectors).
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO

import olefile

from lumbung.read.opened import Opened
from lumbung.read.present import DAMAGE, Present

BETWEEN = "(di luar daftar isi)"


def members(opened: Opened) -> Iterator[Present]:
    """Members with content, and whatever of the archive no member of its directory covers."""
    opened.file.seek(0)
    try:
        with zipfile.ZipFile(opened.file) as archive:
            entries = archive.infolist()
    except (*DAMAGE, zipfile.BadZipFile):
        return
    for entry in entries:
        if entry.file_size or entry.compress_size:
            yield Present(name=entry.filename, key=str(entry.header_offset), size=entry.file_size)
    packed = sum(entry.compress_size for entry in entries)
    yield Present(name=BETWEEN, key=BETWEEN, size=max(0, opened.size - packed))


def streams(opened: Opened) -> Iterator[Present]:
    """Streams with content."""
    try:
        with olefile.OleFileIO(BytesIO(opened.data[:])) as compound:
            for path in compound.listdir():
                if size := compound.get_size(path):
                    yield Present(name=stream_name(path), key="/".join(path), size=size)
    except DAMAGE:
        return


def stream_name(path: list[str]) -> str:
    """What a stream is called in a place: control characters left out."""
    return "/".join(path).replace("\x01", "").replace("\x05", "")
