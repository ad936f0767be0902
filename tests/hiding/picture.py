"""Pictures: in their pixels, in the chunks beside them, and behind their end."""

import base64
import struct
import zlib

import numpy as np
import zxingcpp
from PIL import Image, PngImagePlugin

from tests.hiding import HidingPlace
from tests.read.cards import card, logo, saved


def chunked(kind: bytes, body: bytes) -> bytes:
    """A logo as PNG with one more chunk before its end."""
    data = saved(logo())
    chunk = struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return data[:-12] + chunk + data[-12:]


def segmented(marker: int, body: bytes) -> bytes:
    """A logo as JPEG with one more segment."""
    data = saved(logo(), "JPEG")
    return data[:2] + bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body + data[2:]


def with_thumbnail(nik: str) -> bytes:
    """A preview in EXIF that still shows what was cut away."""
    small = saved(card(number=nik), "JPEG", quality=60)
    ifd1 = struct.pack("<HHHII", 2, 0x0201, 4, 1, 44) + struct.pack("<HHII", 0x0202, 4, 1, len(small)) + bytes(4)
    tiff = b"II*\0" + struct.pack("<IHI", 8, 0, 14) + ifd1
    return segmented(0xE1, b"Exif\0\0" + tiff + small)


def with_exif(nik: str) -> bytes:
    """A comment in UTF-16 among the camera's notes."""
    picture = logo()
    exif = picture.getexif()
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + nik.encode("utf-16-be")
    return saved(picture, "JPEG", exif=exif)


def packed_text(nik: str) -> bytes:
    """A PNG text chunk, packed."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", f"{nik} " * 30, zip=True)
    return saved(logo(), pnginfo=texts)


def xmp(nik: str) -> bytes:
    """An XMP packet around the number."""
    return f"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><a>{nik}</a></x:xmpmeta>".encode()


def code(nik: str, kind: zxingcpp.BarcodeFormat) -> bytes:
    """A code of this kind on white."""
    pixels = np.array(zxingcpp.create_barcode(nik, kind).to_image(scale=4))
    picture = Image.new("L", (pixels.shape[1] + 80, pixels.shape[0] + 80), 255)
    picture.paste(Image.fromarray(pixels), (40, 40))
    return saved(picture.convert("RGB"))


def second_frame(nik: str, kind: str) -> bytes:
    """A file whose second picture is a card."""
    return saved(logo().resize((500, 187)), kind, save_all=True, append_images=[card(number=nik)])


def transparent(nik: str) -> bytes:
    """A card whose pixels are all transparent."""
    picture = card(number=nik).convert("RGBA")
    picture.putalpha(0)
    return saved(picture)


def photograph(nik: str) -> bytes:
    """A card at a quarter of a large picture."""
    picture = Image.new("RGB", (2400, 1800), (70, 60, 50))
    picture.paste(card(1200, number=nik), (500, 600))
    return saved(picture, "JPEG")


def drawing(body: str) -> bytes:
    """An SVG around this."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{body}</svg>'.encode()


def turned(nik: str, degrees: int) -> bytes:
    """A card that lies so many degrees to the left."""
    return saved(card(number=nik).rotate(degrees, expand=True))


PLACES = (
    HidingPlace(format="png", where="its pixels", plant=lambda nik: turned(nik, 0)),
    HidingPlace(format="png", where="its pixels, a quarter to the left", plant=lambda nik: turned(nik, 90)),
    HidingPlace(format="png", where="its pixels, upside down", plant=lambda nik: turned(nik, 180)),
    HidingPlace(format="png", where="its pixels, a quarter to the right", plant=lambda nik: turned(nik, 270)),
    HidingPlace(format="png", where="pixels that are transparent", plant=transparent),
    HidingPlace(format="png", where="a packed text chunk", plant=packed_text),
    HidingPlace(
        format="png", where="a chunk of no known kind", plant=lambda nik: chunked(b"niKk", f"NIK {nik}".encode())
    ),
    HidingPlace(format="png", where="a QR code", plant=lambda nik: code(nik, zxingcpp.BarcodeFormat.QRCode)),
    HidingPlace(format="png", where="a PDF417 code", plant=lambda nik: code(nik, zxingcpp.BarcodeFormat.PDF417)),
    HidingPlace(format="png", where="an Aztec code", plant=lambda nik: code(nik, zxingcpp.BarcodeFormat.Aztec)),
    HidingPlace(format="png", where="a linear code", plant=lambda nik: code(nik, zxingcpp.BarcodeFormat.Code128)),
    HidingPlace(format="png", where="bytes behind its end", plant=lambda nik: saved(logo()) + f"NIK {nik}".encode()),
    HidingPlace(
        format="png",
        where="another picture behind its end",
        plant=lambda nik: saved(logo()) + saved(card(number=nik), "JPEG"),
    ),
    HidingPlace(format="jpeg", where="a card on a large photograph", plant=photograph),
    HidingPlace(format="jpeg", where="its comment", plant=lambda nik: segmented(0xFE, f"NIK {nik}".encode())),
    HidingPlace(format="jpeg", where="a comment in EXIF", plant=with_exif),
    HidingPlace(format="jpeg", where="the preview in EXIF", plant=with_thumbnail),
    HidingPlace(format="jpeg", where="XMP", plant=lambda nik: segmented(0xE1, xmp(nik))),
    HidingPlace(
        format="jpeg",
        where="a program's own segment",
        plant=lambda nik: segmented(0xED, f"Photoshop 3.0\0{nik}".encode()),
    ),
    HidingPlace(
        format="jpeg",
        where="the colour profile",
        plant=lambda nik: saved(logo(), "JPEG", icc_profile=b"\0" * 128 + f"NIK {nik}".encode()),
    ),
    HidingPlace(
        format="tiff", where="its description", plant=lambda nik: saved(logo(), "TIFF", description=f"NIK {nik}")
    ),
    HidingPlace(format="tiff", where="its second page", plant=lambda nik: second_frame(nik, "TIFF")),
    HidingPlace(format="gif", where="its second frame", plant=lambda nik: second_frame(nik, "GIF")),
    HidingPlace(
        format="gif", where="its comment", plant=lambda nik: saved(logo(), "GIF", comment=f"NIK {nik}".encode())
    ),
    HidingPlace(format="webp", where="XMP", plant=lambda nik: saved(logo(), "WEBP", xmp=xmp(nik))),
    HidingPlace(format="webp", where="its pixels", plant=lambda nik: saved(card(number=nik), "WEBP")),
    HidingPlace(format="bmp", where="its pixels", plant=lambda nik: saved(card(number=nik), "BMP")),
    HidingPlace(
        format="bmp", where="bytes behind its end", plant=lambda nik: saved(logo(), "BMP") + f"NIK {nik}".encode()
    ),
    HidingPlace(format="svg", where="a text", plant=lambda nik: drawing(f"<text>NIK {nik}</text>")),
    HidingPlace(
        format="svg",
        where="a text, letter by letter",
        plant=lambda nik: drawing("<text>" + "".join(f"<tspan>{digit}</tspan>" for digit in nik) + "</text>"),
    ),
    HidingPlace(format="svg", where="an attribute", plant=lambda nik: drawing(f'<g data-nik="{nik}"/>')),
    HidingPlace(
        format="svg",
        where="the pixels of a picture inside it",
        plant=lambda nik: drawing(
            f'<image xlink:href="data:image/png;base64,{base64.b64encode(saved(card(number=nik))).decode()}"/>'
        ),
    ),
)
