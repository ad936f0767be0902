"""A PDF written anew: what its pages show, and nothing beside it.

One revision, made object by object from what the pages draw: no metadata, attachments, scripts, forms, annotations,
layers, tags, thumbnails, links or unused objects can travel, because nothing copies them. A page with letters that
nobody sees, with hidden layers, or with parts that are not copied one by one, becomes a picture of itself. Same bytes
in, same bytes out.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf
import pypdfium2

from lumbung.rebuild.page_parts import Copier, NotCopied
from lumbung.rebuild.page_picture import drawn, hides_text
from lumbung.rebuild.tables import Written
from lumbung.rebuild.unwritable import Unwritable

MOST_PAGES = 2_000
MOST_PICTURES = 24  # pages that become pictures: the gate looks at no more when it inspects what was written
LARGEST_PAGE = 14_400  # units of a side, the format's own ceiling
SMALLEST_PAGE = 3
QUALITY = 85
DRAWN_AS_PICTURES = "Halaman {pages} ditulis sebagai gambar."


def write_pdf(file: BinaryIO, *, folder: Path) -> Written:
    """Write the pages of `file` as `dokumen-1.pdf`.

    `rows` is the number of pages, `columns` 0; `notes` name the pages that became pictures. `folder` must exist.
    Raise Unwritable: "broken", "encrypted", "bomb" for too many pages, "not-supported" for too many pages that only a
    picture could show. Raise OSError where the disk refuses. Does not look for personal data: inspect what it wrote.
    """
    data = file.read() if file.seek(0) == 0 else b""
    with _opened(data) as source:
        if len(source.pages) > MOST_PAGES:
            raise Unwritable("bomb")
        whole, flat = _assembled(source)
        flat |= _with_unseen_text(whole, _assembled(source, with_text=False)[0], but=flat)
        if len(flat) > MOST_PICTURES:
            raise Unwritable("not-supported")
        written = _assembled(source, pictures=_pictures(source, flat))[0] if flat else whole
        pages = len(source.pages)
    path = folder / "dokumen-1.pdf"
    path.write_bytes(written)
    return _as_written(path, pages=pages, flat=sorted(flat))


def _as_written(path: Path, *, pages: int, flat: list[int]) -> Written:
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return Written(
        format="pdf",
        sheet="",
        path=path,
        size=path.stat().st_size,
        sha256=digest,
        rows=pages,
        columns=0,
        headers=(),
        notes=(DRAWN_AS_PICTURES.format(pages=", ".join(str(number + 1) for number in flat)),) if flat else (),
    )


@contextmanager
def _opened(data: bytes) -> Iterator[pikepdf.Pdf]:
    """The file, also one that is locked against changes only. Raise Unwritable."""
    pikepdf.settings.set_qpdf_limits(flate_max_memory=2**28, run_length_max_memory=2**28)
    try:
        source = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError as locked:
        raise Unwritable("encrypted") from locked
    except (pikepdf.PdfError, ValueError, RecursionError) as damage:
        raise Unwritable("broken") from damage
    try:
        yield source
    except (pikepdf.PdfError, pypdfium2.PdfiumError) as damage:
        raise Unwritable("broken") from damage
    finally:
        source.close()


def _assembled(
    source: pikepdf.Pdf, *, with_text: bool = True, pictures: dict[int, bytes] | None = None
) -> tuple[bytes, set[int]]:
    """A new PDF of all pages, and the numbers, from 0, of those that could not be copied; these stay empty."""
    target, failed = pikepdf.new(), set[int]()
    copier = Copier(target, with_text=with_text)
    hides = _has_hidden_layers(source)
    for number, page in enumerate(source.pages):
        box = _box(page)
        made = target.add_blank_page(page_size=(box[2] - box[0], box[3] - box[1]))
        made.MediaBox = pikepdf.Array(box)
        if pictures and number in pictures:
            _show(target, made, pictures[number])
            continue
        try:
            if hides:
                raise NotCopied
            content, resources = copier.content(page.obj, page.obj.get("/Resources", _inherited(page, "/Resources")))
        except NotCopied:
            failed.add(number)
            continue
        made.obj["/Contents"], made.obj["/Resources"] = target.make_stream(content), resources
        _turn(page, made)
    return _saved(target), failed


def _saved(target: pikepdf.Pdf) -> bytes:
    buffer = io.BytesIO()
    target.remove_unreferenced_resources()
    target.save(buffer, static_id=True, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    target.close()
    return buffer.getvalue()


def _box(page: pikepdf.Page) -> list[float]:
    """What is seen of the page: left, bottom, right, top. Raise Unwritable for a side that no program bears."""
    media, crop = ([float(side) for side in box] for box in (page.mediabox, page.cropbox))
    media, crop = _ordered(media), _ordered(crop)
    seen = [max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])]
    if seen[2] - seen[0] < SMALLEST_PAGE or seen[3] - seen[1] < SMALLEST_PAGE:
        seen = media
    if not all(SMALLEST_PAGE <= seen[side + 2] - seen[side] <= LARGEST_PAGE for side in (0, 1)):
        raise Unwritable("not-supported")
    return seen


def _ordered(box: list[float]) -> list[float]:
    return [*(min(box[side], box[side + 2]) for side in (0, 1)), *(max(box[side], box[side + 2]) for side in (0, 1))]


def _inherited(page: pikepdf.Page, key: str) -> Any:
    node: Any = page.obj
    for _ in range(50):
        if key in node:
            return node[key]
        node = node.get("/Parent")
        if node is None:
            break
    return None


def _turn(page: pikepdf.Page, made: pikepdf.Page) -> None:
    turn, unit = _inherited(page, "/Rotate"), page.obj.get("/UserUnit")
    if turn and int(turn) % 360 in (90, 180, 270):
        made.obj["/Rotate"] = int(turn) % 360
    if unit and 0 < float(unit) <= 100:
        made.obj["/UserUnit"] = unit


def _has_hidden_layers(source: pikepdf.Pdf) -> bool:
    """Whether the catalogue knows layers that are not simply all on."""
    layers = source.Root.get("/OCProperties")
    if not isinstance(layers, pikepdf.Dictionary):
        return layers is not None
    default = layers.get("/D", pikepdf.Dictionary())
    return bool(
        len(default.get("/OFF", [])) or len(default.get("/AS", [])) or default.get("/BaseState", "/ON") != "/ON"
    )


def _with_unseen_text(whole: bytes, without_text: bytes, *, but: set[int]) -> set[int]:
    """Numbers of pages on which a letter is not seen."""
    first, second = pypdfium2.PdfDocument(whole), pypdfium2.PdfDocument(without_text)
    try:
        pages = (number for number in range(len(first)) if number not in but)
        return {number for number in pages if hides_text(first[number], second[number])}
    finally:
        first.close()
        second.close()


def _pictures(source: pikepdf.Pdf, flat: set[int]) -> dict[int, bytes]:
    """These pages as JPEG."""
    buffer, pictures = io.BytesIO(), {}
    source.save(buffer, encryption=False)
    document = pypdfium2.PdfDocument(buffer.getvalue())
    for number in sorted(flat):
        encoded = io.BytesIO()
        drawn(document[number]).save(encoded, "JPEG", quality=QUALITY)
        pictures[number] = encoded.getvalue()
    document.close()
    return pictures


def _show(target: pikepdf.Pdf, page: pikepdf.Page, picture: bytes) -> None:
    """Fill the page with the picture; the picture has the page's turn in it already."""
    from PIL import Image

    width, height = Image.open(io.BytesIO(picture)).size
    left, bottom, right, top = (float(side) for side in page.mediabox)
    if (width > height) != (right - left > top - bottom):
        right, top = left + (top - bottom), bottom + (right - left)
        page.MediaBox = pikepdf.Array([left, bottom, right, top])
    image = target.make_stream(picture)
    image.update(_about(width, height))
    page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(R1=image))
    page.obj["/Contents"] = target.make_stream(f"{right - left} 0 0 {top - bottom} {left} {bottom} cm /R1 Do".encode())


def _about(width: int, height: int) -> dict[str, Any]:
    name = pikepdf.Name
    return {
        "/Type": name.XObject,
        "/Subtype": name.Image,
        "/Width": width,
        "/Height": height,
        "/ColorSpace": name.DeviceRGB,
        "/BitsPerComponent": 8,
        "/Filter": name.DCTDecode,
    }
