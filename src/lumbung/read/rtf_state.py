"""What holds inside a group of Rich Text Format, and the rows of its tables. Source: RTF Specification 1.9.1."""

from dataclasses import dataclass, field, replace

from lumbung.read.writing import Writing


@dataclass(slots=True)
class Group:
    """Settings of a group, which the groups in it take over. `name` is its destination, "" for the text itself;
    `own` says that the destination begins with this very group. `fallback` counts the signs behind a Unicode one."""

    name: str = ""
    own: bool = False
    aside: bool = False
    kind: str = ""
    hidden: bool = False
    deleted: bool = False
    inserted: bool = False
    in_table: bool = False
    level: int = 1
    fallback: int = 1
    digits: list[bytes] = field(default_factory=list)
    carried: list[bytes] = field(default_factory=list)

    def inner(self) -> "Group":
        """A group that begins in this one."""
        return replace(self, own=False, carried=[])

    def start(self, name: str, *, aside: bool) -> None:
        """The group turns out to be a destination."""
        self.name, self.own, self.aside, self.digits = name, True, aside, []


class Rows:
    """Tells a Writing about tables that are only known by the ends of their cells and rows."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._in_row: list[bool] = []  # per open table, outermost first
        self._in_cell: list[bool] = []

    def settle(self, level: int) -> None:
        """The next paragraph stands in a table of this level, 0 for none."""
        while len(self._in_row) > level:
            self._writing.end_cell()
            self._writing.end_table()
            self._in_row.pop()
            self._in_cell.pop()
        for _ in range(level - len(self._in_row)):
            self._writing.start_table()
            self._in_row.append(False)
            self._in_cell.append(False)
            self._open_cell()
        if level:
            self._open_cell()

    def _open_cell(self) -> None:
        if not self._in_row[-1]:
            self._writing.start_row()
            self._in_row[-1] = True
        if not self._in_cell[-1]:
            self._writing.start_cell()
            self._in_cell[-1] = True

    def end_cell(self, level: int) -> None:
        """A cell of this level ends with the open paragraph."""
        self.settle(level)
        self._writing.end_paragraph()
        self._writing.end_cell()
        self._in_cell[-1] = False

    def end_row(self, level: int) -> None:
        """A row of this level ends."""
        if len(self._in_row) < level:
            return
        while len(self._in_row) > level:
            self.settle(len(self._in_row) - 1)
        self._in_row[-1] = self._in_cell[-1] = False
