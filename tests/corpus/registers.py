"""The positive cases: every layout whole in every format, every damage, every spelling of a CSV."""

from collections.abc import Iterator
from functools import cache

from lumbung.invent import LAYOUTS, Layout, Sheet, invent_households
from lumbung.invent.damage import CSV_FORMS, DAMAGES, Damage
from lumbung.invent.origins import HOMES
from lumbung.invent.workbooks import csv_bytes, write
from tests.corpus.case import Case

HOUSEHOLDS = 40
LONE_SHEET = ("csv", "html")
# Numbers of a wrong length under a header that does not say what they are: a person has to look (review).
UNDECIDABLE = {("suplemen", damage) for damage in ("14-digit", "15-digit", "17-digit")}


@cache
def sheets_of(layout: Layout) -> tuple[Sheet, ...]:
    """The layout filled with families of its own, from a kecamatan of its own."""
    number = LAYOUTS.index(layout)
    home = HOMES[number % len(HOMES)]
    return layout.build(invent_households(seed=1000 + number, count=HOUSEHOLDS, home=home))


def whole() -> Iterator[Case]:
    """Every layout, undamaged, in every format it occurs in."""
    for layout in LAYOUTS:
        for format in layout.formats:
            yield _case(layout, format, "utuh", sheets_of(layout))


def damaged() -> Iterator[Case]:
    """Every layout in every damage it can suffer; the formats take turns."""
    for row, layout in enumerate(LAYOUTS):
        for turn, damage in enumerate(DAMAGES):
            if _suffers(layout, damage):
                formats = [format for format in damage.formats if format in layout.formats]
                format = formats[(row + turn) % len(formats)]
                yield _case(layout, format, damage.name, damage.apply(sheets_of(layout)))


def spelt() -> Iterator[Case]:
    """Every layout that occurs as CSV, in other encodings and with other delimiters."""
    for layout in LAYOUTS:
        if "csv" in layout.formats:
            for form, encoding, delimiter in CSV_FORMS:
                yield _csv(layout, form, encoding, delimiter)


def _suffers(layout: Layout, damage: Damage) -> bool:
    if (layout.name, damage.name) in UNDECIDABLE:
        return False
    return not damage.on_numbers or bool(layout.nik or layout.kk)


def _case(layout: Layout, format: str, damage: str, sheets: tuple[Sheet, ...]) -> Case:
    kept = _in_one_sheet(layout, sheets) if format in LONE_SHEET else sheets
    return Case(
        subject=layout.name,
        damage=damage,
        format=format,
        write=lambda path: write(kept, to=path, format=format),
        sheet=None if format in LONE_SHEET else layout.sheet,
        must=_must(layout),
    )


def _csv(layout: Layout, form: str, encoding: str, delimiter: str) -> Case:
    kept = _in_one_sheet(layout, sheets_of(layout))
    return Case(
        subject=layout.name,
        damage=form,
        format="csv",
        write=lambda path: path.write_bytes(csv_bytes(kept, encoding=encoding, delimiter=delimiter)) and None,
        must=_must(layout),
    )


def _in_one_sheet(layout: Layout, sheets: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    return tuple(part for part in sheets if part.name == layout.sheet)


def _must(layout: Layout) -> tuple[tuple[str, str | None], ...]:
    wanted = (("nik", layout.nik), ("nomor-kk", layout.kk), ("person-table", None))
    present = (layout.nik, layout.kk, layout.people)
    return tuple(pair for pair, there in zip(wanted, present, strict=True) if there)
