"""Who may change the shelf. Closing at once is asked in the catalogue, below, for the public page shows its button."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.permissions import Conflicting, Refused, Unfit
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.catalogue.models import Closing, Dataset, Release
from lumbung.portal.catalogue.permissions import MAY_CLOSE, is_on_duty_for_all
from lumbung.portal.catalogue.queries import closing_over, whole_portal
from lumbung.portal.catalogue.states import DatasetState
from lumbung.portal.intake.models import Submission
from lumbung.portal.publication.queries import UNDO_WITHIN, closed_by
from lumbung.portal.review.permissions import check_other_hands, check_reviews

KEEPERS = (Role.WALIDATA, Role.PPDP)


def check_publishes(person: Person, submission: Submission) -> None:
    """Raise Refused unless the person is walidata there and did not send the file themselves; in training always."""
    if settings.TRAINING:
        raise Refused(
            "training",
            _("Di rumah latihan tidak ada yang terbit, siapa pun yang meminta."),
            _("Di portal sungguhan, inilah saat datanya terbit. Pelajarannya selesai di sini."),
        )
    check_reviews(person, submission)
    check_other_hands(person, submission)


def check_keeps(person: Person, dataset: Dataset) -> None:
    """Withdraw, restore, remove. Raise Refused unless the person is walidata or PPDP for the organisation."""
    if not organisations_where(person, *KEEPERS).filter(pk=dataset.organisation_id).exists():
        raise Refused(
            "may-not-keep",
            _("Langkah ini hanya untuk walidata dan PPDP organisasi tersebut."),
            _("Petugas piket dapat menutup data; membukanya kembali diputuskan oleh walidata atau PPDP."),
        )


def check_reopens(person: Person, dataset: Dataset) -> None:
    """Restore. Raise Refused unless the person may keep it, and for who sent in any of it: two people look at
    whatever becomes public, the second time as well."""
    check_keeps(person, dataset)
    if _sent_any_of(person, dataset):
        raise Refused(
            "own-submission",
            _("Ini kiriman Anda sendiri, jadi harus diputuskan oleh orang lain."),
            _("Mintalah walidata lain untuk meninjaunya."),
        )


def check_open_to_publish(organisation: Organisation) -> None:
    """Raise Conflicting where nothing may be published now: the portal is shut, or the organisation closed."""
    if whole_portal() or closing_over(organisation):
        raise Conflicting(
            "shut",
            _("Portal atau organisasi ini sedang ditutup, jadi belum ada yang dapat diterbitkan."),
            _("Berkasnya tetap tersimpan dan disetujui. Terbitkan setelah dibuka kembali."),
        )


def check_shuts_organisation(person: Person, organisation: Organisation) -> None:
    """Raise Refused unless the person is on duty for the organisation or for one above it."""
    if not organisations_where(person, *MAY_CLOSE).filter(pk=organisation.pk).exists():
        raise Refused(
            "may-not-shut",
            _("Menutup organisasi ini bukan wewenang Anda."),
            _("Hubungi petugas piket, walidata, atau PPDP organisasi itu atau induknya."),
        )


def check_shuts_portal(person: Person) -> None:
    """Raise Refused unless the person is on duty for a whole regency."""
    if not is_on_duty_for_all(person):
        raise Refused(
            "may-not-shut-portal",
            _("Menutup seluruh portal hanya untuk petugas piket, walidata, PPDP, dan admin tingkat kabupaten."),
            _("Satu data atau satu organisasi dapat Anda tutup sendiri."),
        )


def check_ends_closing(person: Person, closing: Closing) -> None:
    """Raise Refused unless the person is walidata or PPDP for what was closed (for the portal: of a whole regency), or
    closed it themselves a moment ago."""
    kept = organisations_where(person, *KEEPERS)
    mine = kept.filter(pk=closing.organisation_id) if closing.organisation_id else kept.filter(depth=1)
    slip = closing.by_id == person.pk and closing.since > timezone.now() - UNDO_WITHIN
    if not slip and not mine.exists():
        raise Refused(
            "may-not-open",
            _("Membuka kembali diputuskan oleh walidata atau PPDP."),
            _("Sampaikan kepada mereka bila semuanya sudah beres."),
        )


def check_undoes(person: Person, dataset: Dataset) -> None:
    """Undo. Raise Refused unless the person quarantined it themselves a moment ago: a slip of the finger, not a
    decision. Who sent any of it in does not undo even that."""
    mine = closed_by(dataset) == f"person:{person.pk}" and dataset.state_since > timezone.now() - UNDO_WITHIN
    if dataset.state != DatasetState.QUARANTINED or not mine or _sent_any_of(person, dataset):
        raise Refused(
            "may-not-undo",
            _("Hanya yang menutupnya dapat mengurungkannya, dalam sepuluh menit."),
            _("Setelah itu, membuka kembali diputuskan oleh walidata atau PPDP."),
        )


def _sent_any_of(person: Person, dataset: Dataset) -> bool:
    releases = Release.every.filter(dataset=dataset).values_list("submission", flat=True)
    return Submission.objects.filter(pk__in=list(releases), submitted_by=person).exists()


def check_watches(person: Person) -> None:
    """Raise Refused unless the person is on duty for a whole regency: what is looked at again is everybody's."""
    if not is_on_duty_for_all(person):
        raise Refused(
            "may-not-watch",
            _("Pemeriksaan ulang dijaga oleh petugas piket, walidata, PPDP, dan admin tingkat kabupaten."),
            _("Mintalah mereka bila sebuah data perlu diperiksa lagi."),
        )


def check_calls_out(person: Person) -> None:
    """Raise Refused unless the person is an admin of a whole regency: the portal will call what they register."""
    if not organisations_where(person, Role.ADMIN).filter(depth=1).exists():
        raise Refused(
            "may-not-call-out",
            _("Alamat pemberitahuan didaftarkan oleh admin tingkat kabupaten."),
            _("Mintalah mereka mendaftarkannya."),
        )


def check_retyped(dataset: Dataset, title: str) -> None:
    """Raise Unfit unless the title was typed again, letter by letter: removal cannot be undone."""
    if " ".join(title.split()) != " ".join(dataset.title.split()):
        raise Unfit(
            "title-differs",
            _("Judul yang diketik tidak sama dengan judul data ini, jadi belum ada yang dihapus."),
            _("Ketik judulnya persis seperti yang tertulis."),
        )
