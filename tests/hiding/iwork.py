"""Apple's Numbers, Pages and Keynote: cells, lists, stories, and what lies beside them."""

import plistlib
from collections.abc import Callable, Mapping

from tests.hiding import HidingPlace
from tests.read.cards import card, saved
from tests.read.planted_iwork import (
    LIST,
    TILE,
    archive,
    decimal,
    inside,
    numbers,
    pages,
    pointing,
    table,
    tile,
    whole,
)

PLAIN = table([decimal(12)])
HIDDEN_ROW = archive((41, 6006, whole(1, 1) + inside(2, whole(1, 0) + b"\x15\0\0\0\0" + whole(3, 1) + whole(4, 1))))
SHEET = {"sheet": "Lembar 1 - Warga"}


def row(where: str, plant: Callable[[str], bytes], at: Mapping[str, object] | None = None) -> HidingPlace:
    """A row about a spreadsheet."""
    return HidingPlace(format="numbers", where=where, plant=plant, at=at or {})


def beside(where: str, name: str, content: Callable[[str], bytes]) -> HidingPlace:
    """A row whose number stands in a member of its own."""
    return row(where, lambda nik: numbers(PLAIN, {name: content(nik)}))


PLACES = (
    row("a number in a cell", lambda nik: numbers(table([decimal(int(nik))])), SHEET),
    row("a text in a cell", lambda nik: numbers(table([pointing(3, 8, 1)], strings={1: f"NIK {nik}"})), SHEET),
    row(
        "a text with formatting in a cell", lambda nik: numbers(table([pointing(9, 16, 1)], rich=f"NIK {nik}")), SHEET
    ),
    row(
        "a row that its header hides",
        lambda nik: numbers(table([decimal(int(nik))]), {"Index/Tables/HeaderStorageBucket-41.iwa": HIDDEN_ROW}),
        SHEET,
    ),
    row("a string that no cell shows any more", lambda nik: numbers(table([decimal(1)], strings={1: nik}))),
    row(
        "a tile that no table speaks of",
        lambda nik: numbers(PLAIN, {"Index/Tables/Tile-9.iwa": archive((9, TILE, tile([decimal(int(nik))])))}),
        {"hidden": True},
    ),
    row(
        "a list that no table speaks of",
        lambda nik: numbers(
            PLAIN, {"Index/Tables/DataList-9.iwa": archive((9, LIST, inside(3, whole(1, 1) + inside(3, nik))))}
        ),
    ),
    row(
        "a message that nobody knows",
        lambda nik: numbers(PLAIN, {"Index/Lain.iwa": archive((9, 4242, inside(9, inside(2, nik))))}),
    ),
    row(
        "a number in a message that nobody knows",
        lambda nik: numbers(PLAIN, {"Index/Lain.iwa": archive((9, 4242, inside(9, whole(2, int(nik)))))}),
    ),
    beside("a property list", "Metadata/Properties.plist", lambda nik: plistlib.dumps({"a": nik})),
    beside(
        "a number in a binary property list",
        "Metadata/Properties.plist",
        lambda nik: plistlib.dumps({"a": int(nik)}, fmt=plistlib.FMT_BINARY),
    ),
    beside("the preview", "preview.jpg", lambda nik: saved(card(number=nik), "JPEG")),
    HidingPlace(format="pages", where="the text", plant=lambda nik: pages(f"milik {nik} ini")),
)
