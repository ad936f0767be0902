"""LibreOffice's own metafiles: a chart's picture is wholly read, and what is not understood is named."""

import io
import struct

import pytest

from lumbung.document import Document
from lumbung.read import read
from lumbung.read.svm import read_svm
from tests.hiding.odt import document
from tests.read.planted_metafile import svm, svm_record, svm_text

BAR = struct.pack("<4i", 100, 100, 400, 900)
TRIANGLE = struct.pack("<H6i", 3, 0, 0, 900, 0, 900, 900)
RED = b"\0\0\xff\0\1"


def letter(*records: bytes) -> Document:
    """A text with a chart whose picture has these records."""
    return read(io.BytesIO(document({"ObjectReplacements/Object 1": svm(*records)})), name="surat.odt")


def reasons(*records: bytes) -> list[str]:
    """Why the letter was not wholly read."""
    return [unread.why for unread in letter(*records).unread]


def test_a_chart_is_wholly_read():
    records = svm_record(133, RED), svm_record(103, BAR), svm_record(139, b"\xff\xff"), svm_text("Tegalrejo")
    assert reasons(*records, svm_record(140, b""), svm_record(512, b"\x09\0XTEXT_EOC" + bytes(8))) == []


def test_what_is_filled_has_its_colour():
    sketch = read_svm(svm(svm_record(133, RED), svm_record(110, TRIANGLE)))
    (shape,) = sketch.shapes
    assert shape.fill == (255, 0, 0)
    assert shape.contours == (((0.0, 0.0), (900.0, 0.0), (900.0, 900.0)),)


def test_contours_of_several_parts():
    (shape,) = read_svm(svm(svm_record(111, struct.pack("<H", 2) + TRIANGLE + TRIANGLE))).shapes
    assert len(shape.contours) == 2


@pytest.mark.parametrize(
    "record",
    [
        svm_text("Tegalrejo", again="Krajan"),
        svm_record(100, bytes(12)),
        svm_record(143, b"%!PS"),
        svm_record(121, b"BM" + bytes(40)),
        svm_record(512, b"\x04\0lain" + bytes(9000)),
        svm_record(999, b""),
    ],
)
def test_what_is_not_understood_is_named(record: bytes):
    assert reasons(record) == ["image"]


def test_records_that_are_missing_and_bytes_behind_the_end_are_damage():
    whole = svm(svm_text("Tegalrejo"), svm_text("Sidomulyo"))
    assert read_svm(whole[:-3]).broken
    assert read_svm(whole + b"lain").broken
    assert read_svm(whole[:20]).broken
    assert not read_svm(whole).broken
