"""Passport numbers.

Source: PP 31/2013 on immigration: one or two letters and six or seven digits.
"""

from collections.abc import Iterator

from lumbung.detect import numbered
from lumbung.detect.finding import Finding
from lumbung.detect.view import View

KIND = "passport"
SHAPE = r"^[A-Za-z]{1,2} ?[0-9]{6,7}$"


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column of such numbers under its header."""
    yield from numbered.under_header(view, kind=KIND, shape=SHAPE, evidence=evidence)
