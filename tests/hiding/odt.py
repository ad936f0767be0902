"""OpenDocument texts and slides: .odt, .odp and flat .fodt. Each row changes or adds parts of a small sound one."""

import base64
from collections.abc import Callable, Mapping

from tests.hiding import HidingPlace
from tests.hiding.docx import hexadecimal
from tests.read.planted import package as workbook
from tests.read.planted import struck, zipped

NAMES = ("office", "text", "table", "style", "meta", "presentation", "script", "config")
SPACES = " ".join(
    [
        *(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in NAMES),
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"',
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"',
    ]
)
KIND = "application/vnd.oasis.opendocument."


def content(body: str, *, styles: str = "", kind: str = "text", root: str = "document-content") -> str:
    """A content part, or a flat document, with this in its body."""
    inside = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    automatic = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    return f'<office:{root} {SPACES} office:mimetype="{KIND}{kind}">{automatic}{inside}</office:{root}>'


def document(parts: Mapping[str, str | bytes], kind: str = "text") -> bytes:
    """A small sound package with some parts changed or added."""
    sound = {"mimetype": KIND + kind, "content.xml": content("<text:p>Surat biasa</text:p>", kind=kind)}
    return zipped({**sound, "META-INF/manifest.xml": "<manifest/>", **parts})


def inline(
    where: str, body: Callable[[str], str], at: Mapping[str, object] | None = None, *, styles: str = ""
) -> HidingPlace:
    """A row whose number stands in the body of a text."""
    return hung(where, "content.xml", lambda nik: content(body(nik), styles=styles), at)


def hung(
    where: str, name: str, part: Callable[[str], str | bytes], at: Mapping[str, object] | None = None
) -> HidingPlace:
    """A row whose number stands in a part of a text."""
    return HidingPlace(format="odt", where=where, plant=lambda nik: document({name: part(nik)}), at=at or {})


def slide(where: str, page: Callable[[str], str], at: Mapping[str, object]) -> HidingPlace:
    """A row whose number stands on a slide."""

    def plant(nik: str) -> bytes:
        body = f"<draw:page draw:name='a'>{page(nik)}</draw:page>"
        return document({"content.xml": content(body, kind="presentation")}, "presentation")

    return HidingPlace(format="odp", where=where, plant=plant, at=at)


def flat(where: str, body: Callable[[str], str]) -> HidingPlace:
    """A row whose number stands in a flat document."""
    return HidingPlace(
        format="fodt", where=where, plant=lambda nik: content(body(nik), root="document").encode(), at={}
    )


def table(*cells: str) -> str:
    """A table of one row."""
    inner = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
    return f"<table:table><table:table-row>{inner}</table:table-row></table:table>"


def change(nik: str, kind: str = "deletion") -> str:
    """A tracked change with the number in it, and where it was made."""
    region = (
        f'<text:changed-region text:id="c1"><text:{kind}><text:p>{nik}</text:p></text:{kind}></text:changed-region>'
    )
    return f"<text:tracked-changes>{region}</text:tracked-changes>"


SIGNED = "<office:change-info><dc:creator>Staf</dc:creator><dc:date>2021-06-06T00:00:00</dc:date></office:change-info>"
SECRET = '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'

PLACES = (
    HidingPlace(
        format="odt",
        where="the label of a list",
        plant=lambda nik: document(
            {
                "content.xml": content(
                    f"<text:list><text:list-item><text:p>{nik[8:]}</text:p></text:list-item></text:list>",
                    styles=f'<text:list-style><text:list-level-style-number style:num-prefix="{nik[:8]}"/>'
                    "</text:list-style>",
                )
            }
        ),
        answer="not-fully-read",
    ),
    inline("a number parted over spans", lambda nik: f"<text:p>{nik[:4]}<text:span>{nik[4:]}</text:span></text:p>"),
    inline(
        "a cell of a table", lambda nik: table("<text:p>x</text:p>", f"<text:p>{nik}</text:p>"), {"sheet": "Tabel 1"}
    ),
    inline(
        "a cell that another covers",
        lambda nik: table("<text:p>x</text:p>").replace(
            "</table:table-row>",
            f"<table:covered-table-cell><text:p>{nik}</text:p></table:covered-table-cell></table:table-row>",
        ),
        {"sheet": "Tabel 1"},
    ),
    inline("a tracked deletion", change, {"hidden": True}),
    inline(
        "half a number kept and half of it deleted",
        lambda nik: change(nik[7:]) + f'<text:p>{nik[:7]}<text:change text:change-id="c1"/> orang</text:p>',
        {"hidden": True},
    ),
    inline(
        "half a number deleted by somebody who is named",
        lambda nik: (
            change(nik[7:]).replace("<text:deletion>", f"<text:deletion>{SIGNED}")
            + f'<text:p>{nik[:7]}<text:change text:change-id="c1"/> orang</text:p>'
        ),
        {"hidden": True},
    ),
    inline(
        "who wrote a comment",
        lambda nik: (
            f"<text:p>a<office:annotation><dc:creator>{nik}</dc:creator><dc:date>2021-06-06T00:00:00</dc:date>"
            "<text:p>lihat</text:p></office:annotation></text:p>"
        ),
        {"hidden": True},
    ),
    inline(
        "the file that a section shows",
        lambda nik: f'<text:section><text:section-source xlink:href="../foto/{nik}.odt"/></text:section>',
    ),
    inline(
        "before the raised mark of a note",
        lambda nik: f'<text:p>{nik}<text:span text:style-name="T1">1</text:span></text:p>',
        {"hidden": True},
        styles=SECRET.replace('text:display="none"', 'style:text-position="super 58%"'),
    ),
    inline(
        "digits with hidden letters between them",
        lambda nik: f'<text:p>{nik[:7]}<text:span text:style-name="T1">x</text:span>{nik[7:]}</text:p>',
        {"hidden": True},
        styles=SECRET,
    ),
    inline(
        "a comment", lambda nik: f"<text:p>a<office:annotation><text:p>{nik}</text:p></office:annotation></text:p>"
    ),
    inline(
        "a footnote",
        lambda nik: (
            f"<text:p>a<text:note><text:note-body><text:p>{nik}</text:p></text:note-body></text:note></text:p>"
        ),
    ),
    inline(
        "hidden text", lambda nik: f'<text:p><text:hidden-text text:string-value="{nik}"/></text:p>', {"hidden": True}
    ),
    inline(
        "the description of a picture",
        lambda nik: f"<text:p><draw:frame><svg:desc>KTP {nik}</svg:desc></draw:frame></text:p>",
        {"hidden": True},
    ),
    inline("a variable", lambda nik: f'<text:variable-decl text:name="v" office:string-value="{nik}"/>'),
    inline(
        "the value of a cell that shows another",
        lambda nik: table("<text:p>3,3E+15</text:p>").replace(
            "<table:table-cell>", f'<table:table-cell office:value-type="float" office:value="{nik}">'
        ),
        {"sheet": "Tabel 1"},
    ),
    inline(
        "the target of a link", lambda nik: f'<text:p><text:a xlink:href="http://desa.id/{nik}">a</text:a></text:p>'
    ),
    inline("a script", lambda nik: f"<script:libraries>{nik}</script:libraries>"),
    hung(
        "a header",
        "styles.xml",
        lambda nik: content(f"<style:header><text:p>{nik}</text:p></style:header>", root="document-styles"),
    ),
    hung("metadata", "meta.xml", lambda nik: f"<m {SPACES}><dc:subject>{nik}</dc:subject></m>"),
    hung("an embedded object", "Object 1/content.xml", lambda nik: content(table(f"<text:p>{nik}</text:p>"))),
    hung("an embedded workbook", "Object 2", lambda nik: workbook({"xl/sharedStrings.xml": f"<a>{nik}</a>"})),
    hung("a setting", "settings.xml", lambda nik: f"<s><item>{nik}</item></s>"),
    hung("a macro", "Basic/Standard/Module1.xml", lambda nik: f"<module>' {nik}</module>"),
    hung("a part that nobody knows", "lain.bin", lambda nik: f"milik {nik} ini"),
    HidingPlace(
        format="odt",
        where="a part struck from the archive's list",
        plant=lambda nik: struck(document({"lama.xml": f"<x>{nik}</x>"}), "lama.xml"),
        at={"hidden": True},
    ),
    slide("a text box", lambda nik: f"<draw:text-box><text:p>{nik}</text:p></draw:text-box>", {"page": 1}),
    slide(
        "speaker notes",
        lambda nik: f"<presentation:notes><text:p>{nik}</text:p></presentation:notes>",
        {"page": 1},
    ),
    slide("a table", lambda nik: table(f"<text:p>{nik}</text:p>"), {"page": 1, "sheet": "Tabel 1"}),
    flat("a paragraph parted over spans", lambda nik: f"<text:p>{nik[:4]}<text:span>{nik[4:]}</text:span></text:p>"),
    flat(
        "an embedded file in Base64",
        lambda nik: (
            "<text:p><draw:object><office:binary-data>"
            + base64.b64encode(b"{\\rtf1 " + hexadecimal(nik) + b"}").decode()
            + "</office:binary-data></draw:object></text:p>"
        ),
    ),
)
