"""Whether an ordinary upload is a blank of ours under another name: by the mark that its first sheet carries.

Read in a confined child from what the gate let through, and only where the file is as small as a filled blank is.
"""

from typing import BinaryIO

from lumbung import confine, gate
from lumbung.portal.intake.blanks.workbook import MARK

SHEETS = frozenset({"xlsx", "xlsm", "xls", "ods", "csv"})  # what offices save a workbook as
LARGEST = 256 * 1024  # bytes; a blank that is filled in has a tenth of it


def mark_in(file: BinaryIO, inspection: gate.Inspection) -> str:
    """The mark without its first word: "apbdes 2026 99.01.01.2001"; "" where there is none, or nobody can tell."""
    if inspection.verdict is gate.Verdict.HOLD or inspection.format not in SHEETS or file.seek(0, 2) > LARGEST:
        return ""
    try:
        said = confine.call(
            "lumbung.portal.intake.blanks.reading:read",
            file=file,
            arguments={"inspection": inspection.as_dict()},
            limits=gate.limits(),
        )
    except confine.Ended:
        return ""
    cells = (str(cell).strip() for row in said["rows"] for cell in row)
    marks = (found for cell in cells if (found := MARK.fullmatch(cell)))
    return next((" ".join(found.groups()) for found in marks), "")
