"""SIM, the number of a driving licence.

Source: Perpol 5/2021 on driving licences: twelve to sixteen digits, in older forms with the birth date in front.
"""

from collections.abc import Iterator

from lumbung.detect import numbered
from lumbung.detect.finding import Finding
from lumbung.detect.view import View

KIND = "driving-licence"
SHAPE = r"^[0-9](?:[ \-]?[0-9]){11,15}(?:\.0)?$"


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column of such numbers under its header."""
    yield from numbered.under_header(view, kind=KIND, shape=SHAPE, evidence=evidence)
