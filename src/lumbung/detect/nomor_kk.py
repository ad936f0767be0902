"""Nomor KK, the number of a family card.

Source: UU 24/2013 art. 58(2); same sixteen digits as a NIK, but the region of the issuing office and the day of
recording, never with 40 added; one number for a whole family, a new one when the family moves or splits.
"""

from collections.abc import Iterator

from lumbung.detect import identifiers
from lumbung.detect.finding import Finding
from lumbung.detect.view import View

KIND = "nomor-kk"


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column (and header) that holds numbers of family cards."""
    for group in view.groups:
        if group.kind == KIND:
            yield identifiers.finding(view.sheet, group, evidence=evidence)
