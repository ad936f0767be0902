"""Whether a submission is ready to be open data, point by point.

The four points are those of the open definition (opendefinition.org 2.1: available, reusable, licensed, for everyone);
the metadata those of Satu Data Indonesia (Perpres 39/2019 art. 6).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.portal.catalogue.vocabulary import Classification
from lumbung.portal.intake.models import Submission

TABLES = frozenset(
    ["csv", "tsv", "xlsx", "xlsm", "xlsb", "xls", "ods", "json", "parquet", "html", "sqlite", "geojson"]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point: whether it holds, and what it means or what is missing."""

    label: str | Promise
    holds: bool
    note: str | Promise


def checklist(submission: Submission) -> list[Point]:
    """The open definition first, then the metadata."""
    return [*_definition(submission), *_metadata(submission)]


def _definition(submission: Submission) -> Iterator[Point]:
    read_by_machines = (submission.inspection or {}).get("format") in TABLES
    yield Point(
        label=_("Tersedia"),
        holds=bool(submission.title and submission.description),
        note=_("Utuh, dapat dicari dan diunduh: perlu judul dan uraian."),
    )
    yield Point(
        label=_("Dapat dipakai ulang"),
        holds=read_by_machines,
        note=_("Tabel dapat dibaca mesin dan terbit dalam beberapa format. PDF dan gambar hanya dapat dibaca."),
    )
    yield Point(label=_("Berlisensi"), holds=bool(submission.licence), note=_("Izin pakainya tertulis."))
    yield Point(
        label=_("Untuk semua orang"),
        holds=submission.classification == Classification.OPEN and bool(submission.legal_basis),
        note=_("Berklasifikasi terbuka, dengan dasar hukumnya; tanpa pendaftaran dan tanpa biaya."),
    )


def _metadata(submission: Submission) -> Iterator[Point]:
    named = ("period", "source", "unit", "frequency", "theme")
    labels = {field.name: str(field.verbose_name) for field in Submission._meta.fields}
    missing = [labels[name] for name in named if not getattr(submission, name)]
    yield Point(
        label=_("Metadata Satu Data"),
        holds=not missing,
        note=_("Belum terisi: %(fields)s.") % {"fields": ", ".join(missing)} if missing else _("Lengkap."),
    )
