"""Whether an ordinary upload is a blank of ours under another name: by the mark that its first sheet carries.

Read in a confined child from what the gate let through, and only where the file is as small as a filled blank is.
"""

from typing import BinaryIO

from lumbung import confine, gate
from lumbung.portal.intake.blanks.filling import cells_of
from lumbung.portal.intake.blanks.workbook import MARK

SHEETS = frozenset({"xlsx", "xlsm", "xls", "ods", "csv"})  # what offices save a workbook as
LARGEST = 256 * 1024  # bytes; a blank that is filled in has a tenth of it


def mark_in(file: BinaryIO, inspection: gate.Inspection) -> str:
    """The mark without its first word: "apbdes 2026 99.01.01.2001"; "" where there is none, or nobody can tell."""
    if inspection.verdict is gate.Verdict.HOLD or inspection.format not in SHEETS or file.seek(0, 2) > LARGEST:
        return ""
    try:
        rows = cells_of(file, inspection)
    except confine.Ended:
        return ""
    marks = (found for row in rows for cell in row if (found := MARK.fullmatch(cell.strip())))
    return next((" ".join(found.groups()) for found in marks), "")
