"""NPWP, the taxpayer's number, in a list of named people.

Source: UU 28/2007 on general tax provisions; shape: fifteen digits, `99.999.999.9-999.999`, or sixteen since PMK
112/2022. A resident's sixteen digits are the NIK and found as such (`nik.py`); an entity's begin with 0 and are no
person's, so that a number counts here only where the same rows name people.
"""

from collections.abc import Iterator

from lumbung.detect import numbered
from lumbung.detect.finding import Finding
from lumbung.detect.view import View

KIND = "npwp"
SHAPE = r"^(?:[0-9]{2}\.?[0-9]{3}\.?[0-9]{3}\.?[0-9][\-.]?[0-9]{3}\.?[0-9]{3}|0[0-9]{15})(?:\.0)?$"


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column of such numbers beside names."""
    yield from numbered.under_header(view, kind=KIND, shape=SHAPE, evidence=evidence, names=True)
