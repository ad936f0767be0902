"""Who asks for copies, who decides, who hands them over, who asks whose copy it was. Each check raises."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.permissions import Conflicting, Refused, Unfit
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.accounts.second_step import has_second_step
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.audit.models import Event
from lumbung.portal.copies.models import Viewing
from lumbung.portal.copies.states import ViewingState
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.permissions import REGISTER_CODES
from lumbung.portal.intake.states import State

MAY_ASK = (Role.PRODUSEN, Role.WALIDATA)
MAY_DECIDE = (Role.PPDP,)
MAY_HAND = (Role.PRODUSEN, Role.WALIDATA, Role.PPDP)
MAY_TRACE = (Role.PPDP, Role.PENELUSUR)
QUESTIONS, HOUR = 30, timedelta(hours=1)


class TooMany(Refused):
    """More than is answered in an hour (429)."""

    status = 429


def check_asks(person: Person, organisation: Organisation) -> None:
    """Raise Refused unless the person produces or keeps the register's data. In a training house nobody does."""
    if settings.TRAINING:
        raise Refused("training", _("Rumah latihan tidak menyerahkan salinan kepada siapa pun."))
    _check(
        person,
        organisation,
        MAY_ASK,
        "may-not-ask-copies",
        _("Meminta salinan dari register ini bukan wewenang Anda."),
    )


def check_decides(person: Person, organisation: Organisation, *others: Person) -> None:
    """Raise Refused unless the person is PPDP there and none of the others: two people decide."""
    _check(person, organisation, MAY_DECIDE, "may-not-decide", _("Permintaan ini diputuskan oleh PPDP."))
    if person.pk in {other.pk for other in others}:
        raise Refused(
            "own-request",
            _("Anda sendiri yang memintanya atau yang akan membacanya, jadi harus diputuskan orang lain."),
            _("Mintalah PPDP lain untuk memutuskannya."),
        )


def check_hands(person: Person, organisation: Organisation) -> None:
    """Raise Refused unless the person may hand over, take back and revoke the copies of this organisation."""
    _check(person, organisation, MAY_HAND, "may-not-hand", _("Menyerahkan salinan ini bukan wewenang Anda."))


def check_traces(person: Person, organisation: Organisation) -> None:
    """Raise Refused unless the person may ask whose copy it was; TooMany after thirty questions in an hour."""
    _check(
        person,
        organisation,
        MAY_TRACE,
        "may-not-trace",
        _("Menanyakan salinan siapa yang beredar bukan wewenang Anda."),
    )
    asked = Event.objects.filter(kind=Kind.COPIES_TRACED, actor=f"person:{person.pk}", at__gt=timezone.now() - HOUR)
    if asked.count() >= QUESTIONS:
        raise TooMany(
            "many-questions", _("Sudah tiga puluh pertanyaan dalam satu jam."), _("Coba lagi satu jam nanti.")
        )


def check_copyable(submission: Submission) -> None:
    """Raise Conflicting where it is not held, Unfit where it is no register that was wholly read."""
    if submission.state != State.HELD:
        raise Conflicting("not-held", _("Berkas ini tidak sedang ditahan, jadi tidak ada yang dapat disalin darinya."))
    inspection: Mapping[str, object] = submission.inspection or {}
    if inspection.get("unread") or not submission.holding_codes() & REGISTER_CODES:
        raise Unfit(
            "no-register",
            _("Salinan hanya dibuat dari register yang terbaca seluruhnya."),
            _("Unggah registernya dalam bentuk tabel, misalnya XLSX atau CSV."),
        )


def check_reads(person: Person, viewing: Viewing) -> None:
    """Raise Refused unless this very person may read now: open, its day not over, a second step set up."""
    if person.pk != viewing.viewer_id:
        raise Refused("not-the-viewer", _("Izin baca ini untuk orang lain."))
    if viewing.state != ViewingState.OPEN or viewing.closes_on < timezone.localdate():
        raise Refused("viewing-closed", _("Ruang baca ini sudah ditutup atau belum dibuka."))
    if not has_second_step(person):
        raise Refused(
            "no-second-step",
            _("Membaca nomor lengkap memerlukan pengaman kedua."),
            _("Pasang kode dari ponsel atau kunci sandi di halaman Akun saya, lalu masuk lagi."),
            address="/meja/akun/",
        )
    if viewing.submission.state != State.HELD:
        raise Conflicting("register-gone", _("Registernya sudah dimusnahkan, jadi tidak ada lagi yang dapat dibaca."))


def _check(person: Person, organisation: Organisation, roles: tuple[Role, ...], code: str, sentence: object) -> None:
    if not organisations_where(person, *roles).filter(pk=organisation.pk).exists():
        raise Refused(code, str(sentence), _("Mintalah kepada yang berwenang di organisasi itu."))
