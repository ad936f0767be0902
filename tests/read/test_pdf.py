"""PDF: words into lines and tables, damaged and locked files, and files that do harm."""

import io
import time

import pikepdf
import pytest

from lumbung.document import Document
from lumbung.read import Unreadable, read
from tests.hiding.pdf_files import GREETING, objects, stream, updated, written

NIK = "3308204102999001"  # an invented serial that no office issues
TABLE = (
    ("No", "Dusun", "Laki-laki", "Perempuan"),
    ("1", "Krajan", "120", "133"),
    ("2", "Kauman Lor", "98", "101"),
    ("3", "Jati", "77", "80"),
)
PLACES = (72, 110, 220, 300)


def opened(data: bytes) -> Document:
    return read(io.BytesIO(data), name="laporan.pdf")


def shown(*texts: tuple[float, float, str]) -> str:
    """Operators that show each text at its place."""
    return "\n".join(f"BT /F1 10 Tf {x} {y} Td ({text}) Tj ET" for x, y, text in texts)


def cells(*, top: int = 700, rows: tuple[tuple[str, ...], ...] = TABLE) -> str:
    """A table without rules."""
    placed = [(x, top - 16 * n, text) for n, row in enumerate(rows) for x, text in zip(PLACES, row, strict=True)]
    return shown(*placed)


def page(content: str) -> bytes:
    return written(objects(content=content))


def grids(document: Document) -> list[list[tuple[str | None, ...]]]:
    return [table.texts.rows() for table in document.tables]


def test_words_in_columns_are_a_table_at_its_page() -> None:
    document = opened(page(cells()))
    assert grids(document) == [list(TABLE)]
    assert document.tables[0].place.page == 1
    assert (document.format, document.unread) == ("pdf", ())


def test_a_ruled_cell_of_two_lines_is_one_cell() -> None:
    sides, heights = (70, 105, 215, 295, 400), (712, 694, 664, 646)
    rules = " ".join(f"70 {y} m 400 {y} l S" for y in heights) + " ".join(f" {x} 646 m {x} 712 l S" for x in sides)
    rows = shown(
        *((72, 700, "No"), (110, 700, "NIK"), (220, 700, "Nama"), (300, 700, "Dusun")),
        *((72, 682, "1"), (110, 682, NIK[:10]), (110, 670, NIK[10:]), (220, 682, "BUDI"), (300, 682, "Jati")),
        *((72, 652, "2"), (110, 652, "-"), (220, 652, "SITI"), (300, 652, "Kauman")),
    )
    (grid,) = grids(opened(page(f"{rules} {rows}")))
    assert grid[1] == ("1", NIK, "BUDI", "Jati")
    assert len(grid) == 3


def test_a_table_that_goes_on_on_the_next_page_is_one_table() -> None:
    kept = objects(content=cells())
    kept[2] = b"<</Type/Pages/Kids[3 0 R 10 0 R]/Count 2>>"
    kept[10] = kept[3].replace(b"4 0 R", b"11 0 R")
    kept[11] = stream(cells(rows=TABLE[1:]))
    (grid,) = grids(opened(written(kept)))
    assert len(grid) == 7


def test_sentences_are_lines_and_no_table() -> None:
    texts = [(72.0, 700.0 - 14 * n, "Warga desa bergotong royong memperbaiki jalan dan saluran air") for n in range(8)]
    document = opened(page(shown(*texts)))
    assert not document.tables
    assert sum("bergotong royong" in passage.text for passage in document.passages) == 1


def test_labels_and_values_are_a_form() -> None:
    texts = [(72, 700, "Nama : BUDI CONTOH"), (72, 684, f"NIK : {NIK}"), (72, 668, "Alamat : Dusun Contoh")]
    (table,) = opened(page(shown(*texts))).tables
    assert (f"NIK : {NIK}",) in table.texts.rows()


def test_digits_that_stand_one_to_a_box_are_a_number() -> None:
    boxes = [(72 + 7.5 * n, 600, digit) for n, digit in enumerate(NIK)]
    document = opened(page(shown(*boxes)))
    assert any(NIK in passage.text for passage in document.passages)


def test_a_file_that_needs_a_password_is_encrypted() -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(page(GREETING))) as pdf:
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="kunci", user="sandi"))
    with pytest.raises(Unreadable) as refusal:
        opened(buffer.getvalue())
    assert refusal.value.code == "encrypted"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", page(GREETING)[:200], b"%PDF-1.4\n" + bytes(500)])
def test_a_file_that_is_cut_is_broken_or_named(data: bytes) -> None:
    try:
        document = opened(data)
    except Unreadable as refusal:
        assert refusal.code == "broken"
    else:
        assert document.unread


def test_a_stream_that_swells_is_a_bomb() -> None:
    data = written(objects(n10=stream(bytes(120 * 2**20))))
    assert "bomb" in {missed.why for missed in opened(data).unread}


def test_a_page_tree_that_bites_its_tail_ends() -> None:
    kept = objects()
    kept[2] = b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>"
    try:
        opened(written(kept))
    except Unreadable as refusal:
        assert refusal.code == "broken"


def test_too_many_pages_are_too_large() -> None:
    kept = objects()
    kept[2] = b"<</Type/Pages/Kids[" + b" ".join(b"%d 0 R" % number for number in range(10, 3_020)) + b"]/Count 3010>>"
    kept |= dict.fromkeys(range(10, 3_020), b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")
    with pytest.raises(Unreadable) as refusal:
        opened(written(kept))
    assert refusal.value.code == "too-large"


def test_binary_data_that_no_key_explains_is_named() -> None:
    data = written(objects("/PieceInfo<</X<</Private 10 0 R>>>>", n10=stream(bytes(range(256)) * 4)))
    assert {missed.why for missed in opened(data).unread} == {"unknown-format"}


def test_an_archive_behind_the_end_is_opened() -> None:
    from tests.read.planted import zipped

    document = opened(page(GREETING) + zipped({"daftar.csv": f"nama,nik\nBUDI,{NIK}\n"}))
    assert any(NIK in (cell or "") for table in document.tables for row in table.texts.rows() for cell in row)


def test_old_letters_in_codes_of_their_font_are_read_in_their_version() -> None:
    before = page(shown((72, 600, f"NIK {NIK}")))
    document = opened(updated(updated(before, {4: stream(GREETING)}), {5: objects()[5]}))
    assert any(NIK in passage.text and "versi" in (passage.place.part or "") for passage in document.passages)


def test_pages_are_read_without_pictures_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.hiding.pdf import scanned

    monkeypatch.setattr("lumbung.read.pdf_pictures.can_look", lambda: False)
    assert {missed.why for missed in opened(scanned(NIK)).unread} == {"image"}


def test_a_hundred_pages_of_text_take_their_time() -> None:
    kept = objects()
    kept[2] = b"<</Type/Pages/Kids[" + b" ".join(b"%d 0 R" % (10 + 2 * n) for n in range(100)) + b"]/Count 100>>"
    lines = [(72.0, 780.0 - 13 * n, "Warga desa memperbaiki jalan dan saluran air bersama") for n in range(50)]
    for number in range(100):
        kept[10 + 2 * number] = kept[3].replace(b"4 0 R", b"%d 0 R" % (11 + 2 * number))
        kept[11 + 2 * number] = stream(shown(*lines, (72, 60, f"Halaman {number}")))
    began = time.process_time()
    document = opened(written(kept))
    assert time.process_time() - began < 6  # about one on an idle machine
    assert {passage.place.page for passage in document.passages} >= set(range(1, 101))
