"""What a package is giving while it is being opened: tables, passages, what was not read, and files found inside."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from lumbung.document import Passage, Place, Table, Unread
from lumbung.read.ledger import Ledger
from lumbung.read.limits import Limits
from lumbung.read.opened import Parts

MOST_NAMED = 500  # parts left unread, one by one; the file is held for the first of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    """A file found inside another. `prefix` is its place, `depth` counts the files around it."""

    data: bytes
    prefix: str
    depth: int


@dataclass(slots=True)
class Harvest:
    """A basket passed along while a file is opened; `inner` is opened in its turn, when the file around it is done."""

    limits: Limits
    depth: int = 0
    tables: list[Table] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    inner: deque[Inner] = field(default_factory=deque)
    ledger: Ledger = field(default_factory=Ledger)
    nested_bytes: int = 0
    nested_files: int = 0
    pictures: set[bytes] = field(default_factory=set)  # digests of those met
    looks: int = 0  # at pictures' pixels, each up to a second
    spelled: int = 0  # pixels of lines of text on pictures

    def say(self, passages: Iterable[Passage]) -> None:
        """Keep passages, without those that have no text."""
        self.passages += [_sound(passage) for passage in passages if passage.text.strip()]

    def take(self, parts: Parts, *, prefix: str) -> None:
        """Keep what a reader gave of a file that lies at `prefix`."""
        self.tables += [replace(table, place=_under(prefix, table.place)) for table in parts.tables]
        self.say(replace(passage, place=_under(prefix, passage.place)) for passage in parts.passages)
        for missed in parts.unread:
            self.miss(_under(prefix, missed.place), missed.why)
        for key in parts.taken:
            self.ledger.take(prefix, key)

    def miss(self, place: Place, why: str) -> None:
        """Name a part that was not wholly read, once."""
        missed = Unread(place=place, why=why)
        if len(self.unread) < MOST_NAMED and missed not in self.unread:
            self.unread.append(missed)

    def find_inside(self, data: bytes, place: Place) -> None:
        """Keep a file found inside for opening; past the ceilings, which the whole nest shares, it is named unread."""
        self.nested_bytes += len(data)
        self.nested_files += 1
        if self.depth >= self.limits.nesting:
            self.miss(place, "too-deep")
        elif self.nested_bytes > self.limits.bytes or self.nested_files > self.limits.members:
            self.miss(place, "too-large")
        else:
            self.inner.append(Inner(data=data, prefix=f"{place.part}!", depth=self.depth + 1))

    def parts(self, kind: str) -> Parts:
        """The basket as a reader's answer."""
        return Parts(format=kind, tables=tuple(self.tables), passages=tuple(self.passages), unread=tuple(self.unread))


def _under(prefix: str, place: Place) -> Place:
    return place.but(part=(prefix + place.part) if place.part else prefix.removesuffix("!")) if prefix else place


def _sound(passage: Passage) -> Passage:
    """The passage with halves of letters, which damaged headers leave and no column bears, as signs of damage."""
    try:
        passage.text.encode()
    except UnicodeEncodeError:
        return replace(passage, text=passage.text.encode("utf-8", "replace").decode())
    return passage
