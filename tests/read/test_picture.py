"""Pictures: what their pixels say in any direction, what is written beside the pixels, and pictures that do harm."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import numpy as np
import pytest
import xlsxwriter
import xlwt
import zxingcpp
from PIL import Image, ImageFilter, PngImagePlugin

from lumbung.document import Document, Passage
from lumbung.read import read
from lumbung.read.digits import digit_lines
from lumbung.read.picture_ends import end_of
from lumbung.read.pixels import MOST_LOOKS
from tests.read import planted as packages
from tests.read.cards import NIK, card, logo, opened, saved, spelled

Changed = Callable[[Image.Image], bytes]
KINDS = {"PNG": "png", "JPEG": "jpeg", "GIF": "gif", "BMP": "bmp", "TIFF": "tiff", "WEBP": "webp"}


def passages_with(document: Document) -> list[Passage]:
    """Passages that hold the card's NIK."""
    return packages.passages_with(document, NIK)


def photographed(picture: Image.Image) -> bytes:
    """Tilted, out of focus, squeezed: as a telephone sends it."""
    tilted = picture.resize((800, 300)).rotate(6, expand=True, fillcolor=(90, 80, 70))
    return saved(tilted.filter(ImageFilter.GaussianBlur(1.2)), "JPEG", quality=60)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(saved, id="clean"),
        pytest.param(lambda picture: saved(picture.rotate(90, expand=True)), id="90"),
        pytest.param(lambda picture: saved(picture.rotate(180)), id="180"),
        pytest.param(lambda picture: saved(picture.rotate(270, expand=True)), id="270"),
        pytest.param(photographed, id="photographed"),
        pytest.param(lambda picture: saved(picture.convert("L").convert("1"), "TIFF"), id="fax"),
        pytest.param(
            lambda picture: saved(Image.fromarray(np.asarray(picture.convert("L")).astype(np.uint16) * 90)),
            id="16 bit",
        ),
    ],
)
def test_a_card_is_read_however_it_lies(changed: Changed) -> None:
    document = opened(changed(card()))
    assert NIK in spelled(document)
    assert not document.unread
    assert not document.tables


def test_a_small_card_on_a_large_photograph_is_read() -> None:
    photograph = Image.new("RGB", (2400, 1800), (70, 60, 50))
    photograph.paste(card(500), (900, 900))
    assert NIK in spelled(opened(saved(photograph, "JPEG")))


@pytest.mark.parametrize(("kind", "name"), KINDS.items())
def test_a_logo_is_wholly_read_in_every_format(kind: str, name: str) -> None:
    document = opened(saved(logo(), kind))
    assert (document.format, document.unread) == (name, ())
    assert NIK not in spelled(document)


def test_every_frame_is_read_at_its_page() -> None:
    data = saved(logo().resize((500, 187)), "GIF", save_all=True, append_images=[card()])
    (found,) = passages_with(opened(data))
    assert found.place.page == 2


def test_what_transparency_hides_or_outlines_is_read() -> None:
    hidden = card().convert("RGBA")
    hidden.putalpha(0)
    outlined = Image.new("RGBA", hidden.size, "white")
    outlined.putalpha(card().convert("L"))
    assert NIK in spelled(opened(saved(hidden)))
    assert NIK in spelled(opened(saved(outlined)))


def test_a_code_is_read() -> None:
    code = np.array(zxingcpp.create_barcode(NIK, zxingcpp.BarcodeFormat.QRCode).to_image(scale=6))
    (found,) = passages_with(opened(saved(Image.fromarray(code).convert("RGB"))))
    assert found.place.path == "kode batang"


def with_comment(picture: Image.Image) -> bytes:
    exif = picture.getexif()
    exif[0x9C9C] = NIK.encode("utf-16-le")  # XPComment
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + NIK.encode("utf-16-be")
    return saved(picture, "JPEG", exif=exif)


def with_packed_text(picture: Image.Image) -> bytes:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", f"{NIK} " * 30, zip=True)
    return saved(picture, "PNG", pnginfo=texts)


@pytest.mark.parametrize(
    "planted",
    [
        with_comment,
        with_packed_text,
        lambda picture: saved(picture, "JPEG", comment=f"NIK {NIK}".encode()),
        lambda picture: saved(picture, "TIFF", description=f"NIK {NIK}"),
        lambda picture: saved(picture, "PNG") + f"NIK {NIK}".encode(),
        lambda picture: saved(picture, "JPEG") + f"NIK {NIK}".encode(),
        lambda picture: saved(picture, "PNG") + saved(card(), "JPEG"),
    ],
)
def test_what_stands_beside_the_pixels_is_read(planted: Changed) -> None:
    document = opened(planted(logo()))
    assert passages_with(document)
    assert not document.unread


def test_an_archive_behind_a_picture_is_opened() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as writer:
        writer.writestr("daftar.txt", f"NIK {NIK}")
    (table,) = opened(saved(logo()) + archive.getvalue()).tables
    assert (table.place.part, table.texts["A"][0]) == ("(di belakang gambar)!daftar.txt", f"NIK {NIK}")
    assert opened(saved(logo()) + bytes(range(256))).unread, "what is behind it and no file is not passed over"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "WEBP"])
def test_the_end_of_a_picture_is_found(kind: str) -> None:
    data = saved(logo(), kind)
    assert end_of(data + b"PK and more") == len(data)


def test_a_picture_in_a_workbook_is_read_at_its_sheet() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("Warga").insert_image("B2", "kartu.png", {"image_data": io.BytesIO(saved(card()))})
    document = read(buffer, name="berkas.xlsx")
    assert [passage.place.sheet for passage in passages_with(document)] == ["Warga"]
    assert not document.unread


def test_a_picture_in_an_old_workbook_is_read() -> None:
    book = xlwt.Workbook()
    book.add_sheet("Data").insert_bitmap_data(saved(card(), "BMP"), 1, 1)
    buffer = io.BytesIO()
    book.save(buffer)
    document = read(buffer, name="berkas.xls")
    assert passages_with(document)
    assert not document.unread


def in_package(*pictures: bytes) -> Document:
    return read(
        io.BytesIO(packages.package({f"xl/media/{n}.png": data for n, data in enumerate(pictures)})), name="b.xlsx"
    )


def test_a_picture_is_looked_at_once_however_often_it_stands_there() -> None:
    assert not in_package(*[saved(logo())] * (MOST_LOOKS + 2)).unread


def test_more_pictures_than_are_looked_at_hold_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lumbung.read.pixels.MOST_LOOKS", 2)
    pictures = [saved(logo().resize((40 + n, 40))) for n in range(4)]
    assert {missed.why for missed in in_package(*pictures).unread} == {"too-many-pictures"}


def test_more_text_on_pictures_than_is_spelled_holds_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first card is read; for the second what may be spelled in one file is not enough."""
    monkeypatch.setattr("lumbung.read.pixels.MOST_SPELLED", 3_000)
    document = in_package(saved(card()), saved(card(560)))
    assert NIK in spelled(document)
    assert [missed.why for missed in document.unread] == ["image"]


def test_without_the_libraries_a_picture_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lumbung.read.picture.can_look", lambda: False)
    assert [missed.why for missed in opened(saved(card())).unread] == ["image"]


def png(width: int, height: int, data: bytes) -> bytes:
    """A PNG of these dimensions, whatever its data fills."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(data, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (png(60_000, 60_000, bytes(1000)), "bomb"),
        (png(2**31 - 1, 2**31 - 1, b""), "bomb"),
        (png(500, 500, b"\0" * 40), "broken"),
        (saved(card())[:900], "broken"),
        (saved(card(), "JPEG")[:2000], "broken"),
        (b"II*\0" + bytes(40), "broken"),
        (b"\1\0\0\0" + bytes(60), None),
    ],
)
def test_a_picture_that_cannot_be_decoded_is_named(data: bytes, why: str | None) -> None:
    if why:
        assert why in {missed.why for missed in opened(data).unread}


def test_an_animation_without_end_is_named() -> None:
    frames = [Image.new("L", (30, 30), shade) for shade in range(80)]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert [missed.why for missed in opened(data).unread] == ["too-many-pictures"]


@pytest.mark.parametrize(
    ("row", "number"),
    [
        ("NIK : 33O8I30102909OO1", "NIK : 3308130102909001"),
        ("NIK 3308 1301 0290 9OO1", "NIK : 3308130102909001"),
        ("1 33081301029O9001 BUDI", "3308130102909001"),
        ("NIK : 3308130102909001", None),
        ("SEBUAH BALASI LOGIS BAGI BISA OBESITAS", None),
        ("3308 1301 0290", None),
    ],
)
def test_letters_that_are_taken_for_digits_are_digits_again(row: str, number: str | None) -> None:
    assert list(digit_lines([row])) == ([number] if number else [])
