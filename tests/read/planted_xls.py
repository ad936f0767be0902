"""Old workbooks written with a number in one of their records."""

import io
import struct
from collections.abc import Callable

import xlwt


def saved(build: Callable[[xlwt.Workbook], None]) -> bytes:
    """The bytes of a workbook that `build` has filled."""
    book = xlwt.Workbook()
    build(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_record(data: bytes, kind: int, payload: bytes) -> bytes:
    """The workbook with one more record in its first sheet. The stream must stay within its sectors."""
    marker = struct.pack("<HH", 0x0A, 0)  # the end of the workbook's globals, then of the sheet
    stream = data.find(struct.pack("<H", 0x809))
    sheet_end = data.find(marker, data.find(marker, stream) + 4)
    record = struct.pack("<HH", kind, len(payload)) + payload
    room = data[sheet_end + 4 : sheet_end + 4 + len(record)]
    assert not room.strip(b"\0"), "xlwt pads the stream with zeros"
    return data[:sheet_end] + record + marker + data[sheet_end + 4 + len(record) :]
