"""Letters: .docx and its kin. Each row changes or adds parts of a small sound document."""

from collections.abc import Callable, Mapping

from tests.hiding import HidingPlace
from tests.read.planted import package as workbook
from tests.read.planted import relations, struck, zipped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:a="{DRAWING}" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
MAIN = "word/document.xml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def part(content: str, root: str = "document") -> str:
    """A part of a document with this root."""
    return f"<w:{root} {SPACES}>{content}</w:{root}>"


def body(content: str) -> str:
    """The main part with this in its body."""
    return part(f"<w:body>{run('Surat biasa')}{content}</w:body>")


def run(text: str, look: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:r>{look}<w:t>{text}</w:t></w:r></w:p>"


def paragraph(content: str) -> str:
    """A paragraph in the body."""
    return body(f"<w:p>{content}</w:p>")


def halves(nik: str, before: str = "<w:r><w:t>", after: str = "</w:t></w:r>") -> tuple[str, str]:
    """The number in two runs."""
    return before + nik[:7] + after, before + nik[7:] + after


def document(parts: Mapping[str, str | bytes]) -> bytes:
    """A small sound letter with some parts changed or added."""
    sound = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(("rId1", "officeDocument", MAIN)),
        MAIN: body(""),
    }
    return zipped({**sound, **parts})


def initial(nik: str) -> str:
    """A paragraph of one large digit, and the paragraph that goes on with it."""
    framed = f'<w:p><w:pPr><w:framePr w:dropCap="drop" w:lines="3"/></w:pPr><w:r><w:t>{nik[0]}</w:t></w:r></w:p>'
    return f"{framed}<w:p><w:r><w:t>{nik[1:]} telah hadir</w:t></w:r></w:p>"


def place(
    where: str, parts: Callable[[str], Mapping[str, str | bytes]], at: Mapping[str, object] | None = None
) -> HidingPlace:
    """A row whose file is the sound letter with these parts changed or added."""
    return HidingPlace(format="docx", where=where, plant=lambda nik: document(parts(nik)), at=at or {})


def inline(where: str, content: Callable[[str], str], at: Mapping[str, object] | None = None) -> HidingPlace:
    """A row whose number stands in the body."""
    return place(where, lambda nik: {MAIN: body(content(nik))}, at)


def hung(where: str, name: str, content: Callable[[str], str | bytes]) -> HidingPlace:
    """A row whose number stands in a part of its own."""
    return place(where, lambda nik: {name: content(nik)})


def cell(content: str, look: str = "") -> str:
    """A cell of a table."""
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{content}</w:tc>"


def table(*rows: str) -> str:
    """A table of these rows' cells."""
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def deleted(nik: str) -> str:
    """Half of the number as it stands, half of it deleted, and something inserted between."""
    left, _ = halves(nik)
    gone = f'<w:del w:id="1"><w:r><w:delText>{nik[7:]}</w:delText></w:r></w:del>'
    return f'<w:p>{left}<w:ins w:id="2"><w:r><w:t> orang</w:t></w:r></w:ins>{gone}</w:p>'


def symbols(nik: str) -> str:
    """The number in a symbol font's own characters."""
    return "<w:p><w:r>" + "".join(f'<w:sym w:font="Wingdings" w:char="F0{ord(d):02X}"/>' for d in nik) + "</w:r></w:p>"


BOX = (
    "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'>{}</mc:Choice><mc:Fallback>{}</mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>"
)
FIELD = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'

PLACES = (
    HidingPlace(
        format="docx",
        where="the label of a list",
        plant=lambda nik: document(
            {
                MAIN: paragraph(
                    f"<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>{nik[8:]}</w:t></w:r>"
                ),
                "word/numbering.xml": part(
                    f'<w:abstractNum><w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText w:val="{nik[:8]}"/></w:lvl>'
                    "</w:abstractNum>",
                    "numbering",
                ),
            }
        ),
        answer="not-fully-read",
    ),
    HidingPlace(
        format="docx",
        where="the number that a list begins with",
        plant=lambda nik: document(
            {
                MAIN: paragraph(
                    f"<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>{nik[6:]}</w:t></w:r>"
                ),
                "word/numbering.xml": part(
                    f'<w:abstractNum><w:lvl><w:start w:val="{nik[:6]}"/></w:lvl></w:abstractNum>',
                    "numbering",
                ),
            }
        ),
        answer="not-fully-read",
    ),
    inline("a number parted over two runs, one bold", lambda nik: f"<w:p>{''.join(halves(nik))}</w:p>"),
    inline("a cell of a table", lambda nik: table(cell(run("Nama")), cell(run(nik))), {"sheet": "Tabel 1"}),
    inline(
        "a table inside a cell of a table",
        lambda nik: table(cell(table(cell(run(nik))) + "<w:p/>")),
        {"sheet": "Tabel 1"},
    ),
    inline(
        "a merged cell below another",
        lambda nik: table(
            cell(run("x"), '<w:vMerge w:val="restart"/>'), cell(run(nik), "<w:vMerge/>") + cell("<w:p/>")
        ),
    ),
    inline("text formatted as hidden", lambda nik: run(nik, "<w:rPr><w:vanish/></w:rPr>")),
    inline(
        "digits with hidden letters between them",
        lambda nik: "<w:p>" + run("x", "<w:rPr><w:vanish/></w:rPr>")[5:-6].join(halves(nik)) + "</w:p>",
        {"hidden": True},
    ),
    inline(
        "behind the raised mark of a note",
        lambda nik: "<w:p>" + run("1", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>')[5:-6] + run(nik)[5:],
        {"hidden": True},
    ),
    inline("a tracked deletion", lambda nik: f"<w:p><w:del><w:r><w:delText>{nik}</w:delText></w:r></w:del></w:p>"),
    inline("half a number kept and half of it deleted", deleted, {"hidden": True}),
    inline("text moved away", lambda nik: f"<w:p><w:moveFrom><w:r><w:t>{nik}</w:t></w:r></w:moveFrom></w:p>"),
    inline("a text box", lambda nik: BOX.format(f"<w:txbxContent>{run(nik)}</w:txbxContent>", "")),
    inline("the fall-back of a text box", lambda nik: BOX.format("", f"<w:txbxContent>{run(nik)}</w:txbxContent>")),
    inline(
        "the description of a picture",
        lambda nik: f'<w:p><w:r><wp:docPr id="1" name="a" descr="KTP {nik}"/></w:r></w:p>',
        {"hidden": True},
    ),
    inline(
        "a field's code, parted over runs",
        lambda nik: FIELD.format("".join(halves(nik, "<w:r><w:instrText>", "</w:instrText></w:r>"))),
        {"hidden": True},
    ),
    inline("a number behind its large initial", initial),
    inline("a simple field", lambda nik: f'<w:p><w:fldSimple w:instr="QUOTE {nik}"/></w:p>'),
    inline("a symbol font's characters", symbols),
    inline("private characters of a symbol font", lambda nik: run("".join(chr(0xF000 + ord(d)) for d in nik))),
    inline("a formula", lambda nik: f"<w:p><m:oMath><m:r><m:t>{nik}</m:t></m:r></m:oMath></w:p>"),
    inline("a list to choose from", lambda nik: f'<w:sdt><w:listItem w:displayText="{nik}" w:value="1"/></w:sdt>'),
    inline("the name of a bookmark", lambda nik: f'<w:p><w:bookmarkStart w:name="n{nik}"/></w:p>'),
    inline(
        "a hint above a word",
        lambda nik: f"<w:p><w:r><w:ruby><w:rt><w:r><w:t>{nik}</w:t></w:r></w:rt></w:ruby></w:r></w:p>",
    ),
    inline("art of words", lambda nik: f'<w:p><w:r><w:pict><v:textpath string="{nik}"/></w:pict></w:r></w:p>'),
    inline("an XML comment", lambda nik: f"<!-- {nik} -->"),
    inline(
        "digits parted by a tab",
        lambda nik: "<w:p>" + "<w:r><w:tab/></w:r>".join(halves(nik)) + "</w:p>",
        {"hidden": True},
    ),
    inline(
        "digits parted by the end of a line",
        lambda nik: "<w:p>" + "<w:r><w:br/></w:r>".join(halves(nik)) + "</w:p>",
        {"hidden": True},
    ),
    inline(
        "digits written backwards, and overridden to run from right to left",
        lambda nik: f'<w:p><w:bdo w:val="rtl"><w:r><w:t>{nik[::-1]}</w:t></w:r></w:bdo></w:p>',
        {"hidden": True},
    ),
    inline(
        "digits written backwards behind a sign that turns them", lambda nik: run(f"milik \u202e{nik[::-1]}\u202c")
    ),
    inline(
        "each digit in a run of its own, with tags and bookmarks between",
        lambda nik: (
            "<w:p>"
            + '<w:bookmarkStart w:id="1" w:name="a"/><w:proofErr w:type="spellStart"/>'.join(
                f'<w:smartTag w:element="x"><w:r><w:t>{digit}</w:t></w:r></w:smartTag>' for digit in nik
            )
            + "</w:p>"
        ),
    ),
    inline(
        "each digit in a cell of its own",
        lambda nik: table("".join(cell(run(digit)) for digit in nik)),
        {"hidden": True},
    ),
    inline(
        "digits with white letters between them",
        lambda nik: "<w:p>" + run("x", '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>')[5:-6].join(halves(nik)) + "</w:p>",
        {"hidden": True},
    ),
    inline(
        "digits with letters of two points between them",
        lambda nik: "<w:p>" + run("x", '<w:rPr><w:sz w:val="4"/></w:rPr>')[5:-6].join(halves(nik)) + "</w:p>",
        {"hidden": True},
    ),
    place(
        "digits with letters between them that a style hides",
        lambda nik: {
            MAIN: body("<w:p>" + run("x", '<w:rPr><w:rStyle w:val="S"/></w:rPr>')[5:-6].join(halves(nik)) + "</w:p>"),
            "word/styles.xml": part(
                '<w:style w:styleId="B"><w:rPr><w:vanish/></w:rPr></w:style>'
                '<w:style w:styleId="S"><w:basedOn w:val="B"/></w:style>',
                "styles",
            ),
        },
        {"hidden": True},
    ),
    inline(
        "a number half in a field's result",
        lambda nik: (
            f'<w:p><w:r><w:t>{nik[:7]}</w:t></w:r><w:fldSimple w:instr="REF a"><w:r><w:t>{nik[7:]}</w:t></w:r>'
            "</w:fldSimple></w:p>"
        ),
    ),
    hung("a header", "word/header1.xml", lambda nik: part(run(nik), "hdr")),
    hung("a footer", "word/footer1.xml", lambda nik: part(run(nik), "ftr")),
    hung("a footnote", "word/footnotes.xml", lambda nik: part(f"<w:footnote>{run(nik)}</w:footnote>", "footnotes")),
    hung("an endnote", "word/endnotes.xml", lambda nik: part(f"<w:endnote>{run(nik)}</w:endnote>", "endnotes")),
    hung("a comment", "word/comments.xml", lambda nik: part(f"<w:comment>{run(nik)}</w:comment>", "comments")),
    hung("the glossary", "word/glossary/document.xml", lambda nik: part(run(nik), "glossaryDocument")),
    hung(
        "a document variable",
        "word/settings.xml",
        lambda nik: part(f'<w:docVars><w:docVar w:name="a" w:val="{nik}"/></w:docVars>', "settings"),
    ),
    hung(
        "the target of a link",
        "word/_rels/document.xml.rels",
        lambda nik: relations(("rId5", "hyperlink", f"http://desa.id/{nik}")),
    ),
    hung("custom XML", "customXml/item1.xml", lambda nik: f"<data><warga>{nik}</warga></data>"),
    hung("a document property", "docProps/core.xml", lambda nik: f"<p><subject>{nik}</subject></p>"),
    hung("the cache of a chart", "word/charts/chart1.xml", lambda nik: f"<c><pt><v>{nik}</v></pt></c>"),
    hung(
        "a shape of SmartArt",
        "word/diagrams/data1.xml",
        lambda nik: f'<d xmlns:a="{DRAWING}"><t><a:p><a:r><a:t>{nik}</a:t></a:r></a:p></t></d>',
    ),
    hung(
        "an embedded workbook",
        "word/embeddings/Lembar1.xlsx",
        lambda nik: workbook({"xl/sharedStrings.xml": f"<sst><si><t>{nik}</t></si></sst>"}),
    ),
    hung("an embedded text in RTF", "word/afchunk1.rtf", lambda nik: rb"{\rtf1 " + hexadecimal(nik) + b"}"),
    hung(
        "an embedded web page as mail",
        "word/afchunk.mht",
        lambda nik: b"MIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\n" + quoted(nik),
    ),
    hung("a part that nobody knows", "word/lain.bin", lambda nik: f"milik {nik} ini"),
    place("the name of a part", lambda nik: {f"word/{nik}.xml": "<x/>"}),
    HidingPlace(
        format="docx",
        where="a part struck from the archive's list",
        plant=lambda nik: struck(document({"word/lama.xml": f"<x>{nik}</x>"}), "word/lama.xml"),
        at={"hidden": True},
    ),
)


def hexadecimal(nik: str) -> bytes:
    """The digits as RTF's escapes."""
    return b"".join(b"\\'%02x" % ord(digit) for digit in nik)


def quoted(nik: str) -> bytes:
    """The digits in quoted-printable."""
    return b"".join(b"=%02X" % ord(digit) for digit in nik)
