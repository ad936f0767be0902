"""A PDF written anew holds what its pages show: what was planted beside, behind and below them is gone."""

import io
import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from lumbung.gate import Verdict, inspect
from lumbung.rebuild import Unwritable, write_pdf
from tests.hiding import HidingPlace
from tests.hiding.pdf import PLACES, plain, said
from tests.hiding.pdf_files import GREETING, objects, stream, written

NIK = "3308204102999001"  # an invented serial that no office issues
SHOWN = (
    *("the text of a page", "text of a page, letter by letter with gaps of their own"),
    *("text that stands upright along the page's side", "text of half a point"),
    *("letters that are said to stand for other text", "letters of a font that does not tell what they are"),
    *("a pattern that fills a shape", "a file that opens without a password and forbids copying"),
    *("the pixels of a JPEG on a page", "the pixels of a packed picture"),
    *("the pixels of a picture among the operators", "a picture cut into stripes"),
    *("a QR code drawn as squares", "a linear code drawn as thin stripes"),
)
UNSEEN = [place for place in PLACES if place.where not in SHOWN]


def unfolded(data: bytes) -> str:
    """All that stands in the file, its streams unpacked, in every way in which a text may be written there."""
    whole = data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for value in pdf.objects:
            if isinstance(value, pikepdf.Stream):
                whole += value.read_raw_bytes()
                if "/DCTDecode" not in str(value.get("/Filter")):
                    whole += value.read_bytes()
            else:
                whole += str(value.unparse() if isinstance(value, pikepdf.Object) else value).encode()
    return whole.decode("latin-1") + whole.replace(b"\0", b"").decode("latin-1")


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


@pytest.mark.parametrize("place", UNSEEN, ids=lambda place: place.where)
def test_what_no_page_shows_is_gone(place: HidingPlace, tmp_path: Path) -> None:
    written_anew = write_pdf(io.BytesIO(place.plant(NIK)), folder=tmp_path).path.read_bytes()
    whole = unfolded(written_anew)
    assert NIK not in whole
    assert NIK.encode().hex() not in whole.lower()
    assert NIK not in text_of(written_anew)


@pytest.mark.parametrize("place", [place for place in UNSEEN if "text" not in place.where], ids=lambda one: one.where)
def test_what_was_hidden_no_longer_holds_the_file(place: HidingPlace, tmp_path: Path) -> None:
    path = write_pdf(io.BytesIO(place.plant(NIK)), folder=tmp_path).path
    assert inspect(path, name="dokumen.pdf").verdict is Verdict.OPEN


def test_what_the_page_shows_stays(tmp_path: Path) -> None:
    data = write_pdf(io.BytesIO(plain(said("satu"))), folder=tmp_path).path.read_bytes()
    assert "Laporan tahunan desa" in text_of(data)
    assert "NIK satu" in text_of(data)


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (write_pdf(io.BytesIO(plain("")), folder=tmp_path).sha256 for _ in range(2))
    assert first == second


def test_there_is_one_revision_and_nothing_beside_the_pages(tmp_path: Path) -> None:
    data = write_pdf(io.BytesIO(plain("")), folder=tmp_path).path.read_bytes()
    assert data.count(b"%%EOF") == 1
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert set(pdf.trailer.keys()) <= {"/Root", "/Size", "/ID"}
        assert set().union(*(page.obj.keys() for page in pdf.pages)) <= {
            "/Type",
            "/Parent",
            "/MediaBox",
            "/Contents",
            "/Resources",
        }


def test_a_page_with_unseen_text_becomes_a_picture_and_says_so(tmp_path: Path) -> None:
    written_anew = write_pdf(io.BytesIO(plain(f"1 g {said(NIK)}")), folder=tmp_path)
    assert written_anew.notes == ("Halaman 1 ditulis sebagai gambar.",)
    assert (written_anew.format, written_anew.rows) == ("pdf", 1)
    assert not re.search(r"\S", text_of(written_anew.path.read_bytes()))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\nnothing", "broken"),
        (b"", "broken"),
        (
            written(objects("/Rotate 0").copy() | {3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 900000 9]>>"}),
            "not-supported",
        ),
    ],
)
def test_what_cannot_be_written_is_refused(data: bytes, code: str, tmp_path: Path) -> None:
    with pytest.raises(Unwritable) as refusal:
        write_pdf(io.BytesIO(data), folder=tmp_path)
    assert refusal.value.code == code
    assert not list(tmp_path.iterdir())


def test_a_locked_file_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain(""))) as pdf:
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(Unwritable) as refusal:
        write_pdf(buffer, folder=tmp_path)
    assert refusal.value.code == "encrypted"


def test_a_comment_in_a_map_of_letters_is_gone(tmp_path: Path) -> None:
    cmap = stream(f"begincmap\n% NIK {NIK}\nendcmap")
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 10 0 R>>"
    data = written(objects(content=GREETING, n10=cmap) | {5: font.encode()})
    assert NIK not in unfolded(write_pdf(io.BytesIO(data), folder=tmp_path).path.read_bytes())
