"""Outside services on the board: by name and address; their health is asked only where somebody says so."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting, Unfit
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.intake.masking import holds_long_number
from lumbung.portal.publication.calling import NotCalled, check_address
from lumbung.portal.services import permissions
from lumbung.portal.services.models import Own, Service
from lumbung.portal.services.permissions import Act
from lumbung.portal.services.switches import locked, plain, subject_of

MOST = 40  # outside services on the board: a status page that nobody can overlook is none


def register(*, person: Person, by: Actor, name: str, address: str, channel: str = "", look_at: str = "") -> Service:
    """Put an outside service on the board, open. `look_at` is the address whose health is asked; blank: nobody asks.

    Raise Unfit for an address that may not be asked, or words with a long number; Conflicting where it stands already.
    """
    permissions.check(Act.REGISTER, person)
    name, channel = plain(name)[:120], plain(channel)[:200]
    code = slugify(name)[:40].strip("-")
    if not code or holds_long_number(name + " " + channel + " " + address):
        raise Unfit(
            "service-name",
            _("Nama layanan itu tidak dapat dipakai."),
            _("Pakai kata-kata biasa, tanpa nomor panjang."),
        )
    _check_look(look_at)
    if Service.objects.filter(retired_at=None).exclude(name="").count() >= MOST:
        raise Unfit("board-full", _("Papan saklar sudah penuh."), _("Lepas dahulu layanan yang tidak dipakai lagi."))
    told = {"name": name, "address": address, "channel": channel, "look_at": look_at}
    with transaction.atomic():
        service = _new(code, told)
        record(Kind.SERVICE_REGISTERED, by=by, subject=subject_of(service), watched=bool(look_at))
    return service


def watch(code: str, *, person: Person, by: Actor, look_at: str) -> None:
    """Ask this address for the service's health from now on; blank: nobody asks any more."""
    permissions.check(Act.REGISTER, person)
    _check_look(look_at)
    with transaction.atomic():
        service = locked(code)
        service.look_at, service.seen, service.seen_at, service.bad = look_at, "", None, 0
        service.save()
        record(Kind.SERVICE_REGISTERED, by=by, subject=subject_of(service), watched=bool(look_at))


def retire(code: str, *, person: Person, by: Actor) -> None:
    """Take an outside service off the board; its history stays. It comes back by being registered again.

    Raise Conflicting for one of the agency's own, and for one that stands closed because of a danger.
    """
    permissions.check(Act.REGISTER, person)
    with transaction.atomic():
        service = locked(code)
        if code in Own.values or service.round is not None:
            raise Conflicting("service-stays", _("Layanan ini tidak dapat dilepas dari papan saklar sekarang."))
        service.retired_at = timezone.now()
        service.save()
        record(Kind.SERVICE_RETIRED, by=by, subject=subject_of(service))


def _new(code: str, told: dict[str, str]) -> Service:
    """The row: new, or the one that was taken off the board under this name."""
    taken = Conflicting("service-known", _("Layanan dengan nama itu sudah ada di papan saklar."))
    if code in Own.values:
        raise taken
    old = Service.objects.select_for_update(of=("self",)).filter(code=code).first()
    if old is None:
        try:
            with transaction.atomic():
                return Service.objects.create(code=code, **told)
        except IntegrityError:
            raise taken from None
    if old.retired_at is None:
        raise taken
    for field, text in told.items():
        setattr(old, field, text)
    old.retired_at, old.seen, old.seen_at, old.bad = None, "", None, 0
    old.save()
    return old


def _check_look(address: str) -> None:
    if not address:
        return
    try:
        check_address(address)
    except NotCalled:
        raise Unfit(
            "look-address",
            _("Alamat itu tidak dapat dipantau."),
            _("Pakai alamat https yang terbuka untuk umum, atau daftarkan di panggilan.toml."),
        ) from None
