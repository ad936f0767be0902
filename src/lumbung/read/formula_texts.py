"""What a formula shows that only joins texts: "3308"&"2001", CONCAT(A1:P1). A file need not hold the result.

Sources: ECMA-376 part 1, 18.17 (formulas); OpenFormula 1.3, 5.4 (text joining) and 6.20 (CONCATENATE, TEXTJOIN). Knows
literals, cells and ranges of any sheet, and cells that are joined themselves. A formula that makes texts in another
way and whose result the file does not hold is `unsolved`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from lumbung.document import Passage, Place, Table
from lumbung.read.letters import letter

FEWEST = 14  # digits of anything that is said; shorter ones are codes and years
MOST_PARTS, LONGEST = 100, 40  # of a number in pieces: more is a text, and its cells are read by themselves
LONGEST_FORMULA = 8_192  # of any program; what is longer was written to be slow
DEEPEST = 8  # joined cells that are joined of joined cells
SHEET = r"\$?(?:'(?:[^']|''){1,62}'|[A-Za-z_][\w.]{0,30})"
ONE = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
RANGE = rf"\[?(?:{SHEET}[!.]|\.)?{ONE}(?::\.?{ONE})?\]?"
OPERAND = rf'"(?:[^"]|""){{0,255}}"|{RANGE}|[0-9]+'
CHAIN = re.compile(rf"(?:{OPERAND})(?:\s*&\s*(?:{OPERAND}))+")
CALL = re.compile(
    rf"(CONCAT(?:ENATE)?|TEXTJOIN)\(\s*((?:(?:{OPERAND}|TRUE|FALSE|[01])?(?:\(\))?\s*[,;]\s*)*(?:{OPERAND}))\s*\)",
    re.IGNORECASE,
)
PARTS = re.compile(OPERAND)
CELLS = re.compile(
    r"\[?(?:\$?('(?:[^']|'')+'|[A-Za-z_][\w.]*)[!.]|\.)?\$?([A-Z]{1,3})\$?([0-9]{1,7})"
    r"(?::\.?\$?([A-Z]{1,3})\$?([0-9]{1,7}))?\]?\Z"
)
PREFIX = re.compile(r"(?:of:|oooc:|msoxl:)?=|_xlfn\.", re.IGNORECASE)
TEXTUAL = re.compile(
    r"&|\b(?:CONCAT|CONCATENATE|TEXTJOIN|TEXT|CHAR|UNICHAR|REPT|MID|LEFT|RIGHT|SUBSTITUTE|REPLACE|FIXED|BASE|DOLLAR"
    r"|INDIRECT|TEXTBEFORE|TEXTAFTER|TRIM|ARRAYTOTEXT|VALUETOTEXT|REDUCE|LAMBDA|POWER|CELL)\(|\^|[0-9.][Ee]\+?[0-9]",
    re.IGNORECASE,
)
NAMED_SHEET = re.compile(r"'(?:[^']|''){1,62}'[!.]|\[[0-9]+\]")
LITERAL, MOST_DIGITS = re.compile(r"(?<![A-Za-z$0-9])[0-9]+"), 8  # of a formula's own numbers together

Look = Callable[[str | None, str, int], str]
"""The text of the cell of a sheet (None: the formula's own), column (letters), row (from 1); "" where none is."""


def joined_texts(
    formulas: Mapping[str, str], place: Place, look: Look, results: Mapping[str, str] | None = None
) -> Iterator[Passage]:
    """What formulas join that may be an identifier and that their cell does not show. `formulas` has their cells,
    `results` the formulas of cells of the same sheet that hold no result."""
    through = _through(look, results or {})
    for formula, cell in formulas.items():
        for text in _joined(formula[:LONGEST_FORMULA], through):
            if sum(sign.isdecimal() for sign in text) >= FEWEST and text not in _values(cell, look):
                yield Passage(place=place.but(cell=cell), text=text)


def unsolved(formulas: Sequence[str]) -> bool:
    """Whether one of these formulas, whose results are not in the file, may show what stands nowhere else."""
    return any(
        len(formula) > LONGEST_FORMULA or (_may_tell(formula) and not _is_joined(formula)) for formula in set(formulas)
    )


def look_into(tables: Sequence[Table], sheet: str | None = None) -> Look:
    """Cells of the tables of a workbook, seen from one of its sheets."""

    def look(name: str | None, column: str, row: int) -> str:
        for table in tables:
            at = row - table.first_row
            if table.place.sheet == (name or sheet) and column in table.texts.columns and 0 <= at < table.texts.height:
                return table.texts[column][at] or ""
        return ""

    return look


def _through(look: Look, results: Mapping[str, str]) -> Look:
    """As `look`, and where a cell of the formula's own sheet holds no result, what its formula joins."""
    asked: list[str] = []

    def further(sheet: str | None, column: str, row: int) -> str:
        cell, text = f"{column}{row}", look(sheet, column, row)
        if text not in ("", "0") or sheet or cell not in results or cell in asked or len(asked) >= DEEPEST:
            return text
        asked.append(cell)
        bare = _bare(results[cell])
        joined = "".join(_values(bare, further)) if CELLS.match(bare) else next(_joined(bare, further), text)
        asked.pop()
        return joined

    return further


def _may_tell(formula: str) -> bool:
    formula = NAMED_SHEET.sub("", formula)
    digits = sum(len(number) for number in LITERAL.findall(formula))
    return TEXTUAL.search(formula) is not None or digits >= MOST_DIGITS


def _is_joined(formula: str) -> bool:
    bare = _bare(formula)
    return bool(CHAIN.fullmatch(bare) or CALL.fullmatch(bare))


def _bare(formula: str) -> str:
    return PREFIX.sub("", formula).strip()


def _joined(formula: str, look: Look) -> Iterator[str]:
    chains = CHAIN.finditer(formula) if "&" in formula else ()
    found = [("", match[0]) for match in chains] + [(match[1].upper(), match[2]) for match in CALL.finditer(formula)]
    for function, parts in found:
        operands = [match[0] for match in islice(PARTS.finditer(parts), MOST_PARTS)]
        values = [value[:LONGEST] for operand in operands for value in _values(operand, look)]
        yield "".join(values)
        if function == "TEXTJOIN" and any(sign.isdecimal() for sign in values[0]):
            yield values[0].join(value for value in values[1:] if value)


def _values(operand: str, look: Look) -> list[str]:
    """The texts of an operand: one, or those of a range's cells row by row."""
    if operand.startswith('"'):
        return [operand[1:-1].replace('""', '"')]
    found = CELLS.match(operand)
    if not found:
        return [operand]
    sheet = found[1].strip("'").replace("''", "'") if found[1] else None
    return [look(sheet, column, row) for column, row in islice(_cells(found), MOST_PARTS)]


def _cells(found: re.Match[str]) -> Iterator[tuple[str, int]]:
    first, last = _index(found[2]), _index(found[4] or found[2])
    for row in range(int(found[3]), int(found[5] or found[3]) + 1):
        for column in range(first, last + 1):
            yield letter(column), row


def _index(letters: str) -> int:
    index = 0
    for sign in letters:
        index = index * 26 + ord(sign) - 64
    return index - 1
