"""Parquet: every type as text with all its digits, and the footer's own notes."""

import datetime
import io
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lumbung.document import Document
from lumbung.read import Limits, Unreadable, read


def written(table: pa.Table, **options: Any) -> bytes:
    file = io.BytesIO()
    pq.write_table(table, file, **options)
    return file.getvalue()


def document_of(data: bytes, **limits: int) -> Document:
    return read(io.BytesIO(data), name="berkas", limits=Limits(**limits))


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (["x", "", None], ["x", None, None]),
        ([3308990101809001.0, 1.5, None], ["3308990101809001", "1.5", None]),  # pandas makes floats of NIK with gaps
        ([2**62 + 1, -1, None], [str(2**62 + 1), "-1", None]),
        ([1e300, float("inf"), -0.25], ["1e+300", "inf", "-0.25"]),
        ([Decimal("3308990101809001.10"), None], ["3308990101809001.10", None]),
        ([True, None], ["true", None]),
        ([datetime.date(1980, 1, 1), None], ["1980-01-01", None]),
        ([b"\xff3308", b"teks", None], ["ÿ3308", "teks", None]),
        ([[1, 2], [], None], ["[1, 2]", "[]", None]),
        ([{"a": "é", "b": [1]}, None], ['{"a": "é", "b": [1]}', None]),
        ([None, None], [None, None]),
        (pa.array(["x", "y", "x"]).dictionary_encode(), ["x", "y", "x"]),
    ],
)
def test_every_type_becomes_text(values: Any, texts: list[str | None]) -> None:
    (table,) = document_of(written(pa.table({"kolom": values}))).tables
    assert table.texts["A"].to_list() == ["kolom", *texts]


def test_numbers_stay_numbers_beside_their_text() -> None:
    (table,) = document_of(written(pa.table({"a": ["x"], "b": [7]}))).tables
    assert table.numbers.to_dict(as_series=False) == {"B": [None, 7.0]}
    assert table.texts.rows() == [("a", "b"), ("x", "7")]


def test_two_columns_may_have_one_name() -> None:
    (table,) = document_of(written(pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"]))).tables
    assert table.texts.rows() == [("a", "a"), ("1", "2")]


def test_notes_in_the_footer_are_hidden_passages() -> None:
    field = pa.field("a", pa.int64(), metadata={"sumber": "kolom"})
    schema = pa.schema([field], metadata={"pembuat": "berkas"})
    passage = document_of(written(pa.table({"a": [1]}, schema=schema))).passages[1]
    assert "kolom" in passage.text
    assert "berkas" in passage.text
    assert passage.place.hidden


@pytest.mark.parametrize(
    ("data", "limits", "code"),
    [
        (written(pa.table({"a": list(range(1000))})), {"cells": 999}, "too-large"),
        (written(pa.table({"a": [[1] * 1000]})), {"cells": 999}, "too-large"),  # few rows, long lists
        (written(pa.table({f"k{n}": [1] for n in range(20)})), {"columns": 19}, "too-large"),
        (
            written(pa.table({"a": ["x" * 20_000] * 3}), use_dictionary=False, compression="zstd"),
            {"bytes": 10_000},
            "bomb",
        ),
        (written(pa.table({"a": [1]}))[:-30] + b"PAR1", {}, "broken"),
        (b"PAR1" + b"\xff" * 100 + b"PAR1", {}, "broken"),
    ],
)
def test_damage_and_bombs_are_refused(data: bytes, limits: dict[str, int], code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        document_of(data, **limits)
    assert refusal.value.code == code


def test_a_damaged_page_is_broken() -> None:
    data = bytearray(written(pa.table({"a": [f"teks {n}" for n in range(5000)]}), use_dictionary=False))
    data[200:400] = b"\xff" * 200
    with pytest.raises(Unreadable) as refusal:
        document_of(bytes(data))
    assert refusal.value.code == "broken"
