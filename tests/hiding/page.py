"""docs/hiding-places.md, printed from the rows of this folder."""

from itertools import groupby

from tests.hiding import FOUND, HidingPlace, all_places

ANSWERS = {
    FOUND: "found",
    "not-fully-read": "held: that place is not read, and said so",
    "unknown-format": "held: such a file is not taken",
    "encrypted": "held: encrypted",
    "unreadable": "held: cannot be read",
}
HEAD = """# Where a number can hide

Printed by `make fix` from the rows of `tests/hiding/`. Each row is a file made by the project with one invented NIK in
that place and nowhere else; `tests/hiding/test_hiding_places.py` puts every one of them through the gate. *Found*
means that the gate names the number itself as a reason. *Held* means that the gate does not see the number, says that
it could not read that place, and holds the file: the lesser answer, and never an open one.

A place that is not in the list is still caught: every part, stream and member of a container is swept, opened or named
unread, whatever it is called, and books are kept of it (`read/ledger.py`). `tests/hiding/test_unknown_parts.py` proves
it with parts the code has never heard of.

**{count} places in {formats} formats; in {found} of them the number is found, in {held} the file is held unread.**
"""


def hiding_places_page() -> str:
    """The whole page: one table a format, formats in alphabetical order."""
    places = sorted(all_places(), key=lambda place: place.format)
    found = sum(place.answer == FOUND for place in places)
    formats = {place.format for place in places}
    lines = [HEAD.format(count=len(places), formats=len(formats), found=found, held=len(places) - found)]
    for format, rows in groupby(places, key=lambda place: place.format):
        lines += _table(format, list(rows))
    return "\n".join(lines)


def _table(format: str, rows: list[HidingPlace]) -> list[str]:
    body = [f"| {_capital(row.where)} | {ANSWERS[row.answer]} |" for row in rows]
    return [f"## {format} ({len(rows)})", "", "| where | answer |", "| --- | --- |", *body, ""]


def _capital(text: str) -> str:
    return (text[0].upper() + text[1:]).replace("|", "\\|")
