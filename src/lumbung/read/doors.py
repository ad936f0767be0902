"""Which reader opens what: one line a format, the key as `sniff` says it.

A door lays what a file holds into the basket and gives the format's name for people ("xlsx", "csv", ...). `prefix` is
the place of the file when it was found inside another ("arsip.zip!"), and stands before every place it names. A door
raises Unreadable where the file as a whole cannot be read.
"""

from collections.abc import Callable

from lumbung.document import Place
from lumbung.read.access import harvest_access
from lumbung.read.archive import harvest_archive
from lumbung.read.archive_streams import harvest_stream
from lumbung.read.archive_tar import harvest_tar
from lumbung.read.arrow import read_arrow
from lumbung.read.coded_text import LONGEST, decoded
from lumbung.read.content_lines import harvest_content_lines
from lumbung.read.data_address import harvest_addresses
from lumbung.read.dbf import read_dbf
from lumbung.read.encoding import SAMPLE, encoding_of, to_utf8
from lumbung.read.geopackage import harvest_geopackage
from lumbung.read.gpx import harvest_tracks
from lumbung.read.harvest import Harvest
from lumbung.read.html import read_html
from lumbung.read.html_written import harvest_written
from lumbung.read.iwork import harvest_iwork
from lumbung.read.json_file import read_json
from lumbung.read.kml import harvest_map
from lumbung.read.mail import harvest_mail
from lumbung.read.markdown import harvest_markdown
from lumbung.read.odf_document import harvest_flat, harvest_open_document, is_flat
from lumbung.read.ods import harvest_spreadsheet
from lumbung.read.office_document import harvest_document
from lumbung.read.ole import harvest_compound
from lumbung.read.ooxml import harvest_workbook
from lumbung.read.opened import Opened, Parts
from lumbung.read.packed import harvest_packed
from lumbung.read.parquet import read_parquet
from lumbung.read.pdf import harvest_pdf
from lumbung.read.picture import kind_of
from lumbung.read.prose_lines import lines_of, sentences
from lumbung.read.rtf import harvest_rtf
from lumbung.read.shapefile import harvest_shp
from lumbung.read.spreadsheetml import harvest_spreadsheetml
from lumbung.read.sql import harvest_dump
from lumbung.read.svg import harvest_svg
from lumbung.read.text import read_text
from lumbung.read.unknown_part import take_picture
from lumbung.read.unreadable import Unreadable
from lumbung.read.xml import harvest_xml

Door = Callable[[Harvest, Opened, str], str]


def plain(reader: Callable[[Opened], Parts]) -> Door:
    """The door of a format that never has a file inside it."""

    def door(harvest: Harvest, opened: Opened, prefix: str) -> str:
        parts = reader(opened)
        harvest.take(parts, prefix=prefix)
        return parts.format

    return door


def open_page(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """A page of HTML, with the files that its addresses hold."""
    parts = read_html(opened)
    harvest.take(parts, prefix=prefix)
    for passage in parts.passages:
        harvest_addresses(harvest, passage.text, place=Place(part=prefix or None))
    harvest_written(harvest, parts.passages, parts.tables, prefix=prefix)
    return parts.format


def open_text(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """Delimited text; what has no delimiter, or one that is a sentence's comma, is looked at as prose, too. What it is
    in a code is a file inside it."""
    parts = read_text(opened)
    harvest.take(parts, prefix=prefix)
    if parts.format in ("text", "csv"):
        lines = lines_of(opened, delimited=parts.format == "csv")
        harvest.say(sentences(lines, Place(part=prefix.removesuffix("!") or None)))
    if opened.size <= LONGEST:
        for content in decoded(to_utf8(opened, encoding_of(opened))[0]):
            harvest.find_inside(content, Place(part=f"{prefix}(isi yang disandikan)", hidden=True))
    return parts.format


def open_workbook(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """An .xlsx, .xlsm or .xlsb package."""
    return harvest_workbook(harvest, opened.file, bytes(opened.data), prefix=prefix)


def open_document(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """A text or slide package: .docx, .pptx and their kin."""
    return harvest_document(harvest, opened.file, prefix=prefix)


def open_open_document(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """An OpenDocument text, slide show or drawing."""
    return harvest_open_document(harvest, opened.file, prefix=prefix)


def open_flat(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """A flat OpenDocument, which is one XML file; XML of another kind may have a root of the same name."""
    flat = is_flat(bytes(opened.data[:SAMPLE]))
    return harvest_flat(harvest, opened, prefix=prefix) if flat else harvest_xml(harvest, opened, prefix)


def open_mail(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """A mail message or a web archive."""
    return harvest_mail(harvest, bytes(opened.data[:]), prefix=prefix)


def open_iwork(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """A package of Apple's Numbers, Pages or Keynote."""
    return harvest_iwork(harvest, opened.file, prefix=prefix)


def open_rtf(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """A document in Rich Text Format."""
    return harvest_rtf(harvest, opened, prefix=prefix)


def open_content_lines(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """An address book or a calendar."""
    return harvest_content_lines(harvest, opened, prefix=prefix)


def open_markdown(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """A text with pipe tables in it."""
    return harvest_markdown(harvest, opened, prefix=prefix)


def open_spreadsheet(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """An OpenDocument spreadsheet."""
    return harvest_spreadsheet(harvest, opened.file, prefix=prefix)


def open_compound(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """An .xls workbook of BIFF5 or BIFF8."""
    return harvest_compound(harvest, bytes(opened.data), prefix=prefix)


def open_unknown_compound(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """A compound file that no reader knows, such as a macro project: inside another file its streams are swept."""
    if not prefix:
        raise Unreadable("unknown-format")
    return open_compound(harvest, opened, prefix)


def open_archive(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """A ZIP archive of files."""
    return harvest_archive(harvest, opened.file, prefix=prefix)


def open_stream(kind: str) -> Door:
    """One file, packed by gzip, bzip2 or xz."""
    return lambda harvest, opened, prefix: harvest_stream(harvest, opened.data[:], kind, prefix=prefix)


def open_tar(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """A tar archive of files."""
    return harvest_tar(harvest, opened.data[:], prefix=prefix)


def open_packed(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """What libarchive opens: 7z, RAR, CAB, ISO and their like, zstd, LZ4."""
    return harvest_packed(harvest, opened.data[:], prefix=prefix)


def open_package(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """An Office package that no reader knows, such as a theme: inside another file every part of it is read."""
    if not prefix:
        raise Unreadable("unknown-format")
    return harvest_document(harvest, opened.file, prefix=prefix)


def open_access(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """A database of Microsoft Access."""
    return harvest_access(harvest, opened.data[:], prefix=prefix)


def open_database(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """A SQLite database, with map layers (GeoPackage, SpatiaLite) or without."""
    return harvest_geopackage(harvest, opened.data[:], prefix=prefix)


def open_pdf(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """A PDF, with whatever stands before and behind it."""
    return harvest_pdf(harvest, opened.data[:], prefix=prefix)


def open_drawing(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """An SVG drawing."""
    return harvest_svg(harvest, opened.data[:], prefix=prefix)


def open_picture(harvest: Harvest, opened: Opened, prefix: str) -> str:
    """A picture by itself. It has no tables; what cannot be decoded is named unread."""
    data = bytes(opened.data)
    take_picture(harvest, data, place=Place(part=prefix.removesuffix("!") or None))
    return kind_of(data)


DOORS: dict[str, Door] = {
    "access": open_access,
    "arrow": plain(read_arrow),
    "bz2": open_stream("bz2"),
    "gz": open_stream("gz"),
    "xz": open_stream("xz"),
    "packed": open_packed,
    "tar": open_tar,
    "compound": open_unknown_compound,
    "content-lines": open_content_lines,
    "dbf": plain(read_dbf),
    "flat-document": open_flat,
    "gpx": harvest_tracks,
    "html": open_page,
    "iwork": open_iwork,
    "json": plain(read_json),
    "kml": harvest_map,
    "mail": open_mail,
    "markdown": open_markdown,
    "ods": open_spreadsheet,
    "open-document": open_open_document,
    "office-document": open_document,
    "ole": open_compound,
    "ooxml": open_workbook,
    "parquet": plain(read_parquet),
    "pdf": open_pdf,
    "picture": open_picture,
    "package": open_package,
    "rtf": open_rtf,
    "spreadsheetml": harvest_spreadsheetml,
    "shp": harvest_shp,
    "sql": harvest_dump,
    "sqlite": open_database,
    "svg": open_drawing,
    "text": open_text,
    "xml": harvest_xml,
    "zip": open_archive,
}
