"""Registration plates beside the name of an owner.

Source: Perpol 7/2021 on the registration of vehicles: region letters, one to four digits, one to three letters. Buses
of a company and cars of an office have no person's name beside them.
"""

from collections.abc import Iterator

from lumbung.detect import numbered
from lumbung.detect.finding import Finding
from lumbung.detect.view import View

KIND = "vehicle-plate"
SHAPE = r"^[A-Za-z]{1,2}[ \-]?[0-9]{1,4}(?:[ \-]?[A-Za-z]{1,3})?$"


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column of such numbers beside names."""
    yield from numbered.under_header(view, kind=KIND, shape=SHAPE, evidence=evidence, names=True)
