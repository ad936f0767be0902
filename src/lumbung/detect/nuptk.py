"""NUPTK, the number of a teacher or of a school's staff, beside names.

Source: Peraturan Sekretaris Jenderal Kemendikbud 1/2018 on the NUPTK: sixteen digits. How they are made up it does not
say; in practice birth date and sex hide in them, mostly no real date where a NIK has one; so the header decides.
"""

from collections.abc import Iterator

from lumbung.detect import numbered
from lumbung.detect.finding import Finding
from lumbung.detect.view import View

KIND = "nuptk"
SHAPE = r"^[0-9]{16}(?:\.0)?$"


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column of such numbers beside names."""
    yield from numbered.under_header(view, kind=KIND, shape=SHAPE, evidence=evidence, names=True)
