"""What runs in the confined child before somebody describes the columns of a file: how they will be called.

Imports the gate and rebuild alone, for the child has no business with a database. `file` is a stranger's file.
"""

from typing import Any, BinaryIO

from lumbung import gate
from lumbung.rebuild import clean_tables

MOST_NAMES = 100  # as many columns as the page of a dataset shows
LONGEST_NAME = 200


def names(*, file: BinaryIO, inspection: dict[str, Any]) -> dict[str, Any]:
    """The names of the columns that would be published, each once, in their order; never a cell.

    Raise gate.NotTheInspectedFile.
    """
    document = gate.contents(file, gate.Inspection.from_dict(inspection))
    named = [column for table in clean_tables(document) for column in table.cells.columns]
    short = [name for name in dict.fromkeys(named) if len(name) <= LONGEST_NAME]
    return {"names": short[:MOST_NAMES]}
