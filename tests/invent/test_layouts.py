"""Every register layout has its columns in its order, and its identifiers where it says."""

import pytest

from lumbung.invent import LAYOUTS, Layout, invent_households
from lumbung.invent.layouts import bdt, dtks, lists, opensid, siak
from lumbung.invent.sheet import Sheet, letter

HOUSEHOLDS = invent_households(seed=2, count=30)


def named(layout: Layout) -> Sheet:
    return next(part for part in layout.build(HOUSEHOLDS) if part.name == layout.sheet)


def column(part: Sheet, wanted: str) -> list[str]:
    return [str(row[index]) for row in part.rows for index in range(len(row)) if letter(index) == wanted]


@pytest.mark.parametrize(
    ("header", "width"),
    [
        (opensid.EXPORT, 45),
        (opensid.IMPORT, 43),
        (tuple(opensid.SYNC), 42),
        (siak.HEADER, 37),
        (bdt.HEADER, 101),
        (lists.DDK, 74),
        (lists.VACCINE, 8),
        (lists.PARCEL, 9),
    ],
)
def test_widths(header: tuple[str, ...], width: int) -> None:
    assert len(header) == width


def test_the_five_sheets_of_dtks() -> None:
    widths = {part.name: max(map(len, part.rows)) for part in dtks.questionnaire(HOUSEHOLDS)}
    assert list(widths.values()) == [83, 11, 17, 56, 45]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_identifiers_stand_where_the_layout_says(layout: Layout) -> None:
    part = named(layout)
    niks = {one.nik for home in HOUSEHOLDS for one in home.members}
    if layout.nik and layout.name != "dpt-bintang":
        assert len(niks & set(column(part, layout.nik))) >= 29
    if layout.kk and layout.name != "dpt-bintang":
        text = " ".join(column(part, layout.kk))
        assert sum(home.kk in text for home in HOUSEHOLDS) == 30
    if layout.people:
        names = {one.name.upper() for home in HOUSEHOLDS for one in home.members}
        assert len(names & set(column(part, layout.people))) >= 20


def test_dtks_keeps_the_family_number_as_a_number() -> None:
    part = next(part for part in dtks.questionnaire(HOUSEHOLDS) if part.name.startswith("4"))
    assert isinstance(part.rows[2][0], int)
