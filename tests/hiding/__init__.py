"""Every place where a number can hide in a file, one row a place; docs/hiding-places.md is printed from these rows.

A module here is one format, or a family of them, with `PLACES: tuple[HidingPlace, ...]`. Modules whose names begin
with `test_` try all rows of all modules; whoever adds a row need not add a test.
"""

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module

FOUND = "nik"
NOT_PLACES = ("test_", "page", "pdf_files")


@dataclass(frozen=True, slots=True, kw_only=True)
class HidingPlace:
    """`plant(nik)` gives a whole file of this format with these sixteen digits in this place and nowhere else.

    `format` is what a person calls it ("xlsx", "pdf"), `where` an English phrase for the docs, without a full stop
    and without the format's name ("a very hidden sheet"). `answer` is the code of the reason that the gate must give:
    "nik" where the number itself is found; "not-fully-read" where the gate honestly says that it cannot read that
    place and holds the file, which is the lesser answer and is listed as such.
    `at` is what the reason's place must say, as far as it must ({"sheet": "Data", "hidden": True}).
    """

    format: str
    where: str
    plant: Callable[[str], bytes]
    answer: str = FOUND
    at: Mapping[str, object] = field(default_factory=dict)


def all_places() -> Iterator[HidingPlace]:
    """Every row of every module of this folder, by module name and in the order in which they stand there."""
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        if not module.name.startswith(NOT_PLACES):
            yield from import_module(f"{__name__}.{module.name}").PLACES
