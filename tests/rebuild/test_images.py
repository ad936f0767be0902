"""A picture written anew holds its first picture's pixels and nothing else."""

import io
from pathlib import Path

import pytest
from PIL import Image

from lumbung.gate import Verdict, inspect
from lumbung.rebuild import Unwritable, write_image
from tests.hiding import HidingPlace
from tests.hiding.picture import PLACES
from tests.read.cards import logo, saved

NIK = "3308204102999001"  # an invented serial that no office issues
IN_PIXELS = ("pixels", "code", "photograph")
UNSEEN = [
    place
    for place in PLACES
    if place.format != "svg" and (not any(word in place.where for word in IN_PIXELS) or "transparent" in place.where)
]


@pytest.mark.parametrize("place", UNSEEN, ids=lambda place: f"{place.format}: {place.where}")
def test_what_stands_beside_the_pixels_is_gone(place: HidingPlace, tmp_path: Path) -> None:
    path = write_image(io.BytesIO(place.plant(NIK)), folder=tmp_path).path
    data = path.read_bytes()
    assert NIK.encode() not in data
    assert NIK.encode() not in data.replace(b"\0", b"")
    assert inspect(path, name="gambar").verdict is Verdict.OPEN


@pytest.mark.parametrize(("kind", "name"), [("PNG", "png"), ("JPEG", "jpg"), ("GIF", "png"), ("WEBP", "jpg")])
def test_it_looks_the_same(kind: str, name: str, tmp_path: Path) -> None:
    written = write_image(io.BytesIO(saved(logo(), kind)), folder=tmp_path)
    assert (written.format, written.path.name) == (name, f"gambar-1.{name}")
    assert (written.columns, written.rows) == (120, 120)
    assert Image.open(written.path).getpixel((60, 60))[1] > 100  # type: ignore[index]
    assert written.sha256 == write_image(io.BytesIO(saved(logo(), kind)), folder=tmp_path).sha256


def test_the_camera_s_turn_is_applied(tmp_path: Path) -> None:
    picture = Image.new("RGB", (40, 20))
    exif = picture.getexif()
    exif[0x0112] = 6
    written = write_image(io.BytesIO(saved(picture, "JPEG", exif=exif)), folder=tmp_path)
    assert (written.columns, written.rows) == (20, 40)


def test_further_frames_are_left_out_and_said(tmp_path: Path) -> None:
    data = saved(logo(), "GIF", save_all=True, append_images=[Image.new("RGB", (120, 120), "red")])
    assert write_image(io.BytesIO(data), folder=tmp_path).notes


@pytest.mark.parametrize(("data", "code"), [(b"", "broken"), (saved(logo())[:200], "broken"), (b"GIF89a", "broken")])
def test_what_cannot_be_decoded_is_refused(data: bytes, code: str, tmp_path: Path) -> None:
    with pytest.raises(Unwritable) as refusal:
        write_image(io.BytesIO(data), folder=tmp_path)
    assert refusal.value.code == code
