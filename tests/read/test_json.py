"""JSON: tables where there are rows, and no string, number or name left behind."""

import io
import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbung.document import Document
from lumbung.invent import nik
from lumbung.read import Limits, Unreadable, read

Rows = list[tuple[str | None, ...]]


def document_of(text: str | bytes, **limits: int) -> Document:
    data = text if isinstance(text, bytes) else text.encode()
    return read(io.BytesIO(data), name="berkas", limits=Limits(**limits))


def tables_of(text: str | bytes) -> dict[str | None, Rows]:
    return {table.place.path: table.texts.rows() for table in document_of(text).tables}


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        (
            '[{"a": 1, "b": "x"}, {"b": "y", "c": null}]',
            {"$[*]": [("a", "b", "c"), ("1", "x", None), (None, "y", None)]},
        ),
        ('{"a": [1, 2], "b": ["x", "y"]}', {"$": [("a", "b"), ("1", "x"), ("2", "y")]}),
        (
            '{"a": {"0": 1, "1": 2}, "b": {"0": "x", "1": "y"}}',
            {"$": [(None, "a", "b"), ("0", "1", "x"), ("1", "2", "y")]},
        ),
        (
            '{"33.08": {"x": 1, "y": 2}, "33.09": {"x": 3, "y": 4}}',
            {"$": [(None, "x", "y"), ("33.08", "1", "2"), ("33.09", "3", "4")]},
        ),
        ("[[1, 2], [3]]", {"$": [("1", "2"), ("3", None)]}),
        (
            '{"columns": ["x", "y"], "data": [[1, 2]]}',
            {"$.columns": [("x",), ("y",)], "$.data": [("x", "y"), ("1", "2")]},
        ),
        ('{"a": 1}\n{"a": 2}\n', {"$[*]": [("a",), ("1",), ("2",)]}),
        ('[{"a": {"b": {"c": 1}}}]', {"$[*]": [("a.b.c",), ("1",)]}),
        (
            '[{"d": "x", "r": [{"n": 1}, {"n": 2}]}]',
            {"$[*]": [("d", "r"), ("x", None)], "$[*].r[*]": [("n",), ("1",), ("2",)]},
        ),
        ('[{"a": 1, "a": 2}]', {"$[*]": [("a", "a (2)"), ("1", "2")]}),  # two members of one name
        ('[{"a": true, "b": [1, "x"]}]', {"$[*]": [("a", "b"), ("true", '[1,"x"]')]}),
        ("[1, 2]", {"$": [("1",), ("2",)]}),
        ("[]", {}),
        ('{"a": {"b": 1}}', {}),
    ],
)
def test_rows_become_tables(text: str, tables: dict[str, Rows]) -> None:
    assert tables_of(text) == tables


def test_numbers_keep_every_digit_they_were_written_with() -> None:
    (table,) = document_of(
        '[{"n": 3308990101809001.0}, {"n": 12345678901234567890123}, {"n": 1E400}, {"n": -0.10}]'
    ).tables
    assert table.texts["A"].to_list() == ["n", "3308990101809001.0", "12345678901234567890123", "1E400", "-0.10"]
    assert table.numbers["A"].to_list() == [None, 3308990101809001.0, 12345678901234567890123.0, None, -0.1]


def test_a_member_name_may_be_the_secret_and_never_enters_a_place() -> None:
    document = document_of('{"3308990101809001": {"nama": [1]}, "catatan": "x"}')
    assert any("3308990101809001" in passage.text for passage in document.passages)
    assert "3308990101809001" not in str([*(t.place for t in document.tables), *(p.place for p in document.passages)])


def test_many_names_with_one_value_each_are_a_table() -> None:
    text = json.dumps({f"33089901018090{n:02}": f"Warga {n}" for n in range(12)})
    assert tables_of(text)["$"][3] == ("3308990101809003", "Warga 3")


def test_broken_json_is_read_as_text_and_hidden_digits_are_named_unread() -> None:
    assert document_of('{"nik": "3308990101809001"').unread == ()
    assert [part.why for part in document_of('{"nik": "\\u0033\\u0033"').unread] == ["broken"]


@pytest.mark.parametrize(
    ("text", "limits", "code"),
    [
        ("[" * 100_000, {}, "bomb"),
        ("[" * 900 + "]" * 900, {}, "bomb"),
        ('[{"a":' * 300 + "1" + "}]" * 300, {}, "bomb"),
        ('[{"a":' + "[" * 300 + "]" * 300 + "}]", {}, "bomb"),
        ('{"a": {"x": ' + "[" * 300 + "]" * 300 + '}, "b": {"x": 1}}', {}, "bomb"),
        ("[1, 2, 3]", {"json_bytes": 4}, "too-large"),
        (json.dumps([{f"k{n}": 1} for n in range(500)]), {"cells": 10_000}, "too-large"),
        (json.dumps([{f"k{n}": 1 for n in range(500)}]), {"columns": 100}, "too-large"),
        (json.dumps({f"r{n}": {"x": 1, "y": 1, f"k{n}": 1} for n in range(500)}), {"cells": 10_000}, "too-large"),
    ],
)
def test_bombs_are_refused(text: str, limits: dict[str, int], code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        document_of(text, **limits)
    assert refusal.value.code == code


def test_a_number_of_a_million_digits_is_only_text() -> None:
    assert len(tables_of("[" + "9" * 1_000_000 + "]")["$"][0][0] or "") == 1_000_000


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_json_in_wide_encodings(encoding: str) -> None:
    assert tables_of('[{"nama": "Café"}]'.encode(encoding)) == {"$[*]": [("nama",), ("Café",)]}


TEXTS = st.text(alphabet="abcdefghij0123456789", min_size=6, max_size=10)
VALUES = st.recursive(
    TEXTS | st.integers(min_value=10**6) | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=25,
)


@settings(max_examples=300, deadline=None)
@given(value=VALUES.filter(lambda value: isinstance(value, list | dict)))
def test_every_string_number_and_name_is_somewhere(value: object) -> None:
    document = document_of(json.dumps(value))
    cells = (cell or "" for table in document.tables for row in table.texts.rows() for cell in row)
    everything = "\n".join([*cells, *(passage.text for passage in document.passages)])
    assert [atom for atom in atoms(value) if atom not in everything] == []


def atoms(value: object) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(atom for inner in value.values() for atom in atoms(inner))]
    if isinstance(value, list):
        return [atom for inner in value for atom in atoms(inner)]
    return [value if isinstance(value, str) else json.dumps(value)]


def test_an_array_in_a_cell_is_not_written_like_a_number_with_a_decimal_comma() -> None:
    number = nik(region="330813", birth=date(1990, 1, 2), female=False, serial=9000)
    text = f'{{"titik": [{{"c": [1, {number}]}}, {{"c": [33, 8, 13, 2]}}]}}'
    cells = {cell for row in tables_of(text)["$.titik[*]"] for cell in row}
    assert {f"[1, {number}]", "[33,8,13,2]"} <= cells
