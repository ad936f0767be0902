"""A tar archive: every member goes through the doors, and every byte that is no member's content is text.

Source: POSIX.1-2017 pax (ustar and extended headers), the GNU tar manual. Headers hold names, owners, links and
records of any kind as plain text, so that all of them are swept as they stand. Nothing is written anywhere.
"""

import io
import tarfile

from lumbung.document import Place
from lumbung.read.harvest import Harvest
from lumbung.read.sweep import swept, text_of_bytes
from lumbung.read.unknown_part import take_in
from lumbung.read.unreadable import Unreadable

DAMAGE = (tarfile.TarError, OSError, EOFError, ValueError, IndexError, KeyError, OverflowError, TypeError)


def harvest_tar(harvest: Harvest, data: bytes, *, prefix: str = "") -> str:
    """Lay every member into the basket for opening; give the kind. Raise Unreadable("broken", "bomb")."""
    try:
        archive = tarfile.TarFile(fileobj=io.BytesIO(data), errors="surrogateescape")
        members = archive.getmembers()
    except (*DAMAGE, RecursionError) as damage:
        raise Unreadable("broken") from damage
    if len(members) > harvest.limits.members or sum(each.size for each in members) > harvest.limits.unfolded_bytes:
        raise Unreadable("bomb")
    covered = 0
    headers: list[bytes] = []
    for member in members:
        if member.size > max(harvest.limits.steep_bytes, len(data)):
            raise Unreadable("bomb")
        _keep(harvest, archive, member, prefix=prefix)
        headers.append(data[covered : member.offset_data])
        harvest.ledger.cover(prefix, covered, member.offset_data)
        covered = member.offset_data + (0 if member.sparse else _stored(member))
    end = min(archive.offset, len(data))
    headers.append(data[covered:end])
    harvest.ledger.cover(prefix, covered, end)
    texts = [text for member in members for text in (member.name, member.linkname, member.uname, member.gname)]
    named = "\n".join(text.encode("utf-8", "replace").decode() for text in texts)
    harvest.say(swept(Place(part=prefix + "(nama bagian)"), f"{named}\n{text_of_bytes(_apart(headers))}"))
    if data[end:].strip(b"\0"):
        behind = Place(part=prefix + "(setelah akhir arsip)", hidden=True)
        take_in(harvest, [data[end:].strip(b"\0")], place=behind, cells=True)
        harvest.ledger.cover(prefix, end, len(data))
    return "tar"


def _apart(headers: list[bytes]) -> bytes:
    """The bytes around the members, in which the fields of a header are parted from each other."""
    return b"\0\0\0".join(headers).replace(b"ustar\x0000", b"ustar\0\0\0").replace(b"ustar  \0", b"ustar\0\0\0")


def _stored(member: tarfile.TarInfo) -> int:
    return member.size if member.isreg() else 0


def _keep(harvest: Harvest, archive: tarfile.TarFile, member: tarfile.TarInfo, *, prefix: str) -> None:
    place = Place(part=prefix + member.name.encode("utf-8", "replace").decode())
    if not member.isreg():
        return  # folders, links and devices have a header only
    try:
        stream = archive.extractfile(member)
        content = stream.read() if stream else b""
    except DAMAGE:
        harvest.miss(place, "broken")
        return
    if len(content) < member.size:
        harvest.miss(place, "broken")
    if content:
        harvest.find_inside(content, place)
    harvest.ledger.cover(prefix, member.offset_data, member.offset_data + (0 if member.sparse else member.size))
