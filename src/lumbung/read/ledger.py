"""The books of a reading: what is present in a file, against what was taken out of it and read.

The readers do not keep these books. They enter what they fetched: a package every member that was unpacked to its end,
a compound file every stream, a database every table with the number of its rows, a tar archive the very bytes. Then
`books` asks the containers anew what is present. A reader that forgets a member, or what lies between the members, is
so found out, and the part named unread ("not-accounted"). A flat file (text) is one part, of which the bytes or words
are counted (`books_bytes`, `books_words`), as are the words in the markup of a package.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lumbung.document import Coverage, Passage, Table
from lumbung.read import books_bytes, books_words
from lumbung.read.books import EXTENTS, book_of, uncovered
from lumbung.read.opened import Opened
from lumbung.read.present import Present


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a reader gave of one file, without the files inside it."""

    tables: Sequence[Table]
    passages: Sequence[Passage]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the books: the place of a part, its size in bytes, whether it was taken out."""

    place: str
    size: int
    is_taken: bool


@dataclass(slots=True)
class Ledger:
    """What was taken out whole, by the container's place: parts by their keys, bytes by where they lie."""

    taken: set[tuple[str, str]] = field(default_factory=set)
    covered: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    places: set[str] = field(default_factory=set)  # of the entries

    def take(self, prefix: str, key: str) -> None:
        """Enter a part that was taken out to its end. `prefix` is the place of its container."""
        self.taken.add((prefix, key))

    def cover(self, prefix: str, start: int, end: int) -> None:
        """Enter bytes of the file at `prefix` that were read, or named unread by the reader itself."""
        if end > start:
            self.covered.setdefault(prefix, []).append((start, end))

    def balance(
        self, opened: Opened, *, door: str, prefix: str, unread: frozenset[str], given: Given
    ) -> Iterator[str]:
        """Enter a file that was read; give the names of parts that nobody took out and nobody named unread.

        `door` is what `sniff` said, `unread` the places that were named so far; of a file that is named as a whole no
        part is given. `given` is what its reader gave; where words of it are lacking the name is "", the whole file.
        """
        whole, book = prefix.removesuffix("!"), book_of(opened, door)
        if book:
            forgotten = list(self._by_parts(book(opened), prefix))
        elif door in EXTENTS:
            forgotten = list(self._by_bytes(opened, prefix))
        else:
            forgotten = []
            self._enter_flat(whole, opened.size)
        if not unread and not _is_told(opened, door, given):
            forgotten.append("")
        yield from (name for name in forgotten if prefix + name not in unread and whole not in unread)

    def coverage(self, unread: frozenset[str]) -> Coverage:
        """The sums over all files; what is named `unread`, and is none of the parts, is one part more."""
        read = [entry for entry in self.entries if entry.is_taken and entry.place not in unread]
        others = unread - self.places
        return Coverage(
            parts=len(self.entries) + len(others),
            parts_read=len(read),
            bytes=sum(entry.size for entry in self.entries),
            bytes_read=sum(entry.size for entry in read),
        )

    def _enter_flat(self, place: str, size: int) -> None:
        """A file without parts; where it is itself a part of the file around it, it stands in the books already."""
        if not place or place not in self.places:
            self._enter(place, size, is_taken=True)

    def _by_parts(self, parts: Iterable[Present], prefix: str) -> Iterator[str]:
        for part in parts:
            is_taken = (prefix, part.key) in self.taken
            self._enter(prefix + part.name, part.size, is_taken=is_taken)
            if not is_taken:
                yield part.name

    def _by_bytes(self, opened: Opened, prefix: str) -> Iterator[str]:
        covered, position = sorted(self.covered.pop(prefix, [])), 0
        for start, end in covered:
            self._enter(f"{prefix}(byte {start})", max(0, end - max(start, position)), is_taken=True)
            position = max(position, end)
        for start, end in uncovered(opened, covered):
            self._enter(f"{prefix}(byte {start})", end - start, is_taken=False)
            yield f"(byte {start})"

    def _enter(self, place: str, size: int, *, is_taken: bool) -> None:
        self.entries.append(Entry(place, size, is_taken))
        self.places.add(place)


def _is_told(opened: Opened, door: str, given: Given) -> bool:
    """Whether bytes or words of the file are in what was given; True for kinds that have no such account."""
    if door == "text":
        return books_bytes.is_whole(opened, tables=given.tables, passages=given.passages)
    return books_words.is_whole(opened, door, tables=given.tables, passages=given.passages)
