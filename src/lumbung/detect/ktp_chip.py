"""The chip of an electronic identity card (tag id), which a reader at a door can see.

Source: UU 24/2013 art. 64 on KTP-el; stored by village systems as `tag_id_card`, up to seventeen signs.
"""

from collections.abc import Iterator

from lumbung.detect import numbered
from lumbung.detect.finding import Finding
from lumbung.detect.view import View

KIND = "ktp-chip"
SHAPE = r"^[0-9A-Fa-f]{8,17}$"


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column of such numbers under its header."""
    yield from numbered.under_header(view, kind=KIND, shape=SHAPE, evidence=evidence)
