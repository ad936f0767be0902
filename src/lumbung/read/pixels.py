"""A picture decoded under limits: every frame spelled, its codes read, its metadata taken out.

Sources: Exif 3.0, XMP part 3, PNG 11.3 (text), ISO 15948; ISO/IEC 18004 (QR) and the linear codes, by zxing-cpp.
Only formats of the list are decoded, so that a rare decoder's faults are nobody's way in.
"""

import hashlib
import io
import warnings
from collections.abc import Iterator

import zxingcpp
from PIL import ExifTags, Image, ImageSequence

from lumbung.document import Passage, Place
from lumbung.read import ocr
from lumbung.read.digits import digit_lines
from lumbung.read.harvest import Harvest
from lumbung.read.picture import LEGIBLE
from lumbung.read.sweep import text_of_bytes

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
LARGEST = 60_000_000  # pixels of one frame: 180 MB decoded
MOST_FRAMES = 64
CODES = 2_400  # pixels of the longer side: a code of a tenth of a photograph's width has some 240
MOST_LOOKS = 24  # layers in one file that are looked at, up to a second each
MOST_SPELLED = 500_000  # pixels of lines in one file, 48 pixels high; some 45 seconds of the processor
OTHER_PICTURES = 0x014A  # TIFF's SubIFDs: pictures that are no frame
DAMAGE = (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, AttributeError, OverflowError)
LOOSE = (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo, ExifTags.IFD.Interop, ExifTags.IFD.IFD1)


def look_at(harvest: Harvest, data: bytes, *, place: Place) -> None:
    """Passages for all that a picture says. What it cannot take in is named unread.

    "broken"; "bomb"; "image" for more text than is spelled; "too-many-pictures".
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Pillow's, about damage that it could mend and sizes that are asked below
        try:
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
            if picture.width * picture.height > LARGEST:
                harvest.miss(place, "bomb")
                return
            _take_frames(harvest, picture, place)
            harvest.say(Passage(place=place.but(path=name), text=text) for name, text in _metadata(picture))
            if OTHER_PICTURES in picture.getexif():
                harvest.miss(place, "image")
        except (Image.DecompressionBombError, MemoryError):
            harvest.miss(place, "bomb")
        except DAMAGE:  # what Pillow's decoders raise on damage
            harvest.miss(place, "broken")


def _take_frames(harvest: Harvest, picture: Image.Image, place: Place) -> None:
    """Every frame of an animation, every page of a fax."""
    for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
        if number > MOST_FRAMES:
            harvest.miss(place, "too-many-pictures")
            return
        if frame.width * frame.height > LARGEST:
            harvest.miss(place, "bomb")
            return
        where = place.but(page=number) if getattr(picture, "n_frames", 1) > 1 else place
        for layer in _layers(frame):
            look_at_layer(harvest, layer, place=where)


def look_at_layer(harvest: Harvest, layer: Image.Image, *, place: Place) -> None:
    """Spell an RGB picture, unless it was met before in the same file. What is not spelled is named unread."""
    digest = hashlib.sha256(layer.tobytes()).digest()
    if digest not in harvest.pictures and not _says_nothing(layer):
        harvest.pictures.add(digest)
        _take_layer(harvest, layer, place)


def _layers(frame: Image.Image) -> Iterator[Image.Image]:
    """The frame as it is seen, and where it is transparent, what that hides or outlines."""
    if frame.mode.startswith(("I", "F")):
        low, high = (float(value) for value in frame.getextrema())  # type: ignore[arg-type]
        scale = 255 / (high - low) if high > low else 1.0
        yield frame.convert("F").point(lambda value: value * scale - low * scale).convert("L").convert("RGB")
    elif not frame.has_transparency_data:
        yield frame.convert("RGB")
    else:
        whole = frame.convert("RGBA")
        yield Image.alpha_composite(Image.new("RGBA", frame.size, "white"), whole).convert("RGB")
        yield whole.convert("RGB")
        yield whole.getchannel("A").convert("RGB")


def _says_nothing(layer: Image.Image) -> bool:
    """Whether there is provably no number in it: too few pixels, or one colour."""
    return layer.width * layer.height < LEGIBLE or all(low == high for low, high in layer.getextrema())  # type: ignore[misc]


def _take_layer(harvest: Harvest, layer: Image.Image, place: Place) -> None:
    if harvest.looks >= MOST_LOOKS:
        harvest.miss(place, "too-many-pictures")
        return
    harvest.looks += 1
    harvest.say(codes_in(layer, place=place))
    try:
        rows = ocr.lines(layer, most=MOST_SPELLED - harvest.spelled)
    except ocr.TooMuchText:
        harvest.miss(place, "image")
        return
    harvest.spelled += rows.spelled
    harvest.say([Passage(place=place, text="\n".join([*rows.texts, *digit_lines(rows.texts)]))])


def codes_in(layer: Image.Image, *, place: Place) -> list[Passage]:
    """What QR codes and bars say."""
    codes = zxingcpp.read_barcodes(_shrunk(layer))
    return [Passage(place=place.but(path="kode batang"), text=code.text) for code in codes]


def _shrunk(layer: Image.Image) -> Image.Image:
    """The picture in grey, at most CODES pixels long: looking for codes costs by the pixel."""
    grey = layer.convert("L")
    grey.thumbnail((CODES, CODES), Image.Resampling.BOX)
    return grey


def _metadata(picture: Image.Image) -> Iterator[tuple[str, str]]:
    """Name and text of what is written beside the pixels, where the raw bytes would not show it."""
    exif = picture.getexif()
    lines = _texts(exif) + [line for block in LOOSE for line in _texts(exif.get_ifd(block))]
    yield "EXIF", "\n".join(lines)
    for name, value in picture.info.items():
        if name not in ("exif", "icc_profile") and isinstance(value, str | bytes):
            yield str(name)[:40], "\n".join(_text(value))
    yield "ICC", text_of_bytes(picture.info.get("icc_profile") or b"")


def _texts(tags: object) -> list[str]:
    return [line for value in dict(tags).values() for line in _text(value)]  # type: ignore[call-overload]


def _text(value: object) -> list[str]:
    """A tag's value as lines: letters as they are, bytes swept, numbers written out, coordinates joined."""
    if isinstance(value, bytes):
        return [text_of_bytes(value + b"\0")]  # the last letter of UTF-16BE has its zero in front
    if isinstance(value, tuple | list):
        if all(isinstance(one, bytes | str) for one in value):
            return [line for one in value for line in _text(one)]
        return [" ".join(str(one) for one in value[:64])]
    return [] if isinstance(value, dict) else [str(value)]
