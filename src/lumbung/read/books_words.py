"""The books of words: which words stand in a file of text or in the markup of a package, found without its reader.

By means of its own and on purpose cruder than any reader's: markup is what stands between < and >, a string is what
stands between quotation marks. Whatever word of four letters or whole number of ten digits is so seen must have come
out in a cell or a passage. Shorter words, names of elements, and numbers with decimals are not looked at; a table of
delimited text has an account of its bytes (`books_bytes`). Long files are not counted here.
"""

import html
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from lumbung.document import Passage, Table
from lumbung.read.encoding import encoding_of, to_utf8
from lumbung.read.opened import Opened

LONGEST = 64 * 2**20  # bytes of a file that is counted, at some eight seconds; JSON and pages are not read beyond
PACKED = 4 * 2**20  # bytes of a package's markup
MANY = 2_000  # missing words that are not looked for one by one
WORD = re.compile(r"[^\W\d_]{4,60}|(?<![\w.,\-])\d{10,}(?![\w.,])")
MARKUP = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>|<(?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*>")
# Nothing is given back that was taken: a run of letters can be cut in pieces of twenty in more ways than can be tried.
ENCODED = re.compile(r"\s*+(?:[A-Za-z0-9+/=]{20,}+\s*+)++[A-Za-z0-9+/=]*+\s*+")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
LITERAL = re.compile(r"(?<![\w'])'((?:[^'\\]|\\.|'')*)'")
ESCAPE = re.compile(r"\\.")
CODE = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
ENTRY = re.compile(r"<(?:\w+:)?si(?=[\s>])")
FORMULA = re.compile(r"<(?:\w+:)?f(?:\s[^<>]*)?>[^<>]*<")
SHOWN = re.compile(r"""\st=["']s["'][^<>]*><(?:\w+:)?v>(\d{1,9})<""")
FOLDED = re.compile(r"\r?\n[ \t]")
OF_MAPS = frozenset(
    (
        *("type", "feature", "featurecollection", "features", "properties", "geometry", "geometries", "coordinates"),
        *("point", "multipoint", "linestring", "multilinestring", "polygon", "multipolygon", "geometrycollection"),
        *("bbox", "topology", "objects", "arcs", "transform", "scale", "translate"),
    )
)
"""Words of RFC 7946 and TopoJSON that shape a map and are not told."""


def _text(opened: Opened) -> str:
    return to_utf8(opened, encoding_of(opened))[0].decode("utf-8")


def _between_tags(markup: str) -> Iterator[str]:
    """The texts between tags, without what is packed into letters."""
    texts = (html.unescape(text) for text in MARKUP.split(markup))
    yield from (text for text in texts if not ENCODED.fullmatch(text))


def _of_markup(opened: Opened) -> Iterator[str]:
    yield from _between_tags(_text(opened))


def _of_page(opened: Opened) -> Iterator[str]:
    """A web page; in scripts and styles < and > are no tags."""
    yield from _between_tags(CODE.sub(" ", _text(opened)))


def _of_json(opened: Opened) -> Iterator[str]:
    for match in STRING.finditer(_text(opened)):
        yield _unescaped(match[0]) if "\\" in match[1] else match[1]


def _unescaped(string: str) -> str:
    """A string of JSON; of what only begins as JSON does, as a page's template, as it stands."""
    try:
        return str(json.loads(string, strict=False))
    except ValueError:
        return string[1:-1]


def _of_dump(opened: Opened) -> Iterator[str]:
    """The quoted values of a dump of SQL."""
    yield from (ESCAPE.sub(" ", match[1]) for match in LITERAL.finditer(_text(opened)))


def _of_lines(opened: Opened) -> Iterator[str]:
    """The values of an address book or a calendar that are written as they are."""
    for line in FOLDED.sub("", _text(opened)).splitlines():
        name, _, value = line.partition(":")
        if "ENCODING" not in name.upper():
            yield ESCAPE.sub(" ", value)


def _of_mail(opened: Opened) -> Iterator[str]:
    """The headers of a message, but for words in an encoding."""
    head = re.split(r"\r?\n\r?\n", opened.data[:PACKED].decode("ascii", "replace"), maxsplit=1)[0]
    yield from (line.partition(":")[2] for line in FOLDED.sub(" ", head).splitlines() if "=?" not in line)


def _of_package(opened: Opened) -> Iterator[str]:
    """The markup of a package, as long as it is not too much."""
    opened.file.seek(0)
    try:
        with zipfile.ZipFile(opened.file) as package:
            members = [entry for entry in package.infolist() if entry.filename.lower().endswith(".xml")]
            if sum(entry.file_size for entry in members) <= PACKED:
                markup = {entry.filename.lower(): package.read(entry).decode("utf-8") for entry in members}
                yield from (text for part in _shown(markup) for text in _between_tags(part))
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        return  # damaged, or in another encoding: the book of its parts stands


def _shown(markup: dict[str, str]) -> Iterator[str]:
    """The parts of a package without formulas, whose functions tell nothing; of a workbook's shared strings those that
    a cell shows."""
    strings = ENTRY.split(markup.pop("xl/sharedstrings.xml", ""))[1:]
    numbers = {int(number) for part in markup.values() for number in SHOWN.findall(part)}
    yield from (FORMULA.sub("", part) for part in markup.values())
    yield from (strings[number] for number in numbers if number < len(strings))


TEXTS: dict[str, Callable[[Opened], Iterator[str]]] = {
    **dict.fromkeys(("xml", "kml", "gpx", "spreadsheetml", "flat-document", "svg"), _of_markup),
    **dict.fromkeys(("ooxml", "ods", "open-document", "office-document"), _of_package),
    "html": _of_page,
    "json": _of_json,
    "sql": _of_dump,
    "content-lines": _of_lines,
    "mail": _of_mail,
}


def is_whole(opened: Opened, door: str, *, tables: Iterable[Table], passages: Iterable[Passage]) -> bool:
    """Whether every word seen in the file came out; True for files of other kinds, and for long ones."""
    if door not in TEXTS or opened.size > LONGEST:
        return True
    present = {word for text in TEXTS[door](opened) for word in WORD.findall(text.casefold())} - OF_MAPS
    if not present:  # as of a package with more markup than is counted here
        return True
    told = "\n".join(chain(_told(tables), (_of_passage(passage) for passage in passages))).casefold()
    missing = present.difference(WORD.findall(told))
    return not missing or (len(missing) <= MANY and all(word in told for word in missing))


def _told(tables: Iterable[Table]) -> Iterator[str]:
    for table in tables:
        yield table.place.sheet or ""
        if table.texts.width > table.texts.height:  # its rows are fewer
            yield "\n".join(cell for row in table.texts.iter_rows() for cell in row if cell)
            continue
        for column in table.texts.get_columns():
            yield "\n".join(column.drop_nulls().unique())


def _of_passage(passage: Passage) -> str:
    return f"{passage.text}\n{passage.place.sheet or ''}\n{passage.place.path or ''}"
