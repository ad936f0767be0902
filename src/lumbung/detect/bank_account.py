"""Bank accounts in a list of named people.

Source: UU 14/2008 art. 17(h) names accounts among personal secrets. Ten digits (BCA, BNI, BSI), thirteen (Mandiri),
fifteen (BRI), with or without signs. A school's or an office's account is public and has no person's name beside it.
"""

from collections.abc import Iterator

from lumbung.detect import numbered
from lumbung.detect.finding import Finding
from lumbung.detect.view import View

KIND = "bank-account"
SHAPE = r"^[0-9](?:[ .\-]?[0-9]){8,16}(?:\.0)?$"


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column of such numbers beside names."""
    yield from numbered.under_header(view, kind=KIND, shape=SHAPE, evidence=evidence, names=True)
