"""Which cell styles of a workbook show a number as a date, and that date, for the exact reader.

Source: ECMA-376 part 1, 18.8.30 (built-in number formats), 18.17.4 (dates as numbers).
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from lumbung.read.ooxml_workbook import elements, relations, workbook_part
from lumbung.read.package import Package

BUILT_IN = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_SAID = re.compile(r'"[^"]*"|\\.|\[(?:\$|[A-Z])[^\]]*\]|_.|\*.')
_ESCAPED, _OWN_DIGITS = re.compile(r'\\(.)|"|\[[^\]]*\]'), re.compile(r"[1-9][0-9]{5,}")
_MOMENT = re.compile(r"[ymdhs]", re.IGNORECASE)
LAST_DAY = 2_958_466  # 1 January 10000


@dataclass(frozen=True, slots=True)
class Dates:
    """Styles, by their number, that show a date; and the day from which the workbook counts."""

    styles: frozenset[str]
    start: datetime

    def text(self, style: str, number: float) -> str | None:
        """The date as the fast reader writes it; None for another style and for days off the calendar."""
        if style not in self.styles or not 0 <= number < LAST_DAY:
            return None
        moment = self.start + timedelta(days=number + (1 if self.start.year == 1899 and number < 60 else 0))
        rounded = (moment + timedelta(milliseconds=0.5)).replace(microsecond=0)
        return str(rounded if abs(rounded - moment) < timedelta(milliseconds=1) else moment)


def writes_digits(package: Package) -> bool:
    """Whether a number format writes digits of its own before or behind the number ("3308204102"000000): what a cell
    shows is then not what it holds."""
    found = elements(package, _styles_of(package), "numFmt")
    return any(_OWN_DIGITS.search(_ESCAPED.sub(r"\1", attributes.get("formatCode", ""))) for _, attributes in found)


def _styles_of(package: Package) -> str:
    """The part with the styles; its usual name where nothing leads to it."""
    targets = relations(package, workbook_part(package)).values()
    return next((to for kind, to in targets if kind == "styles"), "xl/styles.xml")


def dates_of(package: Package) -> Dates:
    """What the style part says; no style shows a date where there is no such part."""
    part = workbook_part(package)
    styles = next((to for kind, to in relations(package, part).values() if kind == "styles"), "")
    found = (
        elements(package, styles, "numFmt", "cellXfs", "xf", "cellStyles", "dxfs", "cellStyleXfs") if styles else []
    )
    own = {a.get("numFmtId", "") for name, a in found if name == "numFmt" and _is_moment(a.get("formatCode", ""))}
    old = any(a.get("date1904") in {"1", "true"} for _, a in elements(package, part, "workbookPr"))
    formats = _cell_formats(found)
    shown = {
        str(i) for i, number in enumerate(formats) if number in own or (number.isdecimal() and int(number) in BUILT_IN)
    }
    return Dates(frozenset(shown), datetime(1904, 1, 1) if old else datetime(1899, 12, 30))


def _cell_formats(found: list[tuple[str, dict[str, str]]]) -> list[str]:
    """The number format of each cell style, in order."""
    formats: list[str] = []
    inside = False
    for name, attributes in found:
        if name == "xf" and inside:
            formats.append(attributes.get("numFmtId", "0"))
        elif name != "xf":
            inside = name == "cellXfs"
    return formats


def _is_moment(code: str) -> bool:
    """Whether a number format of the workbook's own has a part of a date or a time in it.

    >>> _is_moment("dd/mm/yyyy"), _is_moment('0.00" hari"'), _is_moment("[Red]0")
    (True, False, False)
    """
    return _MOMENT.search(_SAID.sub("", code)) is not None
