"""What a file is, by its bytes alone; its name is never looked at.

Sources: the file formats' own signatures ([MS-CFB] 2.2, PKWARE APPNOTE 4.3, Apache Parquet "File Format"), and for
text the WHATWG MIME Sniffing idea that a text holds no control bytes.
"""

import re
import unicodedata
import zipfile
import zlib

import olefile

from lumbung.read.dbf_mark import MARK as DBF
from lumbung.read.encoding import SAMPLE, wide_encoding_of
from lumbung.read.mail_mark import is_mail
from lumbung.read.opened import Opened
from lumbung.read.packed_kinds import MARK as PACKED
from lumbung.read.sql import is_dump
from lumbung.read.tar_mark import is_tar
from lumbung.read.unreadable import Unreadable

PARQUET, PARQUET_ENCRYPTED, OLE, ZIP = b"PAR1", b"PARE", olefile.MAGIC, b"PK\x03\x04"
SPLIT, PROGRAM = b"PK\x07\x08PK\x03\x04", b"MZ"
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
ODS = OPEN_DOCUMENT + b"spreadsheet"
OTHER = (
    *(b"PK", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"MSCF", b"!<arch>"),
    *(b"RIFF", b"8BPS"),
    *(b"%!PS", b"ID;P", b"Obj\x01", b"ORC", b"MZ", b"\x7fELF"),
    *(b"TABLE\n0,1", b"TABLE\r\n0,1"),  # DIF: its "0,330820..." would read as the decimals of a number
)
PICTURE = re.compile(
    rb"\x89PNG\r\n\x1a\n|GIF8[79]a|\xff\xd8\xff|RIFF....WEBP|II\*\0|MM\0\*|BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0"
    rb"|\x01\0{3}.{36} EMF|\xd7\xcd\xc6\x9a\0\0|[\1\2]\0\x09\0\0[\1\3]",
    re.DOTALL,
)
# Each table below says of one kind of container which format it is by what it holds; a format is one line in one of
# them, and one line in `doors.DOORS`.
MARKS: dict[str, re.Pattern[bytes]] = {  # by the first bytes
    "picture": PICTURE,
    "rtf": re.compile(rb"\{\\rt"),
    "content-lines": re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN:V(?:CARD|CALENDAR)\b", re.IGNORECASE),
    "sqlite": re.compile(rb"SQLite format 3\0"),
    "access": re.compile(rb"\x00\x01\x00\x00Standard (?:Jet|ACE) DB\0"),
    "arrow": re.compile(rb"ARROW1"),
    "gz": re.compile(rb"\x1f\x8b\x08"),
    "bz2": re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"),
    "xz": re.compile(rb"\xfd7zXZ\0"),
    "packed": PACKED,
    "shp": re.compile(rb"\0\0\x27\x0a\0{20}"),
    "dbf": DBF,
    "pdf": re.compile(rb".{0,1019}?%PDF-", re.DOTALL),
}
MIMETYPES: dict[bytes, str] = {  # by the member `mimetype` of a ZIP archive
    ODS: "ods",
    **dict.fromkeys((OPEN_DOCUMENT + kind for kind in (b"text", b"presentation", b"graphics")), "open-document"),
}
MEMBERS: dict[str, re.Pattern[str]] = {  # by the name of a member of a ZIP archive, in lower case
    "ooxml": re.compile(r"xl[/\\]workbook\.(?:xml|bin)"),
    "iwork": re.compile(r"(?:.*/)?(?:index/)?document\.iwa"),
    "office-document": re.compile(r"word[/\\]document\d*\.xml|ppt[/\\]presentation\d*\.xml"),
}
STREAMS: dict[str, frozenset[str]] = {  # by the name of a stream of a compound file, in lower case
    "ole": frozenset({"workbook", "book", "worddocument", "powerpoint document", "__properties_version1.0"}),
}
ROOTS: dict[str, str] = {
    "svg": "svg",
    "document": "flat-document",
    "workbook": "spreadsheetml",
    "kml": "kml",
    "gpx": "gpx",
}  # by the root element of an XML file, without its prefix, in lower case
CPIO = re.compile(rb"0707(?:01|02|07|27)[0-9a-fA-F]{60}")
CONTROLS = bytes([*range(3, 9), *range(14, 26), 27, 127])
MANY_CONTROLS = 0.005
MANY_EMPTY = 0.25
MANY_WRONG = 0.05

BEFORE_ROOT = re.compile(r"(?:\s|\ufeff|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
DOCTYPE = re.compile(r"<!doctype\s+(\w+)", re.IGNORECASE)
ELEMENT = re.compile(r"<([a-z][\w:.-]*)(?:\s[^<>]*)?/?>", re.IGNORECASE)
HTML_TABLE = re.compile(r"<table\b[^<>]*>\s*<(?:tr|td|th|thead|tbody|caption|col|colgroup|!--)", re.IGNORECASE)
PIPE_TABLE = re.compile(  # of Markdown: the line that parts head and rows
    r"^ {0,3}(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*\r?$|^ {0,3}:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*\r?$",
    re.MULTILINE,
)
HTML_ELEMENTS = {
    *("html", "head", "title", "base", "link", "meta", "style", "script", "body", "div", "span", "p", "br", "hr", "b"),
    *("i", "u", "font", "center", "h1", "h2", "h3", "h4", "h5", "h6", "form", "table", "caption", "colgroup", "col"),
    *("thead", "tbody", "tfoot", "tr", "td", "th", "ul", "ol", "li", "a", "img", "pre", "section", "article"),
    *("main", "header", "nav"),
}


def sniff(opened: Opened) -> str:
    """The key of the door that opens it, see `doors.DOORS`.

    Raise Unreadable: "encrypted" for a workbook or a Parquet file under a password, "broken" for an archive whose
    directory cannot be read, "unknown-format" for everything else. "text" promises nothing about rows or columns.
    """
    head = opened.data[:SAMPLE]
    if head.startswith((ZIP, SPLIT)) or (head.startswith(PROGRAM) and _carries_archive(opened)):
        return _of_archive(opened)
    if head.startswith(OLE):
        return _of_compound(opened)
    for format, mark in MARKS.items():
        if mark.match(head):
            return format
    if is_tar(head):
        return "tar"
    if head.startswith((PARQUET, PARQUET_ENCRYPTED)):
        return _of_parquet(opened)
    if is_mail(head) and not head.startswith(OTHER):
        return "mail"
    if head.startswith(OTHER) or CPIO.match(head) or _is_binary(opened):
        raise Unreadable("unknown-format")
    return _of_text(head.decode(wide_encoding_of(head) or "utf-8", "replace"))


def _carries_archive(opened: Opened) -> bool:
    """Whether a program has an archive behind it, which it would unpack when it is run."""
    opened.file.seek(0)
    return zipfile.is_zipfile(opened.file)


def _of_archive(opened: Opened) -> str:
    opened.file.seek(0)
    try:
        with zipfile.ZipFile(opened.file) as archive:
            names = {name.lower() for name in archive.namelist()}
            mimetype = archive.open("mimetype").read(200) if "mimetype" in archive.namelist() else b""
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise Unreadable("broken") from error
    for format, member in MEMBERS.items():
        if any(map(member.fullmatch, names)):
            return format
    for kind, format in MIMETYPES.items():
        if mimetype.startswith(kind):
            return format
    return "package" if mimetype or "[content_types].xml" in names else "zip"


def _of_compound(opened: Opened) -> str:
    opened.file.seek(0)
    try:
        with olefile.OleFileIO(opened.file) as compound:
            streams = {path[-1].lower() for path in compound.listdir()}
    except (OSError, ValueError, IndexError, TypeError, AttributeError, RecursionError) as error:  # olefile's
        raise Unreadable("broken") from error
    if "encryptedpackage" in streams:
        raise Unreadable("encrypted")
    for format, known in STREAMS.items():
        if streams & known:
            return format
    return "compound"


def _of_parquet(opened: Opened) -> str:
    tail = opened.data[-4:]
    if PARQUET_ENCRYPTED in (tail, opened.data[:4]):
        raise Unreadable("encrypted")
    if tail != PARQUET:
        raise Unreadable("broken")
    return "parquet"


def _is_binary(opened: Opened) -> bool:
    """Whether the beginning, middle or end holds bytes that no text holds."""
    head = opened.data[:SAMPLE]
    wide = wide_encoding_of(head)
    if wide:
        return _is_nonsense(head.decode(wide, "replace")[:-1])
    start = head[:256]
    if start.count(0) > MANY_EMPTY * len(start) or start[:32] != start[:32].translate(None, CONTROLS):
        return True
    places = {0, opened.size // 2, max(0, opened.size - SAMPLE)}
    return any(_has_controls(opened.data[place : place + SAMPLE].replace(b"\0", b"")) for place in places)


def _has_controls(piece: bytes) -> bool:
    return len(piece) - len(piece.translate(None, CONTROLS)) > MANY_CONTROLS * len(piece)


def _is_nonsense(text: str) -> bool:
    """Whether UTF-16 or UTF-32 gives characters that nobody writes: control, private, unassigned, replaced."""
    blanks = "\t\n\r\f\v\0\ufeff"
    wrong = sum(unicodedata.category(c) in ("Cc", "Co", "Cn", "Cs") or c == "\ufffd" for c in text if c not in blanks)
    return wrong > MANY_WRONG * len(text)


def _of_text(head: str) -> str:
    before = BEFORE_ROOT.match(head)
    root = head[before.end() if before else 0 :]
    if root.startswith(("{", "[")):
        return "json"
    doctype, element = DOCTYPE.match(root), ELEMENT.match(root)
    name = (doctype or element or [None, None])[1]
    is_xml = head.lstrip("\ufeff \r\n").startswith("<?xml")
    if name and (format := ROOTS.get(name.rpartition(":")[2].lower())):
        return format
    known = name is not None and name.lower() in ({"html"} if is_xml else HTML_ELEMENTS)
    if known or (not is_xml and HTML_TABLE.search(head)):
        return "html"
    if name or is_xml:
        return "xml"
    if is_dump(head):
        return "sql"
    return "markdown" if PIPE_TABLE.search(head) else "text"
