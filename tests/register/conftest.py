"""Registers of invented villages, read as the gate reads them."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from lumbung.document import Document
from lumbung.invent import LAYOUTS, Household, Layout, Sheet, invent_households
from lumbung.invent.workbooks import write
from lumbung.read import read
from lumbung.register import Register, recognise, residents

AT = date(2017, 12, 31)
VILLAGE = "99.01.01.2001"
NAMED: dict[str, Layout] = {layout.name: layout for layout in LAYOUTS}
RESIDENTS = (
    "bip-ektp", "bip-2012", "bip-2016", "bip-luwu-timur", "opensid-ekspor", "opensid-impor-kode",
    "opensid-impor-huruf", "opendk-sinkron", "siak", "buku-b1-induk", "buku-b5-ktp-kk",
)  # fmt: skip
Open = Callable[[Sequence[Sheet], str], Document]


@pytest.fixture(scope="session")
def households() -> tuple[Household, ...]:
    return invent_households(seed=5, count=60)


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    """Write sheets as a file of a format, and read it."""

    def write_and_read(sheets: Sequence[Sheet], format: str = "xlsx") -> Document:
        path = tmp_path / f"register.{format}"
        write(sheets, to=path, format=format)
        with path.open("rb") as file:
            return read(file, name="")

    return write_and_read


def counted(document: Document, *, village: str = VILLAGE, at: date = AT) -> Register:
    return residents(document, mapping=recognise(document), at=at, village=village)


def noted(register: Register) -> dict[str, int]:
    """How many, by code; fields apart."""
    return {note.code: note.count for note in register.report.notes}
