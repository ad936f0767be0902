"""Where a number hides in a tar archive."""

import io
import tarfile
from collections.abc import Callable

from tests.hiding import HidingPlace


def archive(content: str = "a,b\n1,2\n", *, format: int = tarfile.PAX_FORMAT, **marks: object) -> bytes:
    """An archive of a harmless member, and one with this content and these marks."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=format) as target:
        for name, text, given in (("pasar.csv", "pasar,kios\nWage,3\n", {}), ("b.csv", content, marks)):
            member = tarfile.TarInfo(name)
            for mark, value in given.items():
                setattr(member, mark, value)
            member.size = len(text.encode()) if member.isreg() else 0
            target.addfile(member, io.BytesIO(text.encode()))
    return file.getvalue()


def in_padding(nik: str) -> bytes:
    """Behind a member's content, where blocks are filled up."""
    data = archive()
    at = data.index(b"a,b\n1,2\n") + 100
    return data[:at] + nik.encode() + data[at + len(nik) :]


def oldest(nik: str) -> bytes:
    """An archive without the mark that later ones bear; its checksums are right."""
    data = archive(f"a,b\n{nik},2\n", format=tarfile.USTAR_FORMAT)
    for at in (0, 1024):
        head = bytearray(data[at : at + 257]) + bytes(255)
        head[148:156] = b" " * 8
        head[148:156] = f"{sum(head):06o}\0 ".encode()
        data = data[:at] + bytes(head) + data[at + 512 :]
    return data


def place(where: str, plant: Callable[[str], bytes], **rest: object) -> HidingPlace:
    return HidingPlace(format="tar", where=where, plant=plant, **rest)  # type: ignore[arg-type]


PLACES = (
    place("a member", lambda nik: archive(f"a,b\n{nik},2\n"), at={"part": "b.csv"}),
    place("the name of a member", lambda nik: archive(name=f"{nik}.csv")),
    place("a name too long for its field", lambda nik: archive(name="x" * 120 + f"/{nik}.csv")),
    place("a long name in GNU's way", lambda nik: archive(format=tarfile.GNU_FORMAT, name="x" * 120 + f"/{nik}")),
    place("the name of its owner", lambda nik: archive(uname=nik)),
    place("the name of its group", lambda nik: archive(gname=nik)),
    place("where a link leads", lambda nik: archive(type=tarfile.SYMTYPE, linkname=f"/data/{nik}")),
    place("a record of the extended header", lambda nik: archive(pax_headers={"LUMBUNG.catatan": f"milik {nik}"})),
    place("the filling behind a member", in_padding),
    place("bytes behind the end", lambda nik: archive() + f"milik {nik}".encode(), at={"hidden": True}),
    place("a member in the oldest layout", oldest),
)
