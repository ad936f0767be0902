"""What a register layout is: a way to lay families out as sheets, and where its identifiers then stand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lumbung.invent.residents import Household
from lumbung.invent.sheet import Sheet

Build = Callable[[Sequence[Household]], tuple[Sheet, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """`sheet` is the sheet with the people; `nik`, `kk` and `people` (names) are its columns, None where it has none.

    `formats` are those in which the system that writes this layout, or an office after it, would hold it.
    """

    name: str
    build: Build
    sheet: str
    nik: str | None = None
    kk: str | None = None
    people: str | None = None
    formats: tuple[str, ...] = ("xlsx", "xls", "ods", "csv", "html")
