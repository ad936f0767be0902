"""Numbers of health insurance (BPJS Kesehatan, JKN, KIS) and employment insurance (KPJ).

Source: UU 24/2011 on BPJS: thirteen digits, usually with noughts in front, for health; eleven for employment.
"""

from collections.abc import Iterator

from lumbung.detect import numbered
from lumbung.detect.finding import Finding
from lumbung.detect.view import View

KIND = "bpjs"
SHAPE = r"^[0-9]{11,13}(?:\.0)?$"


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column of such numbers under its header."""
    yield from numbered.under_header(view, kind=KIND, shape=SHAPE, evidence=evidence)
