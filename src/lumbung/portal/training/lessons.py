"""Three lessons whose steps tick themselves off: each asks the record what this person has done, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Unfit
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.states import State
from lumbung.portal.review.permissions import check_complete
from lumbung.portal.training.practice import CLEAN, FILE_NAMES, HELD, REGISTER

READY = (State.IN_REVIEW, State.APPROVED)
PASSED = Kind.SENT_TO_REVIEW


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next, and whether the record says that it was done."""

    label: str | Promise
    done: bool


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson as one person stands in it. `file_name` is what they practise with."""

    code: str
    title: str | Promise
    about: str | Promise
    file_name: str
    steps: Sequence[Step]
    ending: str | Promise

    @property
    def done(self) -> int:
        """How many steps are ticked off."""
        return sum(step.done for step in self.steps)

    @property
    def is_over(self) -> bool:
        """Whether all of them are."""
        return self.done == len(self.steps)


def lessons(person: Person) -> list[Lesson]:
    """All three, in the order in which they are best taken."""
    return [_first_upload(person), _register(person), _mended(person)]


def _first_upload(person: Person) -> Lesson:
    taken, sent = _taken(person, CLEAN), _sent(person, CLEAN)
    return Lesson(
        CLEAN,
        _("Unggahan pertama"),
        _("Tabel jumlah penduduk per dusun: tidak memuat orang, jadi boleh menuju ke katalog."),
        FILE_NAMES[CLEAN],
        (
            Step(_("Simpan berkas latihannya."), taken.exists()),
            Step(_("Unggah berkas itu apa adanya lewat “Unggah berkas”."), sent.exists()),
            Step(_("Tunggu sampai pemeriksaan selesai: berkas diteruskan ke walidata."), _wrote(sent, PASSED)),
            Step(_("Lengkapi keterangannya sampai daftar periksa penuh."), any(_is_ready(one) for one in sent)),
        ),
        _("Di portal sungguhan, walidata kini meninjau lalu menerbitkannya. Di sini langkah itu berhenti."),
    )


def _register(person: Person) -> Lesson:
    taken, sent = _taken(person, REGISTER), _sent(person, REGISTER)
    return Lesson(
        REGISTER,
        _("Register yang ditahan"),
        _("Register penduduk tidak pernah terbit; yang boleh terbit adalah statistiknya."),
        FILE_NAMES[REGISTER],
        (
            Step(_("Simpan berkas latihannya."), taken.exists()),
            Step(_("Unggah berkas itu apa adanya lewat “Unggah berkas”."), sent.exists()),
            Step(_("Baca mengapa berkasnya ditahan."), _wrote(sent, Kind.HELD)),
            Step(_("Pilih “Buat statistik” lalu kirim."), _wrote(sent, Kind.STATISTICS_ASKED)),
            Step(_("Tunggu sampai statistiknya jadi."), _wrote(sent, Kind.STATISTICS_MADE)),
            Step(_("Register dimusnahkan beserta kuncinya."), sent.filter(state=State.SHREDDED).exists()),
        ),
        _("Tinggal statistiknya, dengan bukti yang dapat diperiksa siapa pun. Registernya sudah tidak ada."),
    )


def _mended(person: Person) -> Lesson:
    taken, sent = _taken(person, HELD), _sent(person, HELD)
    results = _lines(sent, Kind.CORRECTED).values_list("details__result", flat=True)
    mended = Submission.objects.filter(pk__in=[one for one in results if one])
    return Lesson(
        HELD,
        _("Memperbaiki yang ditahan"),
        _("Tabel bantuan yang baik, tetapi ada nama dan NIK ketua di dua kolomnya."),
        FILE_NAMES[HELD],
        (
            Step(_("Simpan berkas latihannya."), taken.exists()),
            Step(_("Unggah berkas itu apa adanya lewat “Unggah berkas”."), sent.exists()),
            Step(_("Baca kolom mana yang membuatnya ditahan."), _wrote(sent, Kind.HELD)),
            Step(_("Pilih “Buang kolom atau baris”, buang kolom orang, lalu kirim."), mended.exists()),
            Step(_("Tabel yang diperbaiki lolos pemeriksaan."), _wrote(mended, PASSED)),
        ),
        _("Begitulah jalannya bila berkas Anda sendiri ditahan: buang orangnya, bukan angkanya."),
    )


def _taken(person: Person, lesson: str) -> QuerySet[Event]:
    """The lines that say that this person took the lesson's file."""
    return Event.objects.filter(kind=Kind.PRACTICE_TAKEN, actor=f"person:{person.pk}", subject=f"lesson:{lesson}")


def _sent(person: Person, lesson: str) -> QuerySet[Submission]:
    """Whatever this person sent that has the very bytes they took."""
    digests = list(_taken(person, lesson).values_list("sha256", flat=True))
    return Submission.objects.filter(submitted_by=person, sha256__in=digests)


def _lines(submissions: QuerySet[Submission], kind: Kind) -> QuerySet[Event]:
    return Event.objects.filter(kind=kind, subject__in=[one.subject.key for one in submissions])


def _wrote(submissions: QuerySet[Submission], kind: Kind) -> bool:
    return _lines(submissions, kind).exists()


def _is_ready(submission: Submission) -> bool:
    try:
        check_complete(submission)
    except Unfit:
        return False
    return submission.state in READY
