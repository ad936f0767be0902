"""Who moves the switches. Every role counts only where it is held for a whole regency."""

from collections.abc import Mapping
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role


class Act(Enum):
    """What somebody may do here."""

    MOVE = "move"
    REOPEN = "reopen"
    SIGN = "sign"
    REGISTER = "register"


MAY: Mapping[Act, tuple[Role, ...]] = {
    # Close, degrade, tell, undo one's own slip, and open what was closed without any danger.
    Act.MOVE: (Role.PETUGAS_PIKET, Role.WALIDATA, Role.PPDP, Role.ADMIN),
    # Open what was closed because of a danger, once two others or oneself and another have signed.
    Act.REOPEN: (Role.WALIDATA, Role.PPDP, Role.ADMIN),
    Act.SIGN: (Role.WALIDATA, Role.PPDP, Role.ADMIN),
    # Put an outside service on the board, have its health asked, take it off.
    Act.REGISTER: (Role.WALIDATA, Role.ADMIN),
}
REFUSALS: Mapping[Act, str | Promise] = {
    Act.MOVE: _("Saklar layanan dipegang petugas piket, walidata, PPDP, dan admin tingkat kabupaten."),
    Act.REOPEN: _("Yang ditutup karena bahaya dibuka kembali oleh walidata, PPDP, atau admin tingkat kabupaten."),
    Act.SIGN: _("Daftar periksa ditandatangani walidata, PPDP, atau admin tingkat kabupaten."),
    Act.REGISTER: _("Layanan didaftarkan oleh walidata atau admin tingkat kabupaten."),
}


def check(act: Act, person: Person) -> None:
    """Raise Refused unless the person holds one of the roles of this act for a whole regency."""
    if not organisations_where(person, *MAY[act]).filter(depth=1).exists():
        raise Refused(f"may-not-{act.value}", REFUSALS[act], _("Sampaikan kepada mereka."))
