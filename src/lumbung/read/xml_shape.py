"""What an XML file is made of: which of its elements come in rows, learnt by one walk through it.

An element is a record when its parent holds two or more of its name and it has children or attributes of its own, or
when there are so many of it that no row would hold them side by side.
"""

from dataclasses import dataclass, field

from lumbung.read.sweep import local
from lumbung.read.unreadable import Unreadable

BESIDE = 5  # plain elements of one name in one row; more of them are rows themselves

Path = tuple[str, ...]


@dataclass(slots=True)
class Shape:
    """The target of a streaming parser. Paths are local names from the root."""

    depth: int
    records: set[Path] = field(default_factory=set)
    names: dict[str, None] = field(default_factory=dict)  # in order, each once
    _open: list[str] = field(default_factory=list)
    _children: list[dict[str, int]] = field(default_factory=list)
    _composed: set[Path] = field(default_factory=set)
    _most: dict[Path, int] = field(default_factory=dict)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins. Raise Unreadable("bomb") below the allowed depth."""
        name = local(tag)
        if self._children:
            siblings = self._children[-1]
            siblings[name] = siblings.get(name, 0) + 1
            self._composed.add(tuple(self._open))
        self._open.append(name)
        self._children.append({})
        if len(self._open) > self.depth:
            raise Unreadable("bomb")
        self.names[name] = None
        for attribute in attributes:
            self.names[local(attribute)] = None
        if attributes:
            self._composed.add(tuple(self._open))

    def end(self, tag: str) -> None:
        """An element ends; how many children of each name it had is known now."""
        del tag
        for name, count in self._children.pop().items():
            if count > 1:
                path = (*self._open, name)
                self._most[path] = max(count, self._most.get(path, 0))
        self._open.pop()

    def start_ns(self, prefix: str | None, uri: str) -> None:
        """A namespace begins."""
        self.names[f"{prefix or ''} {uri}"] = None

    def close(self) -> None:
        """The end: the records are known."""
        self.records = {path for path, count in self._most.items() if path in self._composed or count > BESIDE}
