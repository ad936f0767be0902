"""What must hold before a service that was closed because of a danger serves again: four points, two people.

Each of the two signs all four, for the round that began with the closing; one hand signs once. A reopening that is
undone begins a new round, so that old signatures open nothing.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting, Refused, Unfit
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.intake.masking import holds_long_number
from lumbung.portal.services import permissions
from lumbung.portal.services.models import Move, Service, Signature
from lumbung.portal.services.switches import locked, plain, subject_of

POINTS: dict[str, str | Promise] = {
    "passwords": _("Kata sandi dan kunci yang terkait sudah diganti"),
    "finding": _("Temuan yang menjadi alasan penutupan sudah diselesaikan"),
    "log": _("Catatan perbuatan sudah dicocokkan dengan catatan server"),
    "test": _("Layanan sudah dicoba dan berjalan seperti seharusnya"),
}
HANDS = 2


def sign(
    code: str, *, person: Person, by: Actor, points: set[str], words: str = "", seen: int | None = None
) -> Signature:
    """Sign all four points. Raise Unfit where one is missing, Conflicting where nothing waits, one has
    signed, or another round has begun since the one that the person saw (`seen`, the number of its first move)."""
    permissions.check(permissions.Act.SIGN, person)
    if points != set(POINTS):
        raise Unfit(
            "points-missing",
            _("Belum semua butir dinyatakan beres, jadi belum ditandatangani."),
            _("Centang keempatnya bila memang sudah beres; bila belum, biarkan layanan tertutup."),
        )
    words = plain(words)[:500]
    if holds_long_number(words):
        raise Unfit("number-in-words", _("Keterangan ini memuat deretan angka sepanjang NIK."))
    with transaction.atomic():
        service = locked(code)
        begun = service.round
        if begun is None or seen not in (None, begun.pk):
            raise Conflicting(
                "nothing-to-sign",
                _("Tidak ada daftar periksa yang menunggu untuk layanan ini."),
                _("Muat ulang halaman untuk melihat keadaannya sekarang."),
            )
        signature = _signed(begun, person, words)
        about = {"round": begun.pk, "hands": begun.signatures.count()}
        record(Kind.SERVICE_SIGNED, by=by, subject=subject_of(service), because=words, **about)
        return signature


def _signed(begun: Move, person: Person, words: str) -> Signature:
    try:
        with transaction.atomic():
            return Signature.objects.create(round=begun, person=person, at=timezone.now(), words=words)
    except IntegrityError:
        raise Conflicting(
            "signed-already",
            _("Anda sudah menandatangani daftar ini."),
            _("Tanda tangan kedua harus dari orang lain."),
        ) from None


def check_signed(service: Service) -> None:
    """Raise Refused where the service was closed because of a danger and two people have not signed yet."""
    if service.round is not None and service.round.signatures.values("person").distinct().count() < HANDS:
        raise Refused(
            "not-signed",
            _("Layanan ini ditutup karena bahaya, dan daftar periksanya belum ditandatangani dua orang."),
            _("Dua orang yang berbeda memeriksa keempat butirnya dan menandatanganinya di meja saklar."),
        )
