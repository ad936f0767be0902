"""The written reason that every decision needs. It goes into the record for good, so it must name nobody."""

from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.permissions import Unfit
from lumbung.portal.intake.masking import holds_long_number

LONGEST = 1000


def checked(because: str) -> str:
    """The reason without blanks around it. Raise Unfit where it is missing, too long or holds a long number."""
    plain = " ".join(because.split())
    if not plain:
        raise Unfit("no-reason", _("Alasannya belum ditulis."), _("Tulis satu kalimat: mengapa begitu?"))
    if len(plain) > LONGEST:
        raise Unfit("long-reason", _("Alasannya terlalu panjang."), _("Cukup beberapa kalimat (1.000 huruf)."))
    if holds_long_number(plain):
        raise Unfit(
            "number-in-reason",
            _("Alasan ini memuat deretan angka sepanjang NIK."),
            _("Catatan tidak dapat dihapus, jadi sebutkan tempatnya (lembar, kolom, baris), bukan nomornya."),
        )
    return plain
