"""A ZIP archive behind the end of a file that is none: programs see the file, an unpacker sees the archive."""

import bz2
import gzip
import lzma
from collections.abc import Callable

from tests.hiding import HidingPlace
from tests.hiding.sqlite import database
from tests.hiding.tar import archive
from tests.read.planted import zipped
from tests.read.planted_xls import saved

CALM = b"pasar,kios\nWage,3\n"


def behind(format: str, file: Callable[[], bytes], where: str = "a ZIP archive behind the end") -> HidingPlace:
    """A harmless file, and behind it an archive with a table."""
    return HidingPlace(
        format=format,
        where=where,
        plant=lambda nik: file() + zipped({"data.csv": f"pasar,petugas\nWage,{nik}\n"}),
        at={"part": "data.csv"} if format == "zip" else {},
    )


PLACES = (
    behind("gz", lambda: gzip.compress(CALM)),
    behind("bz2", lambda: bz2.compress(CALM)),
    behind("xz", lambda: lzma.compress(CALM)),
    behind("tar", archive),
    behind("zip", lambda: zipped({"a.csv": CALM}), "another archive behind the end"),
    behind("sqlite", database),
    behind("xls", lambda: saved(lambda book: book.add_sheet("Data").write(0, 0, "Dusun"))),
)
