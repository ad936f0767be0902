"""NOP, the number of a parcel of land and its tax (PBB), beside the name of an owner.

Source: UU 28/2009 on regional taxes: eighteen digits, region (10), block (3), number (4), kind (1). Without a name it
is a place on a map.
"""

from collections.abc import Iterator

from lumbung.detect import numbered
from lumbung.detect.finding import Finding
from lumbung.detect.view import View

KIND = "tax-parcel"
SHAPE = r"^[0-9]{2}\.?[0-9]{2}\.?[0-9]{3}\.?[0-9]{3}\.?[0-9]{3}[.\-]?[0-9]{4}[.\-]?[0-9]$"


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column of such numbers beside names."""
    yield from numbered.under_header(view, kind=KIND, shape=SHAPE, evidence=evidence, names=True)
