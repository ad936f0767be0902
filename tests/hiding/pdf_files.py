"""Small PDFs written object by object, so that a test can plant a number in any place of them."""

import zlib
from collections.abc import Mapping

HELVETICA = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
GREETING = "BT /F1 12 Tf 72 700 Td (Laporan tahunan desa) Tj ET"


def stream(content: bytes | str, keys: str = "", *, packed: bool = True) -> bytes:
    """A stream object's text."""
    data = content.encode("latin-1") if isinstance(content, str) else content
    if packed:
        data, keys = zlib.compress(data), f"{keys}/Filter/FlateDecode"
    return f"<<{keys}/Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream"


def objects(
    page: str = "", content: str | bytes = GREETING, *, catalog: str = "", resources: str = "", **more: bytes | str
) -> dict[int, bytes]:
    """A sound document of one page with further keys in its page, catalogue and resources, and objects `n10`, ..."""
    kept: dict[int, bytes | str] = {
        1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        f"/Resources<</Font<</F1 5 0 R>>{resources}>>{page}>>",
        4: stream(content),
        5: HELVETICA,
    }
    kept |= {int(name.removeprefix("n")): body for name, body in more.items()}
    return {number: body.encode("latin-1") if isinstance(body, str) else body for number, body in kept.items()}


def written(kept: Mapping[int, bytes], *, trailer: str = "", before: bytes = b"", between: bytes = b"") -> bytes:
    """The objects as a file with its table; `between` stands behind the first object."""
    data, places = before + b"%PDF-1.7\n", dict[int, int]()
    for number, body in kept.items():
        places[number] = len(data)
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n" + (between if number == 1 else b"")
    return data + ending(places, len(data), trailer=f"/Root 1 0 R{trailer}")


def ending(places: Mapping[int, int], start: int, *, trailer: str) -> bytes:
    """The table of objects and what follows it."""
    size = max(places) + 1
    lines = "".join(f"{number} 1\n{place:010d} 00000 n \n" for number, place in sorted(places.items()))
    table = f"xref\n0 1\n0000000000 65535 f \n{lines}"
    return f"{table}trailer\n<</Size {size}{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()


def updated(before: bytes, changed: Mapping[int, bytes]) -> bytes:
    """The file with these objects written anew behind its end, as programs save a small change."""
    last = before.rpartition(b"startxref\n")[2].split(b"\n")[0].decode()
    data, places = before, dict[int, int]()
    for number, body in changed.items():
        places[number] = len(data)
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    return data + ending({**places}, len(data), trailer=f"/Root 1 0 R/Prev {last}")
