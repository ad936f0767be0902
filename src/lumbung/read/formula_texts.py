"""What a formula shows that only joins texts: "3308"&"2001", CONCATENATE(A1;"2001"). A file need not hold the result.

Sources: ECMA-376 part 1, 18.17 (formulas); OpenFormula 1.3, 5.4 (text joining) and 6.20 (CONCATENATE, TEXTJOIN). Knows
literals and single cells of the same sheet; a range, or a cell that is itself worked out, is not followed.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from lumbung.document import Passage, Place, Table

FEWEST = 14  # digits of anything that is said; shorter ones are codes and years
MOST_PARTS, LONGEST = 100, 40  # of a number in pieces: more is a text, and its cells are read by themselves
OPERAND = r'"(?:[^"]|"")*"|\[?\.?\$?[A-Z]{1,3}\$?[0-9]{1,7}\]?|[0-9]+'
CHAIN = re.compile(rf"(?:{OPERAND})(?:\s*&\s*(?:{OPERAND}))+")
CALL = re.compile(
    rf"(?:CONCAT(?:ENATE)?|TEXTJOIN)\(\s*((?:(?:{OPERAND}|TRUE|FALSE|[01])?(?:\(\))?\s*[,;]\s*)*(?:{OPERAND}))\s*\)",
    re.IGNORECASE,
)
PARTS = re.compile(OPERAND)
CELL = re.compile(r"\[?\.?\$?([A-Z]{1,3})\$?([0-9]{1,7})\]?\Z")

Look = Callable[[str, int], str]
"""The text of the cell in a column (letters) and row (from 1); "" where there is none."""


def joined_texts(formulas: Mapping[str, str], place: Place, look: Look) -> Iterator[Passage]:
    """What formulas join that may be an identifier and that their cell does not show. `formulas` has their cells."""
    for formula, cell in formulas.items():
        for text in _joined(formula, look):
            if sum(letter.isdecimal() for letter in text) >= FEWEST and text != _value(cell, look):
                yield Passage(place=place.but(cell=cell), text=text)


def look_into(tables: Sequence[Table]) -> Look:
    """Cells of the tables of one sheet."""

    def look(column: str, row: int) -> str:
        for table in tables:
            at = row - table.first_row
            if column in table.texts.columns and 0 <= at < table.texts.height:
                return table.texts[column][at] or ""
        return ""

    return look


def _joined(formula: str, look: Look) -> Iterator[str]:
    found = [match[0] for match in CHAIN.finditer(formula)] if "&" in formula else []
    found += [match[1] for match in CALL.finditer(formula)]
    for parts in found:
        operands = (match[0] for match in islice(PARTS.finditer(parts), MOST_PARTS))
        yield "".join(_value(operand, look)[:LONGEST] for operand in operands)


def _value(operand: str, look: Look) -> str:
    if operand.startswith('"'):
        return operand[1:-1].replace('""', '"')
    cell = CELL.match(operand)
    return look(cell[1], int(cell[2])) if cell else operand
