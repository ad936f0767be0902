"""PDF: beside, behind and below what its pages show."""

import io

import numpy as np
import pikepdf
import zxingcpp
from PIL import Image

from tests.hiding import HidingPlace
from tests.hiding.pdf_files import GREETING, HELVETICA, objects, stream, updated, written
from tests.read.cards import card, saved

FORM = "/Type/XObject/Subtype/Form/BBox[0 0 400 100]/Resources<</Font<</F1 5 0 R>>>>"


def said(nik: str) -> str:
    """A number as a page shows it."""
    return f"BT /F1 12 Tf 72 600 Td (NIK {nik}) Tj ET"


def plain(content: str) -> bytes:
    """A page with this beside its greeting."""
    return written(objects(content=f"{GREETING}\n{content}"))


def shapes(nik: str, format: zxingcpp.BarcodeFormat, *, side: float, tall: float) -> str:
    """A code drawn as one rectangle for each of its squares, or of its stripes."""
    grid = np.array(zxingcpp.create_barcode(nik, format).to_image(scale=1, add_quiet_zones=False)) < 128
    marks = [
        (column, row) for row, line in enumerate(grid[:1] if tall > side else grid) for column in line.nonzero()[0]
    ]
    return "\n".join(f"{72 + side * x:.2f} {500 - side * y:.2f} {side} {tall} re f" for x, y in marks)


def annotated(annotation: str, **more: bytes | str) -> bytes:
    """A page with one annotation."""
    return written(objects("/Annots[10 0 R]", n10=f"<</Type/Annot/Rect[9 9 99 99]{annotation}>>", **more))


def attached(nik: str) -> bytes:
    """A page with a table attached to the document."""
    names = "/Names<</EmbeddedFiles<</Names[(a.csv)10 0 R]>>>>"
    table = stream(f"nama,nik\nBUDI,{nik}\n", "/Type/EmbeddedFile")
    return written(objects(catalog=names, n10="<</Type/Filespec/F(a.csv)/EF<</F 11 0 R>>>>", n11=table))


def locked(nik: str) -> bytes:
    """A file that opens without a password and forbids copying."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain(said(nik)))) as pdf:
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="kunci", user=""))
    return buffer.getvalue()


def packed_objects(nik: str) -> bytes:
    """Objects packed into a stream, as newer programs write them."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(written(objects(catalog=f"/Lang(NIK {nik})")))) as pdf:
        pdf.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return buffer.getvalue()


def layered(nik: str) -> bytes:
    """A layer that is switched off."""
    return written(
        objects(
            content=f"{GREETING} /OC /L BDC {said(nik)} EMC",
            catalog="/OCProperties<</OCGs[10 0 R]/D<</OFF[10 0 R]>>>>",
            resources="/Properties<</L 10 0 R>>",
            n10="<</Type/OCG/Name(Lapisan)>>",
        )
    )


def pictured(data: bytes, width: int, height: int, keys: str) -> bytes:
    """A page that shows one picture."""
    image = stream(
        data, f"/Type/XObject/Subtype/Image/Width {width}/Height {height}{keys}", packed="Filter" not in keys
    )
    content = f"{GREETING} q 400 0 0 {400 * height // width} 72 200 cm /P Do Q"
    return written(objects(content=content, resources="/XObject<</P 10 0 R>>", n10=image))


def photographed(nik: str) -> bytes:
    """A card as JPEG."""
    data = saved(card(number=nik), "JPEG")
    return pictured(data, 500, 187, "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode")


def with_exif(nik: str) -> bytes:
    """What a camera notes beside the pixels of a picture."""
    picture = Image.new("RGB", (60, 60), "white")
    exif = picture.getexif()
    exif[0x9C9C] = nik.encode("utf-16-le")
    data = saved(picture, "JPEG", exif=exif)
    return pictured(data, 60, 60, "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode")


def scanned(nik: str) -> bytes:
    """A card in grey, packed as plain pixels."""
    pixels = card(number=nik).convert("L")
    return pictured(pixels.tobytes(), *pixels.size, "/ColorSpace/DeviceGray/BitsPerComponent 8")


def inline(nik: str) -> bytes:
    """A card whose pixels stand among the operators."""
    pixels = card(number=nik).convert("L")
    content = f"{GREETING} q 400 0 0 150 72 200 cm BI /W {pixels.width} /H {pixels.height} /CS /G /BPC 8 ID "
    return written(objects(content=content.encode() + pixels.tobytes() + b"\nEI Q"))


def striped(nik: str) -> bytes:
    """A card cut into stripes of a few pixels, each a picture of its own."""
    pixels, step = card(number=nik).convert("L"), 17
    kept, names, content = dict[str, bytes | str](), "", GREETING
    for number in range(pixels.height // step):
        part = pixels.crop((0, number * step, pixels.width, (number + 1) * step))
        keys = f"/Type/XObject/Subtype/Image/Width {part.width}/Height {step}/ColorSpace/DeviceGray/BitsPerComponent 8"
        kept[f"n{10 + number}"] = stream(part.tobytes(), keys)
        names += f"/P{number} {10 + number} 0 R"
        content += f" q {part.width} 0 0 {step} 40 {600 - number * step} cm /P{number} Do Q"
    return written(objects(content=content, resources=f"/XObject<<{names}>>", **kept))


def coded(nik: str) -> bytes:
    """Letters of which the file does not tell what they are: drawn shapes, one for each digit."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain(said(nik)))) as pdf:
        differences = pikepdf.Array([48, *(pikepdf.Name(f"/g{digit}") for digit in range(10))])
        pdf.pages[0].Resources.Font.F1 = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type3,
                FontBBox=pikepdf.Array([0, 0, 600, 800]),
                FontMatrix=pikepdf.Array([0.001, 0, 0, 0.001, 0, 0]),
                FirstChar=48,
                LastChar=57,
                Widths=pikepdf.Array([600] * 10),
                Encoding=pikepdf.Dictionary(Type=pikepdf.Name.Encoding, Differences=differences),
                CharProcs=pikepdf.Dictionary({f"/g{digit}": pdf.make_stream(_shape(digit)) for digit in range(10)}),
                Resources=pikepdf.Dictionary(
                    Font=pikepdf.Dictionary(H=pdf.make_indirect(pikepdf.Object.parse(HELVETICA.encode())))
                ),
            )
        )
        pdf.pages[0].contents_add(f"BT /F1 12 Tf 72 600 Td ({nik}) Tj ET".encode())
        pdf.save(buffer)
    return buffer.getvalue()


def _shape(digit: int) -> bytes:
    return f"600 0 d0 BT /H 1000 Tf ({digit}) Tj ET".encode()


def replaced(nik: str) -> bytes:
    """A page that was changed after it was first saved."""
    return updated(written(objects(content=said(nik))), {4: stream(GREETING)})


def out_of_tree(nik: str) -> bytes:
    """A page that was taken out of the tree and left in the file."""
    page = "<</Type/Page/MediaBox[0 0 595 842]/Contents 11 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    return written(objects(n10=page, n11=stream(said(nik))))


def in_form_field(nik: str) -> bytes:
    """A text field."""
    field = f"<</Type/Annot/Subtype/Widget/FT/Tx/T(nomor)/V(NIK {nik})/Rect[9 9 99 99]>>"
    return written(objects("/Annots[10 0 R]", catalog="/AcroForm<</Fields[10 0 R]>>", n10=field))


def in_xfa(nik: str) -> bytes:
    """The data of an XML form."""
    xml = stream(f"<xfa:data xmlns:xfa='urn:x'><nik>{nik}</nik></xfa:data>")
    return written(objects(catalog="/AcroForm<</Fields[]/XFA[(datasets)10 0 R]>>", n10=xml))


PLACES = (
    HidingPlace(format="pdf", where="the text of a page", plant=lambda nik: plain(said(nik))),
    HidingPlace(
        format="pdf",
        where="text of a page, letter by letter with gaps of their own",
        plant=lambda nik: plain("BT /F1 12 Tf 72 600 Td [" + "".join(f"({digit})-20" for digit in nik) + "] TJ ET"),
    ),
    HidingPlace(
        format="pdf",
        where="text that stands upright along the page's side",
        plant=lambda nik: plain(f"BT /F1 12 Tf 0 1 -1 0 300 300 Tm (NIK {nik}) Tj ET"),
    ),
    HidingPlace(format="pdf", where="text drawn without ink", plant=lambda nik: plain(f"3 Tr {said(nik)}")),
    HidingPlace(format="pdf", where="white text", plant=lambda nik: plain(f"1 g {said(nik)}")),
    HidingPlace(
        format="pdf",
        where="text beyond the page's edge",
        plant=lambda nik: plain(said(nik).replace("72 600", "900 -600")),
    ),
    HidingPlace(
        format="pdf", where="text that is clipped away", plant=lambda nik: plain(f"q 0 0 1 1 re W n {said(nik)} Q")
    ),
    HidingPlace(
        format="pdf",
        where="text below a shape that covers it",
        plant=lambda nik: plain(f"{said(nik)} 1 g 60 590 400 30 re f"),
    ),
    HidingPlace(
        format="pdf",
        where="text of half a point",
        plant=lambda nik: plain(said(nik).replace("/F1 12 Tf", "/F1 0.5 Tf")),
    ),
    HidingPlace(
        format="pdf",
        where="a QR code drawn as squares",
        plant=lambda nik: plain(shapes(nik, zxingcpp.BarcodeFormat.QRCode, side=3, tall=3)),
    ),
    HidingPlace(
        format="pdf",
        where="a linear code drawn as thin stripes",
        plant=lambda nik: plain(shapes(nik, zxingcpp.BarcodeFormat.Code128, side=0.72, tall=40)),
    ),
    HidingPlace(format="pdf", where="a layer that is switched off", plant=layered),
    HidingPlace(
        format="pdf",
        where="the text that is said to stand for a picture of letters",
        plant=lambda nik: plain(f"/Span <</ActualText(NIK {nik})>> BDC {said('lima')} EMC"),
    ),
    HidingPlace(
        format="pdf",
        where="letters that are said to stand for other text",
        plant=lambda nik: plain(f"/Span <</ActualText(lima)>> BDC {said(nik)} EMC"),
    ),
    HidingPlace(format="pdf", where="letters of a font that does not tell what they are", plant=coded),
    HidingPlace(format="pdf", where="a comment among a page's operators", plant=lambda nik: plain(f"% NIK {nik}\n")),
    HidingPlace(
        format="pdf", where="a name of a marked stretch", plant=lambda nik: plain(f"/NIK_{nik} BMC {said('lima')} EMC")
    ),
    HidingPlace(
        format="pdf",
        where="a form that no page draws",
        plant=lambda nik: written(objects(resources="/XObject<</X 10 0 R>>", n10=stream(said(nik), FORM))),
    ),
    HidingPlace(
        format="pdf",
        where="a pattern that fills a shape",
        plant=lambda nik: written(
            objects(
                content=f"{GREETING} /Pattern cs /T scn 0 0 400 400 re f",
                resources="/Pattern<</T 10 0 R>>",
                n10=stream(
                    said(nik).replace("72 600", "9 9"),
                    "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 400 40]/XStep 400/YStep 40"
                    "/Resources<</Font<</F1 5 0 R>>>>",
                ),
            )
        ),
    ),
    HidingPlace(
        format="pdf",
        where="the document information",
        plant=lambda nik: written(objects(n10=f"<</Author(NIK {nik})>>"), trailer="/Info 10 0 R"),
    ),
    HidingPlace(
        format="pdf",
        where="the document information, as UTF-16",
        plant=lambda nik: written(
            objects(n10=f"<</Judul<FEFF{nik.encode('utf-16-be').hex()}>>>"), trailer="/Info 10 0 R"
        ),
    ),
    HidingPlace(
        format="pdf",
        where="XMP metadata",
        plant=lambda nik: written(
            objects(
                catalog="/Metadata 10 0 R",
                n10=stream(f"<x:x xmlns:x='urn:x'><y>{nik}</y></x:x>", "/Type/Metadata/Subtype/XML"),
            )
        ),
    ),
    HidingPlace(
        format="pdf",
        where="a bookmark",
        plant=lambda nik: written(
            objects(
                catalog="/Outlines 10 0 R",
                n10="<</First 11 0 R/Last 11 0 R>>",
                n11=f"<</Title(NIK {nik})/Parent 10 0 R>>",
            )
        ),
    ),
    HidingPlace(
        format="pdf",
        where="the name of a destination",
        plant=lambda nik: written(objects(catalog=f"/Names<</Dests<</Names[(nik {nik})[3 0 R/Fit]]>>>>")),
    ),
    HidingPlace(
        format="pdf",
        where="a page label",
        plant=lambda nik: written(objects(catalog=f"/PageLabels<</Nums[0<</P(NIK {nik})>>]>>")),
    ),
    HidingPlace(
        format="pdf",
        where="the text of an annotation",
        plant=lambda nik: annotated(f"/Subtype/Text/Contents(NIK {nik})"),
    ),
    HidingPlace(
        format="pdf",
        where="the rich text of an annotation",
        plant=lambda nik: annotated(f"/Subtype/FreeText/RC(<body><p>{nik}</p></body>)"),
    ),
    HidingPlace(
        format="pdf",
        where="the address of a link",
        plant=lambda nik: annotated(f"/Subtype/Link/A<</S/URI/URI(https://contoh.id/?nik={nik})>>"),
    ),
    HidingPlace(
        format="pdf",
        where="the face of an annotation",
        plant=lambda nik: annotated("/Subtype/Stamp/AP<</N 11 0 R>>", n11=stream(said(nik), FORM)),
    ),
    HidingPlace(format="pdf", where="the value of a form field", plant=in_form_field),
    HidingPlace(format="pdf", where="the data of an XFA form", plant=in_xfa),
    HidingPlace(
        format="pdf",
        where="a script",
        plant=lambda nik: written(
            objects(catalog="/OpenAction<</S/JavaScript/JS 10 0 R>>", n10=stream(f"var nik='{nik}'"))
        ),
    ),
    HidingPlace(format="pdf", where="a table attached to the document", plant=attached),
    HidingPlace(
        format="pdf",
        where="the text of the structure tree",
        plant=lambda nik: written(
            objects(
                catalog="/StructTreeRoot 10 0 R",
                n10="<</Type/StructTreeRoot/K 11 0 R>>",
                n11=f"<</Type/StructElem/Alt(NIK {nik})>>",
            )
        ),
    ),
    HidingPlace(
        format="pdf",
        where="a program's own data beside a page",
        plant=lambda nik: written(objects("/PieceInfo<</X<</Private 10 0 R>>>>", n10=stream(f"nik {nik}"))),
    ),
    HidingPlace(
        format="pdf", where="an object that nothing refers to", plant=lambda nik: written(objects(n10=f"(NIK {nik})"))
    ),
    HidingPlace(
        format="pdf", where="a number that nothing refers to", plant=lambda nik: written(objects(n10=f"[1 {nik} 2]"))
    ),
    HidingPlace(
        format="pdf",
        where="a stream that nothing refers to",
        plant=lambda nik: written(objects(n10=stream(f"NIK {nik}"))),
    ),
    HidingPlace(format="pdf", where="objects packed into a stream", plant=packed_objects),
    HidingPlace(format="pdf", where="a page out of the page tree", plant=out_of_tree),
    HidingPlace(format="pdf", where="an earlier version of a page", plant=replaced),
    HidingPlace(
        format="pdf",
        where="an object of an earlier version",
        plant=lambda nik: updated(written(objects(n10=f"<</X(NIK {nik})>>")), {10: b"<</X()>>"}),
    ),
    HidingPlace(
        format="pdf",
        where="a comment between objects",
        plant=lambda nik: written(objects(), between=f"% NIK {nik}\n".encode()),
    ),
    HidingPlace(
        format="pdf",
        where="bytes before the header",
        plant=lambda nik: written(objects(), before=f"NIK {nik}\n".encode()),
    ),
    HidingPlace(
        format="pdf", where="bytes behind the end", plant=lambda nik: written(objects()) + f"NIK {nik}\n".encode()
    ),
    HidingPlace(
        format="pdf",
        where="bytes behind a stream's packed data",
        plant=lambda nik: written(
            objects(n4=stream(GREETING).replace(b"\nendstream", f"NIK {nik}\nendstream".encode()))
        ),
    ),
    HidingPlace(format="pdf", where="a file that opens without a password and forbids copying", plant=locked),
    HidingPlace(format="pdf", where="the pixels of a JPEG on a page", plant=photographed),
    HidingPlace(format="pdf", where="the EXIF note of a JPEG on a page", plant=with_exif),
    HidingPlace(format="pdf", where="the pixels of a packed picture", plant=scanned),
    HidingPlace(format="pdf", where="the pixels of a picture among the operators", plant=inline),
    HidingPlace(format="pdf", where="a picture cut into stripes", plant=striped),
)
