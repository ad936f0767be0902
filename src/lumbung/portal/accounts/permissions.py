"""The family of refusals, and the two questions of this room: who may manage people, and is anybody signed in."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Organisation, Person
from lumbung.portal.accounts.queries import holds, organisations_where
from lumbung.portal.accounts.roles import OPENS_FILES, Role


class Refused(Exception):
    """A kind "no": a stable code, a sentence for the officer, and what to do next. One middleware shows it.

    `status` is the HTTP answer. The text of the exception is its code alone, so that a log holds nothing else.
    `address` may lead on to the page where the matter continues.
    """

    status = 403

    def __init__(
        self, code: str, sentence: str | Promise, next_step: str | Promise = "", *, address: str = ""
    ) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.next_step = next_step
        self.address = address


class Conflicting(Refused):
    """Somebody or something was there first (409)."""

    status = 409


class Gone(Refused):
    """It was here and is no more (410)."""

    status = 410


class TooLarge(Refused):
    """More than the site takes (413)."""

    status = 413


class Unfit(Refused):
    """It arrived whole but cannot be taken as it is (422)."""

    status = 422


class OutOfRoom(Refused):
    """The site itself cannot at this moment; nothing was kept (507)."""

    status = 507


def may(check: Callable[..., Any], *args: Any) -> bool:
    """Ask a check without being refused: for templates and menus."""
    try:
        check(*args)
    except (Refused, Http404):
        return False
    return True


def person_of(request: HttpRequest) -> Person:
    """The signed-in person; views behind `login_required` always have one. Raise Refused otherwise."""
    if isinstance(request.user, Person):
        return request.user
    raise Refused("not-signed-in", _("Halaman ini untuk yang sudah masuk."), _("Silakan masuk dahulu."))


def check_manages_people(person: Person) -> None:
    """Raise Refused unless the person is an admin somewhere."""
    if not organisations_where(person, Role.ADMIN).exists():
        raise Refused(
            "not-admin",
            _("Halaman ini hanya untuk admin."),
            _("Mintalah admin organisasi Anda bila perlu menambah orang atau peran."),
        )


def check_manages_wholly(admin: Person, person: Person) -> None:
    """Raise Refused unless the admin manages every organisation in which the person holds a role or waits for one.

    Otherwise the admin of one village could close, or come in as, somebody who works for the whole regency, or who
    will once a second admin confirms it.
    """
    mine = organisations_where(admin, Role.ADMIN)
    waiting = person.proposals.filter(answer="waiting")
    if any(held.exclude(organisation__in=mine).exists() for held in (person.memberships.all(), waiting)):
        raise Refused(
            "also-elsewhere",
            _("Orang ini juga bertugas di organisasi yang tidak Anda kelola."),
            _("Mintalah admin organisasi induk untuk melakukannya."),
        )


def check_manages_organisation(person: Person, organisation: Organisation) -> None:
    """Raise Refused unless the person is an admin of this organisation or of one above it."""
    if not holds(person, Role.ADMIN, organisation):
        raise Refused(
            "not-admin-here",
            _("Anda bukan admin organisasi ini."),
            _("Mintalah admin organisasi tersebut untuk melakukannya."),
        )


def check_may_give(admin: Person, person: Person, role: Role) -> None:
    """Raise Refused for a role of one's own, and where one person would both manage people and open files, or both
    produce data and ask the fingerprints."""
    if admin.pk == person.pk:
        raise Refused(
            "own-role",
            _("Peran untuk diri sendiri tidak dapat Anda berikan."),
            _("Mintalah admin lain untuk melakukannya."),
        )
    held = set(person.memberships.values_list("role", flat=True))
    held |= set(person.proposals.filter(answer="waiting").exclude(role="").values_list("role", flat=True))
    opens, manages = role in OPENS_FILES, role == Role.ADMIN
    if (opens and Role.ADMIN in held - {role}) or (manages and held.intersection(OPENS_FILES)):
        raise Refused(
            "admin-opens-nothing",
            _("Admin tidak membuka berkas, jadi satu orang tidak memegang peran admin bersama peran itu."),
            _("Berikan salah satunya kepada orang lain, atau cabut dahulu peran yang lama."),
        )
    if {Role.PRODUSEN, Role.PENELUSUR} <= held | {role}:
        raise Refused(
            "producer-asks-nothing",
            _("Produsen data tidak memegang peran penelusur: sidik data bukan alat untuk memeriksa NIK."),
            _("Berikan peran itu kepada orang lain, misalnya di Dinas Kominfo kabupaten."),
        )
