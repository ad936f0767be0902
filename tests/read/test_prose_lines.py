"""Sentences of plain texts: where they stand, and what is no sentence."""

import io

import pytest

from lumbung.document import Passage, Place
from lumbung.gate import inspect
from lumbung.read import read
from lumbung.read.prose_lines import MOST_PARTS, sentences
from lumbung.read.sweep import PASSAGE

LETTER = "Rapat desa\n\nKorban bernama Sekar Wulandari, umur 34 tahun,\ndirawat di puskesmas desa.\n\n1\n2\n"


def said(*lines: str | None) -> list[tuple[str | None, str]]:
    """Rows and texts of the prose in these lines."""
    return [(passage.place.row, passage.text) for passage in sentences(lines, Place())]


def test_a_paragraph_says_on_which_lines_it_stands() -> None:
    document = read(io.BytesIO(LETTER.encode()), name="surat")
    rows = [passage.place.row for passage in document.passages if passage.place.row]
    assert rows == ["3-4"]


def test_lines_that_the_page_broke_are_one_sentence() -> None:
    wide = "Pada hari ini telah hadir di balai desa seorang warga bernama"
    assert said(wide, "Sekar dari dusun sebelah timur", "", None) == [
        ("1-2", f"{wide} Sekar dari dusun sebelah timur")
    ]
    assert said("Yang hadir dalam rapat ini:", "warga dusun sebelah timur") == [
        ("1-2", "Yang hadir dalam rapat ini:\nwarga dusun sebelah timur")
    ]


@pytest.mark.parametrize("hyphen", ["", "-", "\u00ad"])
def test_a_number_broken_by_the_end_of_a_line_is_whole(hyphen: str) -> None:
    assert said(f"warga dengan NIK 330820410{hyphen}", "2999001 hadir dalam rapat desa") == [
        ("1-2", "warga dengan NIK 3308204102999001 hadir dalam rapat desa")
    ]


@pytest.mark.parametrize("lines", [(), ("",), (None, None), ("3308", "3309"), ("Sekar", "Wulan"), ("a b c d e",)])
def test_lists_are_no_sentences(lines: tuple[str | None, ...]) -> None:
    assert not said(*lines)


def test_a_long_text_gives_few_passages_and_loses_no_line() -> None:
    lines = ["kalimat ini punya lima kata", ""] * (5 * MOST_PARTS)
    found = list(sentences(lines, Place()))
    assert len(found) <= MOST_PARTS + 1
    assert sum(passage.text.count("kalimat") for passage in found) == 5 * MOST_PARTS


def test_a_text_without_paragraphs_is_parted() -> None:
    found: list[Passage] = list(sentences(["kalimat ini punya lima kata " * 1000] * 200, Place()))
    assert len(found) > 1
    assert all(len(passage.text) <= PASSAGE + 30_000 for passage in found)


def test_a_person_in_a_sentence_over_two_lines_is_found() -> None:
    inspection = inspect(io.BytesIO(LETTER.encode()))
    assert any(reason.code == "named-in-text" and reason.place.row == "3-4" for reason in inspection.reasons)


def test_prose_of_markdown_knows_its_lines() -> None:
    document = read(
        io.BytesIO(b"| a | b |\n|---|---|\n| 1 | 2 |\n\nWarga desa hadir dalam rapat ini.\n\nNIK 1\n"), name="a"
    )
    assert [passage.place.row for passage in document.passages if passage.place.row] == ["5", "7"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Warga desa, tua dan muda, hadir semua.\nKepala desa hadir.\n", ["1-2"]),
        ("nama desa kita,alamat balai desa\nDesa Jati Wetan Raya,Jalan Raya Barat Nomor Satu, Jati\n", []),
        ("nama desa kita, alamat balai desa\nDesa Jati Wetan Raya, Jalan Raya Barat Nomor Satu\n", []),
    ],
)
def test_commas_of_sentences_are_told_from_delimiters(text: str, rows: list[str]) -> None:
    document = read(io.BytesIO(text.encode()), name="a")
    assert [passage.place.row for passage in document.passages if passage.place.row] == rows
