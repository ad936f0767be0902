"""Which digits of NIK and KK a copy shows, and the rule over all copies: together they never show the last four.

The last four digits tell one person from another; the twelve before them are place and date. PKPU 11/2018 hid the last
four in what parties received, later practice ten of the sixteen: both stand here, and hiding all.
"""

from collections.abc import Iterable, Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.permissions import Unfit

LENGTH = 16
CORE = frozenset(range(12, LENGTH))  # in every copy hidden, whoever receives it
NUMBERS = ("nik", "kk")


class Mask(TextChoices):
    """How much of a number stays."""

    TEN = "ten", _("Sepuluh digit terakhir disamarkan: hanya kode wilayah yang tampak")
    FOUR = "four", _("Empat digit terakhir disamarkan")


SHOWN = {Mask.TEN: 6, Mask.FOUR: 12}  # digits from the left


def shown_by(mask: str, columns: Iterable[str]) -> dict[str, list[int]]:
    """The places (from 0) of each number that a copy with these columns shows; kept with it for ever."""
    return {number: list(range(SHOWN[Mask(mask)])) if number in columns else [] for number in NUMBERS}


def check_together(new: Mapping[str, list[int]], earlier: Iterable[Mapping[str, list[int]]]) -> None:
    """Raise Unfit where this copy, alone or beside any of the earlier ones, shows a digit of the last four."""
    every = [new, *earlier]
    for number in NUMBERS:
        if CORE & {place for one in every for place in one.get(number, [])}:
            raise Unfit(
                "unmasks",
                _("Bersama salinan yang pernah diserahkan, salinan ini akan membuka digit inti NIK atau nomor KK."),
                _("Pilih samaran yang lebih ketat, atau jangan sertakan kolom nomornya."),
            )
