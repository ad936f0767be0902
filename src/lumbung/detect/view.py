"""What every recogniser of tables looks at: the sheet with its headers, the counts of the gates, the numbers."""

from dataclasses import dataclass

from lumbung.detect import identifiers
from lumbung.detect.census import Counts, census
from lumbung.detect.disguise import undisguised
from lumbung.detect.identifiers import Group
from lumbung.detect.reduced import reduced
from lumbung.detect.sheet import Sheet, look
from lumbung.document import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Made once for each table."""

    sheet: Sheet
    groups: tuple[Group, ...]
    counts: dict[str, Counts]


def view(table: Table) -> View:
    """Find headers and numbers of a table."""
    table = undisguised(table)
    short = reduced(table.texts)
    sheet = look(table, short)
    counts = census(table.texts, short)
    return View(sheet=sheet, groups=tuple(identifiers.groups(sheet, counts)), counts=counts)
