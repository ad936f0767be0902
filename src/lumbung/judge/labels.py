"""Names of places, made fit to leave the file: a sheet may be called after a person's number.

What is called a place comes from the file, so it may itself hold a value. Digits and addresses are masked, control
characters dropped, the length cut. A person's name in a sheet's name is not recognised here.
"""

import re
import unicodedata

from lumbung.document import Place

LONGEST = 60
LOOKED_AT = 10  # times the length that is kept: a name of a million letters is not searched to its end
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
_DIGITS = re.compile(r"\d{5,}|\d(?:[\s.,'_/-]{0,2}\d){11,}")
_ROWS = re.compile(r"\d{1,7}(-\d{1,7})?(, \d{1,7}(-\d{1,7})?)*(,? …)?")
_COLUMN = re.compile(r"[A-Z]{1,3}")
_CELL = re.compile(r"[A-Z]{1,3}\d{1,7}")
_TEXTS = ("part", "sheet", "header", "path")
_SHAPES = {"row": _ROWS, "column": _COLUMN, "cell": _CELL}


def scrub(text: str, *, longest: int = LONGEST) -> str:
    """`text` without e-mail addresses, runs of five or more digits and control characters, cut at `longest`."""
    printable = "".join(
        " " if unicodedata.category(letter)[0] in "CZ" else letter for letter in text[: LOOKED_AT * longest]
    )
    masked = _DIGITS.sub(_dots, _EMAIL.sub("•@•", " ".join(printable.split())))
    return masked if len(masked) <= longest else masked[: longest - 1] + "…"


def scrub_place(place: Place) -> Place:
    """`place` with its names scrubbed; a row, column or cell that has not the shape of one is left out."""
    known = place.as_dict()
    kept: dict[str, str | int | bool | None] = {
        **{key: scrub(str(known[key])) for key in _TEXTS if key in known},
        **{key: _shortened(str(known[key]), shape) for key, shape in _SHAPES.items() if key in known},
    }
    if isinstance(place.page, int):
        kept["page"] = place.page
    if place.hidden is not None:
        kept["hidden"] = bool(place.hidden)
    return Place(**kept)  # type: ignore[arg-type]


def _shortened(text: str, shape: re.Pattern[str]) -> str | None:
    """`text` where it has the shape; a long list of row ranges ends in an ellipsis."""
    if not shape.fullmatch(text):
        return None
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST - 3].rpartition(", ")[0] + ", …"


def _dots(digits: re.Match[str]) -> str:
    return re.sub(r"\d", "•", digits.group())
