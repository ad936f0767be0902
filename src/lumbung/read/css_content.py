"""What a style sheet writes onto a page by itself: texts before and after an element, and counters.

Source: CSS Generated Content Module Level 3 (`content`), CSS Lists 3 (counters), CSS Syntax 3, 4.3.7 (escapes). Which
element it lands on is not worked out; so digits in it make a page that was not wholly read.
"""

import re
from collections.abc import Iterable, Iterator

FEWEST, FEWEST_BORROWED = 2, 5  # digits; a row of a page may borrow "Tahun 2019" from its attributes
FEWEST_RULES = 5  # different texts of one digit: a page that numbers three steps so is not a page that spells numbers
CONTENT = re.compile(r"(?:content|quotes|list-style(?:-type)?|symbols|prefix|suffix)\s*:([^;}]*)", re.IGNORECASE)
COUNTER = re.compile(r"counter-(?:reset|set|increment)\s*:([^;}]*)", re.IGNORECASE)
NAME = re.compile(r"(?<![\w-])-?[^\W\d][\w-]*")  # of a counter, which no page shows; word processors number theirs
BORROWED = re.compile(r"attr\(\s*([\w-]+)", re.IGNORECASE)
TEXT = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'", re.DOTALL)
ESCAPE = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})[ \t\n\r\f]?|\r?\n|(.))", re.DOTALL)
COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
DIGITS = re.compile(r"\d")
LAST = 0x10FFFF


def drawn(sheets: Iterable[str], attributes: Iterable[str]) -> list[str]:
    """The texts with digits that style sheets write. `sheets` are their sources, `attributes` as "name=value"."""
    bare = [plain(COMMENT.sub("", sheet)) for sheet in sheets if ":" in sheet]
    borrowed = {f"{name.lower()}=" for sheet in bare for name in BORROWED.findall(sheet)}
    own = [text for sheet in bare for text in _own(sheet) if DIGITS.search(text)]
    if len(set(own)) < FEWEST_RULES:
        own = [text for text in own if len(DIGITS.findall(text)) >= FEWEST]
    taken = (value for value in attributes if value.partition("=")[0].lower() + "=" in borrowed)
    return own + [value for value in taken if len(DIGITS.findall(value)) >= FEWEST_BORROWED]


def plain(source: str) -> str:
    """The source with its escapes resolved, but for those of quotation marks.

    >>> plain(r"\\33 3\\38")
    '338'
    """
    return ESCAPE.sub(_resolved, source)


def _resolved(escape: re.Match[str]) -> str:
    if escape[1]:
        code = int(escape[1], 16)
        return chr(code) if 0 < code <= LAST and chr(code) not in "\"'\\" else " "
    return escape[2] if escape[2] and escape[2] not in "\"'\\" else ""


def _own(sheet: str) -> Iterator[str]:
    for said in CONTENT.findall(sheet):
        yield "".join(one or other for one, other in TEXT.findall(said))
    for said in COUNTER.findall(sheet):
        yield " ".join(NAME.sub("", said).split())
