"""Lines to copy into a terminal or a program: each fetches the newest table from an address that stays the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from lumbung.portal.catalogue.columns import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """Lines in one language; `id` is for the page's own links."""

    id: str
    language: str
    code: str


def snippets(address: str, *, columns: Sequence[Column] = ()) -> list[Snippet]:
    """curl, Python (with nothing but Python itself) and R. `address` is that of the table's newest CSV.

    Codes stay text where a language would read them as numbers and lose their zeros.
    """
    return [
        Snippet(id="curl", language="curl", code=f"curl --fail --location --output data.csv {_shell(address)}"),
        Snippet(id="python", language="Python", code=_python(address)),
        Snippet(id="r", language="R", code=_r(address, [one.name for one in columns if not one.numeric])),
    ]


def _python(address: str) -> str:
    return f"""import csv
import io
from urllib.request import urlopen

with urlopen({_literal(address)}) as answer:
    rows = list(csv.DictReader(io.TextIOWrapper(answer, encoding="utf-8", newline="")))
print(len(rows), rows[0])"""


def _r(address: str, texts: list[str]) -> str:
    classes = ", ".join(f"{_literal(name)} = 'character'" for name in texts)
    given = f",\n  colClasses = c({classes})" if texts else ""
    return f"data <- read.csv({_literal(address)}, check.names = FALSE, encoding = 'UTF-8'{given})\nstr(data)"


def _literal(text: str) -> str:
    """The text between double quotes, as Python and R both read it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r") + '"'


def _shell(address: str) -> str:
    return "'" + quote(address, safe=":/?&=%.-_~+#[]") + "'"
