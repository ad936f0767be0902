"""What the address of a dataset's page asks for, and the addresses of what stands one click away.

All of it is in the address, so that a table as somebody sees it, sorted and narrowed, can be sent to somebody else:
`tabel`, `halaman`, `baris`, `urut`, `arah`, `q`, `k.<header>` for the table; `bagan`, `x`, `y`, `menurut`,
`saat.<header>` for the chart.
"""

from collections.abc import Mapping

from django.http import QueryDict

from lumbung.portal.catalogue.rows import MOST_FILTERS, PAGE_SIZES, Question

LONGEST = 200
FILTER, PIN = "k.", "saat."
DESCENDING = "turun"
OF_CHART = ("bagan", "x", "y", "menurut")
KNOWN = ("tabel", "halaman", "baris", "urut", "arah", "q", *OF_CHART)


def question(query: QueryDict) -> Question:
    """The question to the table; what cannot be read is not asked."""
    size = number(query, "baris")
    filters = [(key.removeprefix(FILTER), text(query, key)) for key in query if key.startswith(FILTER)]
    return Question(
        words=text(query, "q"),
        order=query.get("urut", "")[:LONGEST],
        descending=query.get("arah") == DESCENDING,
        filters=tuple((name, typed) for name, typed in filters if typed)[:MOST_FILTERS],
        page=number(query, "halaman"),
        size=size if size in PAGE_SIZES else PAGE_SIZES[0],
    )


def pins(query: QueryDict) -> dict[str, str]:
    """What the chart is asked to show alone, by header."""
    return {key.removeprefix(PIN): query.get(key, "")[:LONGEST] for key in query if key.startswith(PIN)}


def asks_for_chart(query: QueryDict) -> bool:
    """Whether the address names anything of the chart."""
    return any(key in OF_CHART or key.startswith(PIN) for key in query)


def number(query: QueryDict, key: str) -> int:
    """A number from 1 in the address; anything else is 1."""
    asked = query.get(key, "")
    return max(1, int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 1


def text(query: QueryDict, key: str) -> str:
    """What was typed, short and without what no cell holds."""
    return query.get(key, "")[:LONGEST].replace("\0", "").strip()


def kept(query: QueryDict) -> QueryDict:
    """The part of the address that means something here."""
    mine = QueryDict(mutable=True)
    for key in query:
        values = [value for value in query.getlist(key) if value or key.startswith(PIN) or key == "menurut"]
        if values and (key in KNOWN or key.startswith((FILTER, PIN))):
            mine.setlist(key, values)
    return mine


def changed(query: QueryDict, changes: Mapping[str, object]) -> str:
    """The question mark and what follows it, with some of it changed; None takes a key out. "?" where nothing is."""
    mine = kept(query)
    for key, value in changes.items():
        mine.pop(key, None)
        if value is not None:
            mine[key] = str(value)
    return f"?{mine.urlencode()}"


def hidden(query: QueryDict, *, without: tuple[str, ...]) -> list[tuple[str, str]]:
    """What a form must carry along: every key but those that it asks for itself (prefixes end in a dot)."""
    mine = kept(query)
    dropped = tuple(one for one in without if one.endswith("."))
    return [
        (key, value)
        for key in mine
        if key not in without and not (dropped and key.startswith(dropped))
        for value in mine.getlist(key)
    ]
