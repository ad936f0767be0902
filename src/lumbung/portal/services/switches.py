"""One service, taken in hand: the row under lock, and how the record names it, and words as all may read them."""

from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.permissions import Conflicting
from lumbung.portal.audit.actors import Subject
from lumbung.portal.services.models import Own, Service


def locked(code: str) -> Service:
    """The row, which nobody else changes until this transaction ends; one of the agency's own is made when first
    needed. Raise Conflicting for one that is on the board no more, Service.DoesNotExist for one that never was."""
    if code in Own.values:
        Service.objects.get_or_create(code=code)
    service = Service.objects.select_for_update(of=("self",)).get(code=code)
    if service.retired_at is not None:
        raise Conflicting("service-retired", _("Layanan ini sudah dilepas dari papan saklar."))
    return service


def plain(words: str) -> str:
    """One line without signs that no page and no feed can show (XML 1.0, 2.2), nor any that turn a line round."""
    return " ".join("".join(sign for sign in words if sign.isprintable() or sign.isspace()).split())


def subject_of(service: Service) -> Subject:
    """As the record names it."""
    return Subject(kind="service", id=service.code, label=service.label)
