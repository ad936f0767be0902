"""Workbook packages, what lies around their parts: the archive's directory, and bytes it does not speak of."""

import io
import zipfile
from collections.abc import Callable

from tests.hiding import HidingPlace
from tests.read.planted import package, struck, zipped


def place(where: str, plant: Callable[[str], bytes]) -> HidingPlace:
    """A row whose file is a sound workbook with something in its archive that is no part of it."""
    return HidingPlace(format="xlsx", where=where, plant=plant)


def with_note(nik: str) -> bytes:
    """The number in the comment of the archive."""
    return _added(lambda archive: setattr(archive, "comment", nik.encode()))


def with_member_note(nik: str) -> bytes:
    """The number in the comment of a member, which only the directory keeps."""
    entry = zipfile.ZipInfo("xl/x.xml")
    entry.comment = nik.encode()
    return _added(lambda archive: archive.writestr(entry, "<a/>"))


def with_extra(nik: str) -> bytes:
    """The number in an extra field of a member."""
    entry = zipfile.ZipInfo("xl/x.xml")
    entry.extra = b"\xfe\xca\x10\x00" + nik.encode()
    return _added(lambda archive: archive.writestr(entry, "<a/>"))


def with_namesake(nik: str) -> bytes:
    """Two members of one name; programs differ about which of them counts."""

    def add(archive: zipfile.ZipFile) -> None:
        archive.writestr("xl/x.xml", f"<a>{nik}</a>")
        archive.filelist.append(archive.filelist.pop())
        entry = zipfile.ZipInfo("xl/x.xml")
        archive.NameToInfo.pop("xl/x.xml")
        archive.writestr(entry, "<a>1</a>")

    return _added(add)


def _added(change: Callable[[zipfile.ZipFile], object]) -> bytes:
    buffer = io.BytesIO(package())
    with zipfile.ZipFile(buffer, "a") as archive:
        change(archive)
        archive._didModify = True  # type: ignore[attr-defined]  # a comment alone is not written otherwise
    return buffer.getvalue()


PLACES = (
    place("the comment of the archive", with_note),
    place("the comment of a member", with_member_note),
    place("an extra field of a member", with_extra),
    place("a member under another of the same name", with_namesake),
    place(
        "a member struck from the directory", lambda nik: struck(package({"xl/a.xml": f"<a>{nik}</a>"}), "xl/a.xml")
    ),
    place("behind the end of the archive", lambda nik: package() + nik.encode()),
    place("behind the end of the archive, in UTF-16", lambda nik: package() + b"\0\1" + nik.encode("utf-16-le")),
    place("another archive behind the end of the archive", lambda nik: package() + zipped({"a.csv": f"{nik},1\n"})),
)
