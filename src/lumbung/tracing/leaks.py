"""What of its marks a leaked file still has: its order, its masked digits, where its lines begin, and codes in it."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import polars as pl

from lumbung.document import Document
from lumbung.trace import marks
from lumbung.trace.accuse import Leak
from lumbung.trace.subjects import SUBJECT
from lumbung.tracing import rows

PROPERTIES = "docProps/"  # where an office file says what it is (ECMA-376, part 2)
LARGEST_PROPERTY = 1 << 20  # bytes


def leak(document: Document, content: bytes, *, secret: bytes, at: date) -> Leak | None:
    """The rows in their order with what is left of their marks; nothing where nobody is in the file."""
    people = rows.people(document, at=at)
    printed = _printed(content)
    if people.is_empty() and printed.is_empty():
        return None
    if people.height < printed.height:  # its text alone names more people than its tables do
        people = _as_people(printed)
    keys = marks.row_keys(people, secret=secret)
    places = people["place"].fill_null(-1).to_numpy().astype(np.int8)
    return Leak(keys=keys, places=places, lines=_lines(printed, keys, secret=secret))


def codes_in(document: Document, content: bytes, codes: Sequence[str]) -> list[int]:
    """Which of the codes stand in the file: in its text, its bytes, or what it says of itself."""
    texts = [one.text for one in document.passages]
    texts += [cell for table in document.tables for column in table.texts for cell in column.drop_nulls().to_list()]
    texts += [piece.decode("latin-1") for piece in (content, *_properties(content))]
    return [number for number, code in enumerate(codes) if any(code in text for text in texts)]


def _properties(content: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for member in package.infolist():
                if member.filename.startswith(PROPERTIES) and member.file_size < LARGEST_PROPERTY:
                    yield package.read(member)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError):
        return


def _printed(content: bytes) -> pl.DataFrame:
    from lumbung.tracing import typography

    return typography.lines(content) if content.lstrip()[:5] == b"%PDF-" else typography.none()


def _as_people(printed: pl.DataFrame) -> pl.DataFrame:
    absent = [pl.lit(None, kind).alias(name) for name, kind in SUBJECT.items() if name not in printed.columns]
    return printed.with_columns(absent)


def _lines(printed: pl.DataFrame, keys: np.ndarray, *, secret: bytes) -> np.ndarray:
    """The mark of each row's line, -1 where it has none."""
    told = np.full(len(keys), -1, dtype=np.int8)
    known = marks.row_keys(_as_people(printed), secret=secret)
    marked = dict(zip(known.tolist(), printed["line"].to_list(), strict=True))
    for number, key in enumerate(keys.tolist()):
        told[number] = marked.get(key, -1) if key else -1
    return told
