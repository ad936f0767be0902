"""Lines to copy: questions to one table as addresses for curl, and a walk over all its pages in Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.api.data.tables import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One thing to do, and the lines that do it."""

    id: str
    said: str | Promise
    code: str


def examples(site: str, table: Table, columns: Sequence[Mapping[str, str]]) -> list[Example]:
    """With the table's own columns. `site` is the address of the portal with a slash at its end."""
    base = f"{site}api/data/{table.dataset.slug}"
    rows, groups, dump = (f"{base}/{table.number}/{name}" for name in ("rows", "groups", "dump"))
    first = columns[0]["name"]
    number = next((one["name"] for one in columns if one["type"] in ("integer", "number")), "")
    measured = [("measure", f"sum:{number}")] if number else []
    by_number = [("sort", f"-{number}")] if number else []
    return [
        Example(id="keterangan", said=_("Kolom dan berkasnya"), code=_curl(base)),
        Example(id="halaman", said=_("Sepuluh baris pertama"), code=_curl(rows, ("limit", "10"))),
        Example(id="urut", said=_("Yang terbesar lebih dahulu"), code=_curl(rows, *by_number, ("limit", "10"))),
        Example(id="saring", said=_("Hanya yang terisi"), code=_curl(rows, ("filter", f"{first}:empty:false"))),
        Example(id="kelompok", said=_("Dijumlahkan menurut satu kolom"), code=_curl(groups, ("by", first), *measured)),
        Example(
            id="csv", said=_("Semua baris sebagai CSV"), code=f"{_curl(dump, ('format', 'csv'))} --output data.csv"
        ),
        Example(id="python", said=_("Semua halaman dengan Python"), code=_python(rows)),
    ]


def _curl(address: str, *asked: tuple[str, str]) -> str:
    query = f"?{urlencode(asked, quote_via=quote)}" if asked else ""
    return f"curl --fail --silent '{address}{query}'"


def _python(rows: str) -> str:
    return f"""import json
from urllib.request import urlopen

address, rows = "{rows}?limit=1000", []
while address:
    with urlopen(address) as answer:
        page = json.load(answer)
    rows, address = rows + page["rows"], page["next"]
print(len(rows))"""
