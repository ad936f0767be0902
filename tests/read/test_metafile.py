"""Windows metafiles: words, shapes and bitmaps of both kinds, and what is not understood is named."""

import io
import struct

import pytest
from PIL import Image, ImageDraw, ImageFont

from lumbung.document import Document
from lumbung.read import read
from lumbung.read.biff_pictures import blips
from lumbung.read.emf import read_emf
from lumbung.read.metafile_canvas import painted
from lumbung.read.ole_presentation import presented
from lumbung.read.wmf import read_wmf
from tests.read.cards import card, saved
from tests.read.planted import NIK, zipped
from tests.read.planted_metafile import (
    brush,
    comment,
    drawn_string,
    emf,
    enhanced_in_escapes,
    many_texts,
    plus,
    polygons,
    record,
    small_text,
    stretched,
    text,
    wmf,
    wmf_comment,
    wmf_extended,
    wmf_record,
    wmf_text,
)


def opened(data: bytes) -> Document:
    """A picture read by itself."""
    return read(io.BytesIO(data), name="gambar")


def shown(document: Document) -> str:
    """All that a person sees of it."""
    return "\n".join(passage.text for passage in document.passages if not passage.swept)


def reasons(data: bytes) -> set[str]:
    """Why it was not wholly read."""
    return {missed.why for missed in opened(data).unread}


def outlines(words: str) -> list[list[tuple[int, int]]]:
    """Letters as small boxes, one for each of their pixels in a row: no record of text is needed for them."""
    picture = Image.new("1", (640, 60))
    ImageDraw.Draw(picture).text((10, 10), words, fill=1, font=ImageFont.load_default(32))
    boxes = []
    for row in range(picture.height):
        start = -1
        for column in range(picture.width + 1):
            ink = column < picture.width and picture.getpixel((column, row))
            if ink and start < 0:
                start = column
            elif not ink and start >= 0:
                boxes.append([(start, row), (column, row), (column, row + 1), (start, row + 1)])
                start = -1
    return boxes


@pytest.mark.parametrize(
    "picture",
    [
        emf(text(f"NIK {NIK}")),
        emf(text(f"NIK {NIK}", wide=False)),
        emf(small_text(f"NIK {NIK}", wide=True)),
        emf(small_text(f"NIK {NIK}", wide=False)),
        emf(many_texts("NIK", NIK)),
        emf(drawn_string(f"NIK {NIK}")),
        emf(stretched(saved(card(number=NIK), "BMP"))),
        wmf(wmf_text(f"NIK {NIK}")),
        wmf(wmf_extended(f"NIK {NIK}")),
        wmf(wmf_text(f"NIK {NIK}"), placeable=False),
        wmf(*enhanced_in_escapes(emf(text(f"NIK {NIK}")))),
        emf(comment(b"GDIC" + struct.pack("<IHHIII", 0x80000001, 0x300, 0, 0, 0, 0) + wmf(wmf_text(NIK)))),
    ],
)
def test_a_number_in_a_metafile_is_read(picture: bytes) -> None:
    document = opened(picture)
    assert NIK in shown(document)
    assert not document.unread
    assert document.format in {"emf", "wmf"}


def test_digits_drawn_one_by_one_make_a_line() -> None:
    """In no order, each beside its neighbour."""
    letters = [text(digit, (100 + 10 * index, 50), advance=10) for index, digit in enumerate(NIK)]
    assert NIK in shown(opened(emf(*letters[::2], *letters[1::2])))


def test_words_apart_stay_apart() -> None:
    picture = emf(text("12", (0, 0), advance=10), text("34", (60, 0), advance=10), text("56", (0, 40), advance=10))
    assert shown(opened(picture)).splitlines()[-2:] == ["12 34", "56"]


def test_letters_turned_into_shapes_are_spelled() -> None:
    document = opened(emf(brush(), polygons(outlines(f"NIK {NIK}"))))
    assert NIK in shown(document).replace(" ", "")


def test_a_hole_in_a_shape_is_seen() -> None:
    ring = [[(0, 0), (90, 0), (90, 90), (0, 90)], [(30, 30), (60, 30), (60, 60), (30, 60)]]
    picture = painted(read_emf(emf(brush(), polygons(ring))).shapes)
    middle = picture.width // 2
    assert picture.getpixel((middle, middle)) == (255, 255, 255)
    assert picture.getpixel((middle, picture.height // 6)) == (0, 0, 0)


def test_the_rules_of_a_frame_are_nothing_to_spell() -> None:
    document = opened(emf(record(43, struct.pack("<4i", 0, 0, 100, 100)), text("Jumlah")))
    assert not document.unread
    assert "Jumlah" in shown(document)


@pytest.mark.parametrize(
    ("picture", "why"),
    [
        (emf(text("abc", options=0x10)), "image"),  # glyphs, not letters
        (emf(record(102, bytes(16))), "image"),  # OpenGL
        (emf(record(200, bytes(16))), "image"),
        (emf(comment(b"lain" + bytes(9000))), "image"),
        (emf(comment(b"lain" + b"\x89PNG")), "image"),
        (emf(plus(0x4077, bytes(8))), "image"),
        (emf(*[plus(0x4014, bytes(8)) for _ in range(20)]), "image"),
        (emf(text("a"))[:-30], "broken"),
        (emf(record(86, bytes(16) + struct.pack("<I", 2**30))), "broken"),
        (wmf(wmf_record(0x0777, bytes(8))), "image"),
        (wmf(wmf_comment(bytes(9000))), "image"),
        (wmf(wmf_extended("abc", options=0x10)), "image"),
        (wmf(wmf_text("a"))[:-12], "broken"),
    ],
)
def test_what_is_not_understood_is_named(picture: bytes, why: str) -> None:
    assert why in reasons(picture)


def test_metafiles_in_one_another_have_an_end() -> None:
    inner = wmf(wmf_text("a"))
    for _ in range(12):
        inner = wmf(
            *enhanced_in_escapes(
                emf(comment(b"GDIC" + struct.pack("<IHHIII", 0x80000001, 0, 0, 0, 0, 0) + inner)), 2000
            )
        )
    assert "image" in reasons(inner)


def test_every_cut_and_every_flip_ends_in_an_answer() -> None:
    for sound in (emf(text(NIK), brush(), polygons(outlines("1")), drawn_string("b")), wmf(wmf_text(NIK))):
        for position in range(0, len(sound), 7):
            reader = read_emf if sound[:4] == b"\1\0\0\0" else read_wmf
            reader(sound[:position])
            reader(sound[:position] + bytes([sound[position] ^ 0xFF]) + sound[position + 1 :])


def test_in_a_document_it_is_found_where_it_lies() -> None:
    picture = emf(text(f"NIK {NIK}"))
    body = '<w:document xmlns:w="urn:w"><w:body/></w:document>'
    document = opened(
        zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": body, "word/media/a.emf": picture})
    )
    assert any(NIK in passage.text and passage.place.part == "word/media/a.emf" for passage in document.passages)
    assert not document.unread


def test_a_packed_metafile_of_old_office_files() -> None:
    import zlib

    picture = emf(text(NIK))
    packed = zlib.compress(picture)
    header = struct.pack("<I4i2iI", len(picture), 0, 0, 1, 1, 1, 1, len(packed)) + b"\0\xfe"
    blip = bytes(16) + header + packed
    assert list(blips(struct.pack("<HHI", 0x3D4 << 4, 0xF01A, len(blip)) + blip)) == [picture]
    damaged = blip[:-9]
    assert list(blips(struct.pack("<HHI", 0x3D4 << 4, 0xF01A, len(damaged)) + damaged)) == [b""]


@pytest.mark.parametrize(
    ("stream", "picture"),
    [
        (struct.pack("<IIIIIII8xI", 0xFFFFFFFF, 3, 4, 1, 0, 0, 0, 3) + b"wmf", b"wmf"),
        (struct.pack("<IIIIIII8xI", 0xFFFFFFFF, 3, 8, 0, 1, 0, 0, 0)[:-4] + struct.pack("<II", 0, 3) + b"wmf", b"wmf"),
        (bytes(4) + bytes(32), b""),
        (struct.pack("<I", 5) + b"Lain\0", None),
        (struct.pack("<IIIIIII8xI", 0xFFFFFFFF, 3, 4, 1, 0, 0, 0, 9) + b"wmf", None),
        (b"\xff\xff\xff\xff", None),
    ],
)
def test_how_an_object_was_shown(stream: bytes, picture: bytes | None) -> None:
    assert presented(stream) == picture
