"""Number formats: what a cell shows may be more than it holds."""

import pytest

from tests.read.planted import MAIN, opened, package

STYLES = (
    '<styleSheet xmlns="{main}"><numFmts count="1"><numFmt numFmtId="170" formatCode="{code}"/></numFmts></styleSheet>'
)


@pytest.mark.parametrize(
    ("code", "doubted"),
    [
        ("&quot;3308204102&quot;000000", True),
        (r"\3\3\0\8\2\0000000", True),
        ("[&gt;=1000000]#,##0.0,,&quot; jt&quot;", False),
        ("&quot;Tahun &quot;0000", False),
        ("[$-421]dd mmmm yyyy", False),
    ],
)
def test_a_number_format_that_writes_digits_of_its_own_is_named_unread(code: str, doubted: bool) -> None:
    document = opened(package({"xl/styles.xml": STYLES.format(main=MAIN, code=code)}))
    assert [missed.why for missed in document.unread] == ["unknown-format"] * doubted
