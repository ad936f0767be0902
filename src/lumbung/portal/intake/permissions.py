"""Who may do what at the door. Each check raises; none answers."""

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from lumbung import gate
from lumbung.portal.accounts.models import Organisation, OrganisationKind, Person
from lumbung.portal.accounts.permissions import Conflicting, Refused, Unfit
from lumbung.portal.accounts.queries import holds, organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.intake.states import UNDER_WAY, State

if TYPE_CHECKING:
    from lumbung.portal.intake.models import Submission

EDITABLE = (State.RECEIVED, State.INSPECTING, State.HELD, State.IN_REVIEW)
REGISTER_CODES = frozenset(
    {"nik", "nomor-kk", "person-table", "re-identifiable"}
)  # any of them: there are persons in it
KODE = re.compile(r"\d{2}\.\d{2}\.\d{2}\.\d{4}")
UNMENDABLE = frozenset({"", "pdf", "png", "jpeg", "gif", "bmp", "tiff", "webp"})  # no table to leave anything out of
SHREDDABLE = (State.HELD, State.REJECTED, State.RECEIVED, State.IN_REVIEW, State.APPROVED)


def check_produces_for(person: Person, organisation: Organisation) -> None:
    """Raise Refused unless the person produces data for the organisation."""
    if not holds(person, Role.PRODUSEN, organisation):
        raise Refused(
            "not-producer-here",
            _("Akun Anda tidak terdaftar sebagai produsen data organisasi ini."),
            _("Mintalah admin memberi Anda peran produsen data di organisasi tersebut."),
        )


def check_produces(person: Person) -> None:
    """Raise Refused unless the person produces data somewhere: others have nothing to do at the upload page."""
    if not organisations_where(person, Role.PRODUSEN).exists():
        raise Refused(
            "not-producer",
            _("Mengunggah berkas adalah tugas produsen data; akun Anda bertugas yang lain."),
            _("Bila Anda memang perlu mengunggah, mintalah admin memberi Anda peran produsen data."),
        )


def check_describable(submission: "Submission") -> None:
    """Raise Conflicting once the file is decided."""
    if submission.state not in EDITABLE:
        raise Conflicting("decided", _("Berkas ini sudah diputuskan, jadi keterangannya tidak dapat diubah lagi."))


def check_columns_describable(submission: "Submission") -> None:
    """Raise Conflicting unless the file is through the gate and not yet decided: only then are its columns certain."""
    if submission.state != State.IN_REVIEW or not submission.storage_key:
        raise Conflicting(
            "columns-not-certain",
            _("Keterangan kolom diisi sesudah berkas lolos pemeriksaan dan sebelum diputuskan."),
        )


def check_shreddable(submission: "Submission") -> None:
    """Raise Conflicting while a worker reads the file, and once it stands on the shelf."""
    if submission.state not in SHREDDABLE:
        raise Conflicting(
            "not-shreddable",
            _("Berkas pada tahap ini tidak dapat dimusnahkan dari sini."),
            _("Data yang sudah terbit dihapus oleh walidata dari halaman datanya."),
        )


def appealable_codes() -> set[str]:
    """The codes of the rules that a PPDP may release."""
    return {rule.code for rule in gate.rules() if rule.appeal == "ppdp"}


def check_releasable(submission: "Submission") -> None:
    """Raise where the file is not held, or is held by a rule that nobody may release (NIK, KK, not wholly read)."""
    if submission.state != State.HELD:
        raise Conflicting("not-held", _("Berkas ini tidak sedang ditahan."))
    unread = (submission.inspection or {}).get("unread", [])
    codes = submission.holding_codes()
    if unread or not codes or codes - appealable_codes():
        raise Unfit(
            "no-appeal",
            _("Berkas ini ditahan karena temuan yang tidak dapat dilepas oleh siapa pun, juga tidak oleh PPDP."),
            _("Kirim berkas yang sudah diperbaiki; keterangannya tidak perlu diketik ulang."),
        )


def check_correctable(submission: "Submission") -> None:
    """Raise where a held table cannot be mended here: not held, not wholly read, or judged by earlier rules."""
    if submission.state != State.HELD:
        raise Conflicting("not-held", _("Berkas ini tidak sedang ditahan."))
    inspection = submission.inspection or {}
    if not inspection or inspection.get("unread") or inspection.get("format") in UNMENDABLE:
        raise Unfit(
            "not-mendable",
            _("Berkas ini tidak dapat diperbaiki di sini: tidak terbaca seluruhnya, atau bukan tabel."),
            _("Perbaiki di aplikasi asalnya, simpan, lalu kirim lagi."),
        )
    if submission.rules_version != gate.rules_version():
        raise Conflicting(
            "rules-changed",
            _("Aturan pemeriksaan berubah sejak berkas ini diperiksa."),
            _("Kirim berkasnya sekali lagi supaya diperiksa dengan aturan yang sekarang."),
        )


def check_countable(submission: "Submission") -> None:
    """Raise where statistics cannot be asked for: not held, or no persons were found in it, or already under way."""
    if submission.state != State.HELD:
        raise Conflicting("not-held", _("Berkas ini tidak sedang ditahan."))
    if not (submission.holding_codes() & REGISTER_CODES):
        raise Unfit(
            "no-register",
            _("Di berkas ini tidak ditemukan daftar warga, jadi tidak ada yang dapat dihitung."),
            _("Kirim register penduduk desa, misalnya hasil unduhan dari OpenSID."),
        )
    if submission.countings.filter(state__in=UNDER_WAY).exists():
        raise Conflicting("counting-under-way", _("Statistik dari berkas ini sedang dibuat."))


def check_counts_village(person: Person, submission: "Submission", village: Organisation) -> None:
    """Raise Refused unless the person produces data for the register's organisation and for this very village, which
    must be that organisation or lie below it; Unfit where the village has no kode wilayah."""
    check_produces_for(person, submission.organisation)
    check_produces_for(person, village)
    below = village.pk == submission.organisation_id or village.is_descendant_of(submission.organisation)
    if village.kind != OrganisationKind.VILLAGE or not below:
        raise Refused("not-its-village", _("Register ini bukan dari desa itu."))
    if not KODE.fullmatch(village.kode):
        raise Unfit(
            "no-kode",
            _("Kode wilayah desa ini belum lengkap di portal, jadi statistiknya belum dapat dibuat."),
            _("Mintalah admin mengisinya, misalnya 33.08.20.2002."),
        )
