"""Where a number hides in a database of Microsoft Access. It is never called wholly read; what is seen is told."""

from collections.abc import Callable

from tests.hiding import HidingPlace

PAGE = 0x1000


def database(content: bytes) -> bytes:
    """Pages of a database without a table, with this on a page of rows."""
    head = b"\0\1\0\0Standard Jet DB\0" + b"\1\0\0\0"
    catalogue, rows = b"\2\1" + bytes(40), b"\1\1" + bytes(40) + content
    return b"".join(page.ljust(PAGE, b"\0") for page in (head, b"\1\1", catalogue, rows))


def place(where: str, plant: Callable[[str], bytes], **rest: object) -> HidingPlace:
    return HidingPlace(format="access", where=where, plant=plant, **rest)  # type: ignore[arg-type]


PLACES = (
    place("a row on a page, as compressed text", lambda nik: database(b"\xff\xfe" + nik.encode())),
    place("a row on a page, as two-byte text", lambda nik: database(nik.encode("utf-16-le"))),
    place("a row beside another number", lambda nik: database(b"\xff\xfe" + nik.encode() + b"3300000000000000")),
    place(
        "a database that is encrypted",
        lambda nik: database(nik.encode()).replace(b"\2\1", b"\7\7"),
        answer="encrypted",
    ),
)
