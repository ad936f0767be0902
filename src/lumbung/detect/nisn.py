"""NISN, nomor induk siswa nasional, beside the names of pupils: children, whose data the law protects most.

Source: Permendikbud on the NISN (PDSPK): ten digits, the first three the year of birth without its thousands.
"""

from collections.abc import Iterator

from lumbung.detect import numbered
from lumbung.detect.finding import Finding
from lumbung.detect.view import View

KIND = "nisn"
SHAPE = r"^[0-9]{9,10}(?:\.0)?$"


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column of such numbers beside names."""
    yield from numbered.under_header(view, kind=KIND, shape=SHAPE, evidence=evidence, names=True)
