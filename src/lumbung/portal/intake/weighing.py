"""The uji konsekuensi (UU 14/2008 art. 19, 2(4)): what is weighed before somebody refuses to publish, or lets pass.

Art. 17 names the kinds of information that may be exempt; art. 19 asks that the consequences be weighed with care
first, and art. 20 that an exemption is not for ever. Peraturan Komisi Informasi 1/2017 calls the record a test.
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.permissions import Unfit
from lumbung.portal.catalogue.vocabulary import Ground
from lumbung.portal.intake import reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What somebody weighed: what happens if it is opened, what if it stays closed, and until when it stays so."""

    ground: Ground
    if_opened: str = ""
    if_closed: str = ""
    until: date | None = None


def checked(weighed: Weighed | None) -> Weighed:
    """Of a refusal. Raise Unfit where nothing was weighed, or an exemption lacks a side or a date to come, or names a
    number."""
    if weighed is None:
        raise Unfit(
            "not-weighed",
            _("Menolak berkas memerlukan uji konsekuensi."),
            _("Pilih dasarnya; untuk informasi yang dikecualikan tulis juga kedua akibatnya dan sampai kapan."),
        )
    if weighed.ground == Ground.QUALITY:
        return Weighed(ground=weighed.ground)
    if not (weighed.if_opened.strip() and weighed.if_closed.strip() and weighed.until):
        raise Unfit(
            "half-weighed",
            _("Uji konsekuensi ini belum lengkap."),
            _("Tulis akibat bila dibuka, akibat bila ditutup, dan sampai kapan ditutup."),
        )
    if weighed.until <= timezone.localdate():
        raise Unfit("past-exemption", _("Tanggal berakhirnya pengecualian sudah lewat."))
    return Weighed(
        ground=weighed.ground,
        if_opened=reasons.checked(weighed.if_opened),
        if_closed=reasons.checked(weighed.if_closed),
        until=weighed.until,
    )


def checked_to_open(weighed: Weighed) -> Weighed:
    """Of an answer that lets a held file pass: both sides weighed for a kind of art. 17, and no date, for nothing
    stays closed. Raise Unfit where a side is missing, or names a number."""
    if weighed.ground == Ground.QUALITY:
        return Weighed(ground=weighed.ground)
    if not (weighed.if_opened.strip() and weighed.if_closed.strip()):
        raise Unfit(
            "half-weighed",
            _("Uji konsekuensi ini belum lengkap."),
            _("Tulis akibat bila dibuka dan akibat bila ditutup."),
        )
    opened, closed = reasons.checked(weighed.if_opened), reasons.checked(weighed.if_closed)
    return Weighed(ground=weighed.ground, if_opened=opened, if_closed=closed)
