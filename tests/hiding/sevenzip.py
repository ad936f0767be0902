"""Where a number hides in a 7z archive, and in other archives that libarchive opens."""

import ctypes
import io
from collections.abc import Callable

import py7zr
import pytest

from tests.hiding import HidingPlace
from tests.read.planted import zipped

CALM = b"pasar,kios\nWage,3\n"


def csv(nik: str) -> bytes:
    return f"pasar,petugas\nWage,{nik}\n".encode()


def need_library() -> None:
    """Skip where the machine has no libarchive; .ci/system-packages says so loudly."""
    try:
        ctypes.CDLL("libarchive.so.13")
    except OSError:
        pytest.skip("libarchive13 is not installed")


def archive(name: str, content: bytes, *, password: str | None = None) -> bytes:
    """A 7z archive with a harmless member, and this one."""
    need_library()
    file = io.BytesIO()
    with py7zr.SevenZipFile(file, "w", password=password, header_encryption=bool(password)) as target:
        target.writestr(CALM, "pasar.csv")
        target.writestr(content, name)
    return file.getvalue()


def other(format: str, nik: str, *, name: str = "b.csv", filter: str | None = None) -> bytes:
    """An archive in one of the formats that libarchive writes."""
    need_library()
    import libarchive

    pieces: list[bytes] = []
    with libarchive.custom_writer(lambda piece: pieces.append(bytes(piece)) or len(piece), format, filter) as target:
        target.add_file_from_memory("pasar.csv", len(CALM), CALM)
        target.add_file_from_memory(name, len(csv(nik)), csv(nik))
    return b"".join(pieces)


def behind(format: str, nik: str, filter: str | None = None) -> bytes:
    """An archive of libarchive's formats with a ZIP archive behind its end, where libarchive stops in silence."""
    return other(format, "0", filter=filter) + zipped({"b.csv": csv(nik)})


def place(format: str, where: str, plant: Callable[[str], bytes], **rest: object) -> HidingPlace:
    return HidingPlace(format=format, where=where, plant=plant, **rest)  # type: ignore[arg-type]


PLACES = (
    place("7z", "a member", lambda nik: archive("b.csv", csv(nik)), at={"part": "b.csv"}),
    place("7z", "the name of a member", lambda nik: archive(f"{nik}.csv", b"a,b\n")),
    place("7z", "bytes behind the end", lambda nik: archive("b.csv", CALM) + b"milik " + nik.encode()),
    place("7z", "an archive in an archive", lambda nik: archive("dalam.7z", archive("b.csv", csv(nik)))),
    place(
        "7z", "an archive under a password", lambda nik: archive("b.csv", csv(nik), password="x"), answer="encrypted"
    ),
    place("cpio", "a member", lambda nik: other("cpio", nik), at={"part": "b.csv"}),
    place("cpio", "the name of a member", lambda nik: other("cpio", "0", name=nik)),
    place("cpio", "bytes behind the last member", lambda nik: other("cpio", "0") + b"milik " + nik.encode()),
    place("cpio", "an archive behind the last member", lambda nik: behind("cpio", nik)),
    place("lz4", "an archive behind the last frame", lambda nik: behind("ustar", nik, "lz4")),
    place("lz", "a packed tar archive", lambda nik: other("ustar", nik, filter="lzip")),
    place(
        "lz", "an archive behind the last member", lambda nik: behind("ustar", nik, "lzip"), answer="not-fully-read"
    ),
    place("ar", "a member", lambda nik: other("ar_svr4", nik)),
    place("iso", "a member", lambda nik: other("iso9660", nik)),
    place("zst", "a packed tar archive", lambda nik: other("ustar", nik, filter="zstd")),
    place("lz4", "a packed tar archive", lambda nik: other("ustar", nik, filter="lz4")),
    place("z", "a packed tar archive", lambda nik: other("ustar", nik, filter="compress")),
)
