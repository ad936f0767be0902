"""Any file into a Document. The only room that knows file formats.

One file per format; `sniff` recognises it by content, `doors.DOORS` says which reader takes it. A file found inside
another goes through the same doors. Meant to run in a confined child process: parsers may hang or crash.
"""

from io import BytesIO
from typing import BinaryIO

from lumbung.document import Document, Passage, Place
from lumbung.read.doors import DOORS
from lumbung.read.harvest import Harvest, Inner
from lumbung.read.ledger import Given
from lumbung.read.limits import Limits
from lumbung.read.opened import Opened, lay_open
from lumbung.read.shapefile import join_shapefiles
from lumbung.read.sniff import sniff
from lumbung.read.sweep import swept, text_of_bytes
from lumbung.read.unreadable import Unreadable

__all__ = ["Limits", "Unreadable", "read"]


def read(file: BinaryIO, *, name: str, limits: Limits | None = None, hashed: bool = True) -> Document:
    """Read a seekable file wholly. Raise Unreadable(code) where it cannot be read; parts that cannot are in `unread`.

    `name` decides nothing; it is one more passage, since people put identifiers in file names. `hashed` False leaves
    the digest "" for somebody else to reckon.
    """
    opened = lay_open(file, name=name, limits=limits or Limits(), hashed=hashed)
    harvest = Harvest(limits=opened.limits)
    kind = _open(harvest, opened, prefix="")
    while harvest.inner:
        _open_inner(harvest, harvest.inner.popleft())
    parts = harvest.parts(kind)
    return Document(
        sha256=opened.seen().digest,
        size=opened.size,
        format=parts.format,
        tables=parts.tables,
        passages=(Passage(place=Place(part="nama berkas"), text=name), *parts.passages),
        unread=parts.unread,
        coverage=harvest.ledger.coverage(_named(harvest)),
    )


def _open(harvest: Harvest, opened: Opened, *, prefix: str) -> str:
    """Through its door; then the books are balanced, whatever the reader behind the door believes to have read."""
    before, tables, passages = len(harvest.inner), len(harvest.tables), len(harvest.passages)
    door = sniff(opened)
    try:
        kind = DOORS[door](harvest, opened, prefix)
    except RecursionError as deep:  # things within things, of which some readers keep no count of their own
        raise Unreadable("bomb") from deep
    given = Given(tables=harvest.tables[tables:], passages=harvest.passages[passages:])
    join_shapefiles(harvest, since=before)
    for name in harvest.ledger.balance(opened, door=door, prefix=prefix, unread=_named(harvest), given=given):
        harvest.miss(Place(part=(prefix + name if name else prefix.removesuffix("!")) or None), "not-accounted")
    return kind


def _named(harvest: Harvest) -> frozenset[str]:
    return frozenset(missed.place.part or "" for missed in harvest.unread)


def _open_inner(harvest: Harvest, inner: Inner) -> None:
    """A file found inside; one that no door opens is named unread, and swept for what its bytes show anyway."""
    harvest.depth = inner.depth
    try:
        inside = lay_open(BytesIO(inner.data), name="", limits=harvest.limits, hashed=False)
        _open(harvest, inside, prefix=inner.prefix)
    except Unreadable as refusal:
        place = Place(part=inner.prefix.removesuffix("!"))
        harvest.miss(place, refusal.code)
        harvest.say(swept(place, text_of_bytes(inner.data)))
