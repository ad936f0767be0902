"""A PDF as bytes: what its table of objects does not speak of. Older versions, deleted objects, and what lies between.

Source: ISO 32000-2, 7.5 (file structure, incremental updates). Programs append changes and leave everything else where
it is: what was deleted is still in the file.
"""

import io
import re
from collections.abc import Iterator
from contextlib import suppress

import pikepdf

from lumbung.document import Passage, Place
from lumbung.read.harvest import Harvest
from lumbung.read.pdf_objects import named, sweep_objects
from lumbung.read.sweep import swept, text_of_bytes
from lumbung.read.unknown_part import take_in

HEADER = 1024  # bytes among which the first mark stands
OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,10})[ \t\r\n\f\0]{1,20}([0-9]{1,5})[ \t\r\n\f\0]{1,20}obj(?![a-z])")
END = re.compile(rb"%%EOF[ \t]*\r?\n?")
START = re.compile(rb"startxref\s+([0-9]{1,12})\s*\Z")
TABLE = re.compile(
    rb"xref\s+(?:[0-9]+\s+[0-9]+\s+(?:[0-9]{10}[ ][0-9]{5}[ ][nf]\s*)*)+|startxref\s+[0-9]+|%%EOF|%PDF-\d\.\d"
)
IDENTITY = re.compile(rb"/ID\s*\[[^\]]*\]")
BINARY_MARK = re.compile(rb"^%[\x80-\xff]{1,12}\s*$", re.MULTILINE)
LONG_RUN = re.compile(rb"[ -~]{0,24}(?<![0-9.,])[0-9]{14,17}(?![0-9])[ -~]{0,8}")
MOST_VERSIONS = 12
MOST_OBJECTS = 200_000
MARK_OF_VERSION = "(versi sebelumnya "


def take_bytes(
    harvest: Harvest, data: bytes, pdf: pikepdf.Pdf, taken: set[tuple[int, int]], *, prefix: str = ""
) -> None:
    """Into the basket: what lies outside the objects, objects that no table lists any more, and earlier versions.

    `taken` are the objects that were looked into; their bytes, and all that is read here, are entered in the books.
    """
    place = Place(part=prefix.removesuffix("!") or None)
    starts = [match.start() for match in OBJECT.finditer(data)]
    if len(starts) > MOST_OBJECTS:
        harvest.miss(place, "too-large")
        return
    _take_gaps(harvest, data, starts, prefix=prefix)
    header = max(0, data.find(b"%PDF"))
    listed = {entry.offset: number for number, entry in pdf.get_xref_table().items() if entry.type == 1}
    numbers = {start: listed.get(start, listed.get(start - header)) for start in starts}
    following = dict(zip(starts, [*starts[1:], len(data)], strict=True))
    extents = {start: _end_of(data, start, following[start]) for start in starts}
    _enter_listed(harvest, data, pdf, taken, [(start, extents[start], numbers[start]) for start in starts], prefix)
    lost = {start: extents[start] for start in starts if numbers[start] is None}
    if lost:
        _take_old(harvest, data, lost, prefix, header=header, is_encrypted=pdf.is_encrypted)


def _enter_listed(
    harvest: Harvest,
    data: bytes,
    pdf: pikepdf.Pdf,
    taken: set[tuple[int, int]],
    objects: list[tuple[int, int, tuple[int, int] | None]],
    prefix: str,
) -> None:
    """Enter the objects that were looked into. Bare numbers among them, which nobody looks into, are text."""
    place = Place(part=prefix.removesuffix("!") or None)
    bare: list[bytes] = []
    for start, end, number in objects:
        if number is None:
            continue
        if number not in taken and not isinstance(pdf.get_object(number), pikepdf.Object):
            bare.append(data[start:end])
        elif number not in taken:
            continue
        harvest.ledger.cover(prefix, start, end)
    where = place.but(part=named(place, "objek"), hidden=True)
    harvest.say(swept(where, text_of_bytes(b"\0\0\0".join(OBJECT.sub(b"", one, count=1) for one in bare))))


def _take_old(
    harvest: Harvest, data: bytes, lost: dict[int, int], prefix: str, *, header: int, is_encrypted: bool
) -> None:
    """Objects in no table, from start to end, and the versions of the file in which they stood."""
    place = Place(part=prefix.removesuffix("!") or None)
    old = place.but(part=named(place, "objek lama"), hidden=True)
    if is_encrypted:
        harvest.miss(old, "encrypted")
    else:
        is_coded = _take_lost(harvest, [data[start:end] for start, end in lost.items()], place)
        versions = _take_versions(harvest, data[header:], place)
        if is_coded and not versions:
            harvest.miss(old, "unknown-format")
    for start, end in lost.items():
        harvest.ledger.cover(prefix, start, end)


def _take_gaps(harvest: Harvest, data: bytes, starts: list[int], *, prefix: str) -> None:
    """Bytes before, between and behind the objects."""
    place = Place(part=prefix.removesuffix("!") or None)
    last = data.rfind(b"%%EOF")
    gaps = list(_between(data, starts, last if last >= 0 else len(data)))
    between = b"\n".join(data[start:end] for start, end in gaps)
    loose = IDENTITY.sub(b"", BINARY_MARK.sub(b"", TABLE.sub(b"", between)))
    if loose.strip():
        take_in(
            harvest, [loose.lstrip(b"\0\r\n\t ")], place=place.but(part=named(place, "di luar objek"), hidden=True)
        )
    for start, end in gaps:
        harvest.ledger.cover(prefix, start, end)
    if last < 0:
        return
    behind = data[last + 5 :].lstrip(b"\0\r\n\t \x1a")
    if behind:
        take_in(harvest, [behind], place=place.but(part=named(place, "di belakang berkas"), hidden=True))
    harvest.ledger.cover(prefix, last, len(data))


def _between(data: bytes, starts: list[int], stop: int) -> Iterator[tuple[int, int]]:
    """From where to where no object lies, as far as `stop`."""
    yield 0, starts[0] if starts else stop
    for start, following in zip(starts, [*starts[1:], stop], strict=True):
        end = _end_of(data, start, following)
        if end < following:
            yield end, following


def _end_of(data: bytes, start: int, following: int) -> int:
    """Where an object ends: behind the first endobj, or for a stream behind the first after its last endstream."""
    stream = data.find(b"stream", start, following)
    first = data.find(b"endobj", start, following)
    if 0 <= stream < first or first < 0:
        first = data.find(b"endobj", max(start, data.rfind(b"endstream", start, following)), following)
    return first + 6 if first >= 0 else following


def _take_lost(harvest: Harvest, pieces: list[bytes], place: Place) -> bool:
    """Objects that are in the file and in no table: written into a PDF of their own, and swept there.

    True where some show pictures, or text in codes that only their fonts know.
    """
    where = place.but(part=named(place, "objek lama"), hidden=True)
    harvest.say(swept(where, _long_runs(b"\n".join(pieces))))
    try:
        with pikepdf.open(io.BytesIO(_around(pieces)), suppress_warnings=True) as old:
            found = sweep_objects(harvest, old, place, label="lama, ")
            return found.is_coded or bool(found.pictures)
    except (pikepdf.PdfError, ValueError, RecursionError):
        harvest.miss(where, "broken")
        return True


def _around(pieces: list[bytes]) -> bytes:
    """A PDF of one empty page and these objects, under new numbers."""
    own = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    own.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")
    bodies = [b"1 0 obj\n" + body + b"\nendobj" for body in own] + pieces
    data, table = b"%PDF-1.7\n", b""
    for number, body in enumerate(bodies, 1):
        table += b"%010d 00000 n \n" % len(data)
        data += OBJECT.sub(b"%d 0 obj" % number, body, count=1) + b"\n"
    size = len(bodies) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    return data + head + table + tail


def _long_runs(data: bytes) -> str:
    return "\n".join(run.decode("latin-1") for run in LONG_RUN.findall(data))


def _take_versions(harvest: Harvest, data: bytes, place: Place) -> int:
    """Every earlier state of the file, as a file of its own; how many there are."""
    if MARK_OF_VERSION in (place.part or ""):
        return 1
    ends = [match.end() for match in END.finditer(data)]
    number = 0
    for end in ends[:-1]:
        start = START.search(
            data[max(0, end - 80) : end].removesuffix(b"\n").removesuffix(b"\r").removesuffix(b"%%EOF")
        )
        if start is None or not 0 < int(start[1]) < end:
            continue
        number += 1
        part = place.but(part=named(place, "x").replace("(x)", f"{MARK_OF_VERSION}{number})"), hidden=True)
        if number > MOST_VERSIONS:
            harvest.miss(part, "too-deep")
            break
        with suppress(pikepdf.PdfError, ValueError):
            pikepdf.open(io.BytesIO(data[:end]), suppress_warnings=True, attempt_recovery=False).close()
            harvest.find_inside(data[:end], part)
    return number


def long_numbers(harvest: Harvest, data: bytes, place: Place) -> None:
    """Long numbers that stand plainly in the bytes and that nothing else has shown, wherever they stand."""
    runs = _long_runs(TABLE.sub(b"", IDENTITY.sub(b"", data)))
    if runs:
        seen = "\n".join(passage.text for passage in harvest.passages)
        fresh = [run for run in runs.split("\n") if re.sub(r".*?(\d{14,17}).*", r"\1", run) not in seen]
        where = place.but(part=named(place, "byte mentah"), hidden=True)
        harvest.say([Passage(place=where, text="\n".join(fresh), swept=True)])
