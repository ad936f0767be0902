"""SQL dumps: rows of every dialect as tables, and nothing lost beside them."""

import io
import time

import pytest

from lumbung.document import Document
from lumbung.read import Limits, Unreadable, read, sql_values
from lumbung.read.sql import is_dump
from tests.hiding.sql import MYSQL, POSTGRESQL


def opened(text: str, **limits: int) -> Document:
    return read(io.BytesIO(text.encode()), name="", limits=Limits(**limits))


def rows(text: str) -> list[tuple[str | None, ...]]:
    (table,) = opened(text).tables
    return table.texts.rows()


def test_mysql_escapes_and_null() -> None:
    text = MYSQL + "INSERT INTO `pasar` VALUES (1,'it''s (a), \\'b\\';\\n',NULL),(2,'','x\\\\');\n"
    assert rows(text) == [("id", "nama", "isi"), ("1", "it's (a), 'b';\n", None), ("2", None, "x\\")]


def test_postgresql_keeps_backslashes_and_knows_its_own_escapes() -> None:
    text = POSTGRESQL + "INSERT INTO public.pasar (a, b) VALUES ('C:\\', E'x\\ty'), ('z'::text, U&'w');\n"
    assert rows(text) == [("a", "b"), ("C:\\", "x\ty"), ("z", "w")]


def test_rows_behind_copy() -> None:
    text = POSTGRESQL + "COPY public.pasar (a, b) FROM stdin;\n1\tx\\ty\n\\N\tC:\\\\\n\\.\n\nSELECT 1;\n"
    assert rows(text) == [("a", "b"), ("1", "x\ty"), (None, "C:\\")]


def test_sqlite_s_own_dump() -> None:
    text = (
        'PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE t(a, "b c");\n'
        "INSERT INTO t VALUES(1,replace('x\\ny','\\n',char(10)));\nINSERT INTO t VALUES(2.5,X'333330');\nCOMMIT;\n"
    )
    assert rows(text) == [("a", "b c"), ("1", "x\ny"), ("2.5", "330")]
    assert not opened(text).unread


def test_bare_numbers_are_numbers_and_quoted_ones_texts() -> None:
    (table,) = opened(MYSQL + "INSERT INTO `pasar` VALUES (1,'2','x'),(-3.5,'4','y');\n").tables
    assert table.numbers.to_dict(as_series=False) == {"A": [None, 1.0, -3.5]}


def test_tables_without_a_list_of_columns_have_no_header() -> None:
    assert rows("INSERT INTO t VALUES (1,'a');\nINSERT INTO t VALUES (2,'b');\n") == [("1", "a"), ("2", "b")]


def test_all_other_text_stays() -> None:
    document = opened(
        MYSQL + "-- catatan lama\nUPDATE pasar SET nama='Legi';\nINSERT INTO `pasar` VALUES (1,'a','b');\n"
    )
    rest = "\n".join(passage.text for passage in document.passages)
    assert "catatan lama" in rest
    assert "Legi" in rest


@pytest.mark.parametrize("row", ["(1,'a'||'b','c')", "(1,concat('a','b'),'c')", "(1,'a')", "(1,(SELECT 2),'x')"])
def test_a_row_that_is_not_understood_holds_the_file(row: str) -> None:
    document = opened(f"{MYSQL}INSERT INTO `pasar` VALUES (1,'a','b'),{row};\n")
    assert document.unread


@pytest.mark.parametrize(
    "text", ["CREATE TABLE t (a int, (((((", "INSERT INTO t VALUES ('" + "''" * 9, "COPY t FROM stdin;\n"]
)
def test_damage_ends_in_a_document(text: str) -> None:
    assert opened(f"BEGIN;\nCREATE TABLE x (a);\n{text}").passages


def test_quotation_marks_without_end_take_no_time() -> None:
    began = time.monotonic()
    opened(MYSQL + "INSERT INTO `pasar` VALUES " + "(1,'a\\',((" * 20_000)
    opened("BEGIN;\nINSERT INTO t VALUES (" + "f(" * 20_000 + "\n")
    opened("BEGIN;\nINSERT INTO t VALUES (" + "$$'\"`/*--" * 9_000 + "\n")
    assert time.monotonic() - began < 10


def test_too_many_cells_are_too_large() -> None:
    with pytest.raises(Unreadable) as refusal:
        opened(MYSQL + "INSERT INTO `pasar` VALUES (1,'a','b'),(2,'c','d');\n", cells=5)
    assert refusal.value.code == "too-large"


def test_a_text_about_sql_is_a_text() -> None:
    for text in ("Select the file and insert into the box.\n", "nama,isi\nINSERT INTO t,1\n", "USE OF LAND\n1,2\n"):
        assert opened(text).format != "sql"


@pytest.mark.parametrize("backslashes", [True, False])
def test_values_in_bulk_are_what_they_are_one_by_one(backslashes: bool) -> None:
    raws = ["'it''s'", "''''", "''", "'a''''b'", "'a' 'b'", "'a'''", "'x'::text", "E'a\\'b'", "'a\\\\b'", "7", "x''"]
    frame, _ = sql_values.frame([(raw,) for raw in raws], backslashes=backslashes)
    assert frame["A"].to_list() == [sql_values.text_of(raw, backslashes=backslashes) for raw in raws]


def test_comments_before_what_is_no_sql_are_passed_once() -> None:
    begun = time.process_time()
    assert not is_dump("/* satu */\n" * 5_000 + "body { color: red }\n")
    assert time.process_time() - begun < 1
