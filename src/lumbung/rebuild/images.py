"""A picture written anew from its pixels: no metadata, no thumbnail, no second frame, nothing behind its end.

The pixels are decoded, turned as the camera's note says, laid on white where they are transparent (what transparency
hides does not travel) and encoded again. Same bytes in, same bytes out. Does not take a message out of the pixels
themselves.
"""

import io
import warnings
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageOps

from lumbung.rebuild.tables import Written
from lumbung.rebuild.unwritable import Unwritable

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
PHOTOGRAPHS = ("JPEG", "WEBP", "MPO")
LARGEST = 60_000_000  # pixels
QUALITY = 90
DAMAGE = (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, AttributeError, OverflowError)
ONLY_THE_FIRST = "Hanya gambar pertama dari berkas ini yang ditulis."


def write_image(file: BinaryIO, *, folder: Path) -> Written:
    """Write the first picture of `file` as `gambar-1.jpg` (photographs) or `gambar-1.png` (the rest).

    `file` is PNG, JPEG, GIF, BMP, TIFF or WebP. `rows` and `columns` are its height and width in pixels; `notes` say
    that further frames were left out. `folder` must exist. Raise Unwritable: "broken", "bomb". Raise OSError where
    the disk refuses.
    """
    picture, kind, frames = _decoded(file.read() if file.seek(0) == 0 else b"")
    name, options = ("jpg", {"quality": QUALITY}) if kind in PHOTOGRAPHS else ("png", {"optimize": False})
    path = folder / f"gambar-1.{name}"
    encoded = io.BytesIO()
    picture.save(encoded, "JPEG" if name == "jpg" else "PNG", **options)
    path.write_bytes(encoded.getvalue())
    with path.open("rb") as written:
        digest = file_digest(written, "sha256").hexdigest()
    return Written(
        format=name,
        sheet="",
        path=path,
        size=path.stat().st_size,
        sha256=digest,
        rows=picture.height,
        columns=picture.width,
        headers=(),
        notes=(ONLY_THE_FIRST,) if frames > 1 else (),
    )


def _decoded(data: bytes) -> tuple[Image.Image, str, int]:
    """The first frame as it is seen, the format of the bytes, and how many frames there are."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's own, about damage that it could mend and sizes asked below
        try:
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
            if picture.width * picture.height > LARGEST:
                raise Unwritable("bomb")
            return bare(ImageOps.exif_transpose(picture)), picture.format or "", getattr(picture, "n_frames", 1)
        except (Image.DecompressionBombError, MemoryError) as bomb:
            raise Unwritable("bomb") from bomb
        except DAMAGE as damage:  # what Pillow's decoders raise
            raise Unwritable("broken") from damage


def bare(picture: Image.Image) -> Image.Image:
    """The picture as grey or coloured pixels of eight bits, with nothing beside them."""
    if picture.mode.startswith(("I", "F")):
        low, high = (float(value) for value in picture.getextrema())  # type: ignore[arg-type]
        scale = 255 / (high - low) if high > low else 1.0
        picture = picture.convert("F").point(lambda value: value * scale - low * scale).convert("L")
    elif picture.has_transparency_data:
        whole = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), whole).convert("RGB")
    elif picture.mode not in ("L", "RGB"):
        picture = picture.convert("L" if picture.mode == "1" else "RGB")
    return Image.frombytes(picture.mode, picture.size, picture.tobytes())
