"""What every recogniser of tables looks at: the sheet with its headers, and the sixteen-digit numbers found in it."""

from dataclasses import dataclass

from lumbung.detect import identifiers
from lumbung.detect.identifiers import Group
from lumbung.detect.sheet import Sheet, look
from lumbung.document import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Made once for each table."""

    sheet: Sheet
    groups: tuple[Group, ...]


def view(table: Table) -> View:
    """Find headers and numbers of a table."""
    sheet = look(table)
    return View(sheet=sheet, groups=tuple(identifiers.groups(sheet)))
