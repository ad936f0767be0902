"""NIK, nomor induk kependudukan: the number every resident is given once and keeps.

Source: UU 23/2006 art. 13 and UU 24/2013 art. 1(12); composition PP 37/2007 arts 36-37. PPKKCC of the place of first
registration, DDMMYY of birth (women: day + 40), four digits serial; no check digit. A corrected birth date leaves the
number as it was, so that agreement with a birth date can only strengthen, never weaken.
"""

from collections.abc import Iterator

from lumbung.detect import half_shown, identifiers
from lumbung.detect.finding import Finding
from lumbung.detect.view import View

KIND = "nik"


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column (and header) that holds NIKs, damaged ones included."""
    for group in view.groups:
        if group.kind == KIND:
            yield identifiers.finding(view.sheet, group, evidence=evidence)
    yield from half_shown.in_cells(view, evidence=evidence)
