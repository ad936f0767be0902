"""The plain cells of a worksheet part, told from the rest by one pattern, without parsing the part twice.

fastexcel reads the plain cells. What is left of the XML when they are taken out is small, stays well-formed, and is
parsed exactly: hidden rows, formulas with literals, headers and footers, validation lists, and what nobody foresaw.
A cell written in a way that the pattern does not know is only slower, never lost: it stays in the rest.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polars as pl

from lumbung.read.letters import letter

# A formula without string literals, entities and long numbers says nothing that its cached value does not say; but a
# bare 0 is what some programs write for a value that they have not worked out.
_FORMULA = r'(?:<f>(?:[^<>&"0-9]*[0-9]{0,7}[^<>&"0-9])*[0-9]{0,7}</f>|<f t="shared" si="[0-9]+"/>)'
_START = r'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")?'
_VALUE = rf'(?: t="(?:s|n|str)")?>(?:<v>[^<>]+|{_FORMULA}<v>(?:[^<>0][^<>]*|0[^<>]+))</v></c>'
_INLINE = r' t="inlineStr"><is><t(?: xml:space="preserve")?>[^<>]+</t></is></c>'
PLAIN_CELLS = rf"(?:{_START}(?:{_VALUE}|{_INLINE}|/>|></c>))+"
_ROW_ATTRIBUTES = (
    r'(?: (?:r|spans|s|customFormat|customHeight|thickBot|thickTop|x14ac:dyDescent)="[0-9.: a-z]*"'
    r'| ht="[1-9][0-9.]*"| outlineLevel="[0-7]")*'
)
PLAIN_ROW = rf"<row{_ROW_ATTRIBUTES}(?:></row>|/>)"

_DIMENSION = re.compile(rb'<dimension ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_WIDE_COLUMN = re.compile(rb'<c r="([A-Z]{2,3})[0-9]')
_ROW_NUMBER = re.compile(rb'<row(?: [a-z]+="[^"]*")*? r="([0-9]{1,9})"')
_LONGEST_ROW = 32 * 2**20


def column_index(letters: bytes | str) -> int:
    """Counting from 0.

    >>> column_index("A"), column_index(b"XFD")
    (0, 16383)
    """
    text = letters.decode() if isinstance(letters, bytes) else letters
    index = 0
    for character in text:
        index = index * 26 + ord(character) - 64
    return index - 1


def whole_rows(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut behind the ends of rows, so that no cell lies across a cut (monstrous rows excepted)."""
    rest = b""
    for piece in pieces:
        data = rest + piece
        cut = data.rfind(b"</row>") + 6
        if cut < 6:
            cut = data.rfind(b"<") if len(data) > _LONGEST_ROW else 0
        if cut:
            yield data[:cut]
        rest = data[cut:]
    if rest:
        yield rest


@dataclass(slots=True)
class Extent:
    """How far a sheet reaches, as far as plain XML tells, so that nobody allocates a grid for one far cell."""

    rows: int = 0
    width: int = 0
    cells: int = 0

    def take(self, piece: bytes) -> None:
        """Look at a piece that ends with a whole row."""
        self.cells += piece.count(b"<c ")
        numbers = _ROW_NUMBER.findall(piece)
        self.rows = max(self.rows, max(map(int, numbers))) if numbers else self.rows + piece.count(b"<row")
        self.width = max(26, self.width, *(column_index(name) + 1 for name in set(_WIDE_COLUMN.findall(piece))))


def declared_extent(head: bytes) -> Extent | None:
    """What the sheet itself says about its reach; None where it says nothing."""
    match = _DIMENSION.search(head)
    if match is None:
        return None
    rows, width = int(match[4]), column_index(match[3]) + 1
    return Extent(rows=rows, width=width, cells=(rows - int(match[2]) + 1) * (width - column_index(match[1])))


@dataclass(slots=True)
class Plain:
    """What was counted while the plain cells were taken out: cells with a value, cells with a type of their own.

    `head` is the sheet's beginning, `first` the first column that holds a value: the grid begins there unsaid.
    """

    values: int = 0
    typed: int = 0
    first: int = 1 << 14
    head: bytes = b""

    def take(self, piece: bytes, rest: bytes) -> None:
        """Count what is in the piece and not in the rest."""
        self.head = self.head or piece
        self.values += piece.count(b"<v>") - rest.count(b"<v>") + piece.count(b"<is>") - rest.count(b"<is>")
        self.typed += piece.count(b'" t="')
        for index in range(min(self.first, 64)):
            name = letter(index).encode()
            if re.search(rb'<c r="%b[0-9]+"[^<>/]*>(?:<f[^<>]*(?:/>|>[^<>]*</f>))?<(?:v>|is)' % name, piece):
                self.first = index
                return


def without_plain_cells(pieces: Iterable[bytes], plain: Plain) -> Iterator[bytes]:
    """The XML with plain cells and plain rows taken out; `plain` is counted up along the way."""
    for piece in pieces:
        try:
            text = pl.Series([piece.decode()])
        except UnicodeDecodeError:  # UTF-16 or damage: nothing is plain, the parser decides
            yield piece
            continue
        rest = text.str.replace_all(PLAIN_CELLS, "").str.replace_all(PLAIN_ROW, "")[0].encode()
        plain.take(piece, rest)
        yield rest
