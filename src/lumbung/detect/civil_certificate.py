"""Numbers of certificates of birth, marriage, divorce and death (akta).

Source: UU 24/2013 art. 58(2) lists them among personal population data: `3308-LT-DDMMYYYY-NNNN`, `AL 123.0004567`, in
older books `12/TAMB/2002`.
"""

from collections.abc import Iterator

from lumbung.detect import numbered
from lumbung.detect.finding import Finding
from lumbung.detect.view import View

KIND = "civil-certificate"
SHAPE = (
    r"^(?:[0-9]{4}[\-. ]?[A-Za-z]{1,4}[\-. ]?[0-9]{8}[\-. ]?[0-9]{4}|[A-Za-z]{1,4}[ .\-]?[0-9][0-9.\-]{5,}"
    r"|[0-9]{1,6}(?:[/.\-][A-Za-z0-9.]{1,12}){1,3})$"
)


def recognise(view: View, *, evidence: bool) -> Iterator[Finding]:
    """One finding for each column of such numbers under its header."""
    yield from numbered.under_header(view, kind=KIND, shape=SHAPE, evidence=evidence)
