"""Who may decide, and what must be true before anybody may approve."""

from django.utils.translation import gettext as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting, Refused, Unfit
from lumbung.portal.accounts.queries import holds
from lumbung.portal.accounts.roles import Role
from lumbung.portal.catalogue.vocabulary import Classification
from lumbung.portal.intake.column_words import check_clean
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.queries import is_cleared, missing_description
from lumbung.portal.intake.states import State
from lumbung.portal.review.models import Decision


def check_reviews(person: Person, submission: Submission) -> None:
    """Raise Refused unless the person is walidata for the submission's organisation."""
    if not holds(person, Role.WALIDATA, submission.organisation):
        raise Refused(
            "not-walidata-here",
            _("Meninjau berkas ini bukan wewenang Anda."),
            _("Mintalah walidata organisasi tersebut."),
        )


def check_other_hands(person: Person, submission: Submission) -> None:
    """Raise Refused for the producer's own file: two people look at whatever is published."""
    if submission.submitted_by_id == person.pk:
        raise Refused(
            "own-submission",
            _("Ini kiriman Anda sendiri, jadi harus diputuskan oleh orang lain."),
            _("Mintalah walidata lain untuk meninjaunya."),
        )


def check_waiting(submission: Submission) -> None:
    """Raise Conflicting where it no longer waits; says who was first."""
    if submission.state == State.IN_REVIEW:
        return
    last = Decision.objects.filter(submission=submission).select_related("decided_by").first()
    if last and submission.state in (State.APPROVED, State.REJECTED, State.PUBLISHED):
        sentence = _("%(name)s sudah lebih dahulu memutuskan berkas ini.") % {"name": last.decided_by.name}
        raise Conflicting("decided-already", sentence, _("Tidak ada lagi yang perlu Anda lakukan."))
    raise Conflicting("not-waiting", _("Berkas ini tidak sedang menunggu tinjauan."), _("Kembali ke antrean."))


def check_cleared(submission: Submission) -> None:
    """Raise Conflicting where a rule still holds it."""
    if not is_cleared(submission):
        raise Conflicting("still-held", _("Berkas ini masih ditahan oleh pemeriksaan."), _("Kembali ke antrean."))


def check_complete(submission: Submission) -> None:
    """Raise Unfit, naming every field, unless the dataset is fully described and classified as open, and today's gate
    finds nobody in what is said about its columns."""
    missing = missing_description(submission)
    if missing:
        sentence = _("Keterangan berkas ini belum lengkap: %(fields)s.") % {"fields": ", ".join(missing)}
        raise Unfit("incomplete", sentence, _("Kembalikan kepada produsen data agar dilengkapi."))
    if submission.classification != Classification.OPEN:
        raise Unfit(
            "not-open",
            _("Hanya informasi berklasifikasi terbuka yang dapat diterbitkan."),
            _("Tolak berkas ini, atau kembalikan bila klasifikasinya keliru."),
        )
    check_clean(submission)
