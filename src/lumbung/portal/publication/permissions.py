"""Who may change the shelf. Closing at once is asked in the catalogue, below, for the public page shows its button."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Refused, Unfit
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.intake.models import Submission
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
    sent = Submission.objects.filter(pk__in=list(dataset.releases.values_list("submission", flat=True)))
    if sent.filter(submitted_by=person).exists():
        raise Refused(
            "own-submission",
            _("Ini kiriman Anda sendiri, jadi harus diputuskan oleh orang lain."),
            _("Mintalah walidata lain untuk meninjaunya."),
        )


def check_retyped(dataset: Dataset, title: str) -> None:
    """Raise Unfit unless the title was typed again, letter by letter: removal cannot be undone."""
    if " ".join(title.split()) != " ".join(dataset.title.split()):
        raise Unfit(
            "title-differs",
            _("Judul yang diketik tidak sama dengan judul data ini, jadi belum ada yang dihapus."),
            _("Ketik judulnya persis seperti yang tertulis."),
        )
