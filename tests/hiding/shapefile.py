"""Where a number hides in a shapefile, and in a dBase table."""

import io
import struct
import zipfile
from collections.abc import Callable

import shapefile

from tests.hiding import HidingPlace

Parts = dict[str, bytes]
ROW = 41


def parts(text: str = "Krajan") -> Parts:
    """The three files of a shapefile with two points."""
    files = {name: io.BytesIO() for name in ("shp", "shx", "dbf")}
    with shapefile.Writer(**files, shapeType=shapefile.POINT, encoding="utf-8") as writer:  # type: ignore[arg-type]
        writer.field("desa", "C", ROW - 1)
        for number, name in enumerate((text, "Ngaglik")):
            writer.point(110.2 + number, -7.5)
            writer.record(name)
    return {name: file.getvalue() for name, file in files.items()}


def zipped(made: Parts) -> bytes:
    """The parts in one archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for extension, content in made.items():
            archive.writestr(f"desa.{extension}", content)
    return file.getvalue()


def with_part(extension: str, content: Callable[[bytes], bytes]) -> Callable[[str], bytes]:
    """A shapefile with one more part."""
    return lambda nik: zipped({**parts(), extension: content(nik.encode())})


def behind(extension: str) -> Callable[[str], bytes]:
    """Bytes behind the end of a part."""

    def plant(nik: str) -> bytes:
        made = parts()
        return zipped({**made, extension: made[extension] + b" " + nik.encode()})

    return plant


def overwritten(extension: str, start: int, content: Callable[[str], bytes]) -> Callable[[str], bytes]:
    """A part with these bytes written over its own."""

    def plant(nik: str) -> bytes:
        made, new = parts(), content(nik)
        old = made[extension]
        return zipped({**made, extension: old[:start] + new + old[start + len(new) :]})

    return plant


def deleted(nik: str) -> bytes:
    """A row with the mark of deletion: no program shows it, and it is there."""
    made = parts(nik)["dbf"]
    start = struct.unpack("<H", made[8:10])[0]
    return made[:start] + b"*" + made[start + 1 :]


def uncounted(nik: str) -> bytes:
    """Rows behind the number of rows that the header declares."""
    made = parts(nik)["dbf"]
    return made[:4] + struct.pack("<I", 0) + made[8:]


def between_fields(nik: str) -> bytes:
    """Bytes of a row that no field covers."""
    made = parts()["dbf"]
    start, length = struct.unpack("<HH", made[8:12])
    rows = [made[at : at + length] for at in (start, start + length)]
    longer = made[:10] + struct.pack("<H", length + 16) + made[12:start]
    return longer + rows[0] + nik.encode() + rows[1] + b" " * 16 + b"\x1a"


def memo(nik: str) -> bytes:
    """A memo in the file beside the table."""
    header = struct.pack("<B3BIHH20x", 0x83, 99, 1, 1, 1, 65, 11)
    table = header + struct.pack("<11sc4xB15x", b"catatan", b"M", 10) + b"\r" + b" " + b"1".rjust(10) + b"\x1a"
    return zipped({"dbf": table, "dbt": b"\0" * 512 + nik.encode() + b"\x1a\x1a"})


def old_memo(nik: str) -> bytes:
    """A memo that no row points to any more."""
    header = struct.pack("<B3BIHH20x", 0x83, 99, 1, 1, 1, 65, 11)
    table = header + struct.pack("<11sc4xB15x", b"catatan", b"M", 10) + b"\r" + b" " * 11 + b"\x1a"
    return zipped({"dbf": table, "dbt": b"\0" * 512 + nik.encode() + b"\x1a\x1a"})


PLACES = tuple(
    HidingPlace(format=format_, where=where, plant=plant)
    for format_, where, plant in (
        ("shapefile", "a row", lambda nik: zipped(parts(nik))),
        ("shapefile", "bytes behind the geometries", behind("shp")),
        ("shapefile", "bytes behind the index", behind("shx")),
        ("shapefile", "bytes behind the rows", behind("dbf")),
        ("shapefile", "the header of the geometries", overwritten("shp", 4, lambda nik: nik.encode())),
        ("shapefile", "a coordinate", overwritten("shp", 112, lambda nik: struct.pack("<d", float(nik)))),
        ("shapefile", "the bounds in the header", overwritten("shp", 36, lambda nik: struct.pack("<d", float(nik)))),
        ("shapefile", "the reference system", with_part("prj", lambda nik: b'GEOGCS["' + nik + b'"]')),
        ("shapefile", "the name of the code page", with_part("cpg", bytes)),
        ("shapefile", "metadata", with_part("shp.xml", lambda nik: b"<metadata><x>" + nik + b"</x></metadata>")),
        ("shapefile", "a spatial index", with_part("qix", lambda nik: b"SQT\1\1\0\0\0" + nik)),
        ("shapefile", "a file beside it", with_part("txt", lambda nik: b"NIK " + nik)),
        ("dbf", "a deleted row", deleted),
        ("dbf", "rows behind the declared number", uncounted),
        ("dbf", "bytes of a row between its fields", between_fields),
        (
            "dbf",
            "the reserved bytes of the header",
            lambda nik: parts()["dbf"][:12] + nik.encode() + parts()["dbf"][28:],
        ),
        ("dbf", "a memo", memo),
        ("dbf", "a memo that no row points to", old_memo),
    )
)
