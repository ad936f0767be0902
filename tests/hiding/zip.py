"""Where a number hides in a ZIP archive of files."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from tests.hiding import HidingPlace
from tests.read.planted import struck, zipped

CALM = {"pasar.csv": "pasar,kios\nWage,3\nPahing,5\n"}


def archive(name: str, content: str | bytes) -> bytes:
    """An archive with a harmless member, and this one."""
    return zipped({**CALM, name: content})


def written(change: Callable[[zipfile.ZipFile], None]) -> bytes:
    """An archive with a harmless member, and what this does to it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in CALM.items():
            target.writestr(name, content)
        change(target)
    return file.getvalue()


def csv(nik: str) -> str:
    return f"pasar,petugas\nWage,{nik}\n"


def entry(name: str = "catatan.txt", **marks: object) -> zipfile.ZipInfo:
    """A member's entry with these attributes."""
    made = zipfile.ZipInfo(name)
    for mark, value in marks.items():
        setattr(made, mark, value)
    return made


def commented(nik: str) -> bytes:
    def change(target: zipfile.ZipFile) -> None:
        target.comment = f"milik {nik}".encode()

    return written(change)


def local_extra(nik: str) -> bytes:
    """An extra field in the member's own header, of which the directory does not speak."""
    data = archive("b.csv", "a,b\n")
    field = struct.pack("<HH", 0x7777, len(nik)) + nik.encode()
    name_end = data.index(b"b.csv") + 5
    header = data.index(b"PK\3\4", 4)
    grown = bytearray(data[:name_end] + field + data[name_end:])
    grown[header + 28 : header + 30] = struct.pack("<H", len(field))
    end = grown.rfind(b"PK\5\6")
    (start,) = struct.unpack("<I", grown[end + 16 : end + 20])
    grown[end + 16 : end + 20] = struct.pack("<I", start + len(field))
    return bytes(grown)


def short_size(nik: str) -> bytes:
    """The directory tells a smaller size, and the checksum of so much; the stream goes on."""
    content = f"a,b\n1,2\n{nik},3\n".encode()
    data = archive("b.csv", content)
    shown = content[:8]
    true, told = (struct.pack("<II", zlib.crc32(part), len(part)) for part in (content, shown))
    for whole, part in ((true[:4], told[:4]),):
        data = data.replace(whole, part)
    at = data.rfind(b"PK\1\2")
    for position, offset in ((at, 24), (data.index(b"PK\3\4", 4), 22)):
        data = data[: position + offset] + told[4:] + data[position + offset + 4 :]
    return data


def behind_stream(nik: str) -> bytes:
    """Bytes between the end of a packed stream and the end of its member."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = b"a,b\n1,2\n"
    stream = packer.compress(content) + packer.flush() + nik.encode()
    name = b"b.csv"
    common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, zlib.crc32(content), len(stream), len(content), len(name), 0)
    local = b"PK\3\4" + common + name + stream
    directory = b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    return local + directory + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(directory), len(local), 0)


def twice(nik: str) -> bytes:
    """Two members of one name."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return written(lambda target: (target.writestr("a.csv", csv(nik)), target.writestr("a.csv", "a,b\n")))  # type: ignore[arg-type,func-returns-value,return-value]


def locked(nik: str) -> bytes:
    """A member that is marked as encrypted."""
    data = bytearray(archive("b.csv", csv(nik)))
    data[data.index(b"PK\3\4", 4) + 6] |= 1
    data[data.rfind(b"PK\1\2") + 8] |= 1
    return bytes(data)


def nested(depth: int) -> Callable[[str], bytes]:
    """An archive in an archive, so many times."""

    def plant(nik: str) -> bytes:
        data = archive("warga.csv", csv(nik))
        for _ in range(depth):
            data = archive("dalam.zip", data)
        return data

    return plant


def place(where: str, plant: Callable[[str], bytes], **rest: object) -> HidingPlace:
    return HidingPlace(format="zip", where=where, plant=plant, **rest)  # type: ignore[arg-type]


PLACES = (
    place("a member", lambda nik: archive("b.csv", csv(nik)), at={"part": "b.csv"}),
    place("a member with another name's ending", lambda nik: archive("logo.png", csv(nik))),
    place("a member whose name climbs out of the folder", lambda nik: archive("../../etc/b.csv", csv(nik))),
    place("the name of a member", lambda nik: archive(f"{nik}.csv", "a,b\n1,2\n")),
    place("the name of an empty folder", lambda nik: archive(f"{nik}/", "")),
    place("a member kept unpacked", lambda nik: written(lambda it: it.writestr(entry(), csv(nik)))),
    place(
        "a member packed by bzip2", lambda nik: written(lambda it: it.writestr("b.csv", csv(nik), zipfile.ZIP_BZIP2))
    ),
    place("a member packed by LZMA", lambda nik: written(lambda it: it.writestr("b.csv", csv(nik), zipfile.ZIP_LZMA))),
    place("two members of one name", twice),
    place("the comment of the archive", commented),
    place("the comment of a member", lambda nik: written(lambda it: it.writestr(entry(comment=nik.encode()), "a"))),
    place(
        "an extra field of the directory",
        lambda nik: written(
            lambda it: it.writestr(entry(extra=struct.pack("<HH", 0x7777, len(nik)) + nik.encode()), "a")
        ),
    ),
    place("an extra field of the member's own header", local_extra),
    place("an archive in an archive", nested(1), at={"part": "dalam.zip!warga.csv"}),
    place("an archive in an archive in an archive", nested(2)),
    place("an archive too deep in archives", nested(4), answer="not-fully-read"),
    place("a member that the directory does not list", lambda nik: struck(archive("b.csv", csv(nik)), "b.csv")),
    place("bytes behind the end", lambda nik: zipped(CALM) + f"\nmilik {nik}\n".encode(), at={"hidden": True}),
    place("a program in front, that unpacks itself", lambda nik: b"MZ" + bytes(62) + archive("b.csv", csv(nik))),
    place("a stream that goes on behind its stated size", short_size, answer="not-fully-read"),
    place("bytes behind the end of a member's stream", behind_stream, answer="not-fully-read"),
    place("an encrypted member", locked, answer="not-fully-read"),
    place("an unknown file inside", lambda nik: archive("x.bin", b"\0\1\2\3" * 9 + nik.encode() + b"\4\5\6\7" * 9)),
)
