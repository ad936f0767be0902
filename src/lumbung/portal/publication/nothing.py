"""What is said where nothing can be published of a file that may be: what to send instead, by family of formats."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.permissions import Unfit


class Answer(NamedTuple):
    """A sentence, and the next step."""

    sentence: Promise
    next_step: Promise


DOCUMENT = Answer(
    _("Tidak ada tabel yang dapat diterbitkan di dokumen ini, dan dokumennya sendiri tidak diterbitkan."),
    _("Kirim tabelnya sebagai .xlsx atau .csv. Bila tulisannya yang hendak dibaca umum, simpan sebagai PDF."),
)
ARCHIVE = Answer(
    _("Tidak ada tabel atau peta yang dapat diterbitkan di arsip ini, dan arsipnya sendiri tidak diterbitkan."),
    _("Kirim berkas di dalamnya satu per satu: tabel, peta, PDF, atau gambar."),
)
DATABASE = Answer(
    _("Tidak ada tabel dengan isi yang dapat diterbitkan di basis data ini."),
    _("Ekspor tabel yang hendak dibuka sebagai .csv atau .xlsx, lalu kirim itu."),
)
MAP = Answer(
    _("Tidak ada fitur yang dapat diterbitkan di peta ini."),
    _("Simpan lapisan yang tampak sebagai GeoJSON dengan koordinat WGS 84, lalu kirim itu."),
)
OTHER = Answer(
    _("Tidak ada tabel dengan isi yang dapat diterbitkan di berkas ini."),
    _("Kirim tabelnya sebagai .xlsx atau .csv, petanya sebagai GeoJSON, atau dokumennya sebagai PDF."),
)
FAMILIES: Mapping[str, Answer] = {
    **dict.fromkeys(("docx", "doc", "odt", "pptx", "ppt", "odp", "odg", "rtf", "text", "markdown", "eml"), DOCUMENT),
    **dict.fromkeys(("msg", "vcf", "xml", "html", "office-document"), DOCUMENT),
    **dict.fromkeys(("zip", "7z", "rar", "tar", "gz", "xz", "bz2", "zst", "archive"), ARCHIVE),
    **dict.fromkeys(("sqlite", "access", "sql"), DATABASE),
    **dict.fromkeys(("geojson", "kml", "gpx", "shapefile", "dbf", "geopackage"), MAP),
}


def nothing_to_publish(format_: str) -> Unfit:
    """The refusal for a file of this format that holds nothing that may be published."""
    answer = FAMILIES.get(format_, OTHER)
    return Unfit("no-table", answer.sentence, answer.next_step)
