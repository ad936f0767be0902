"""An envelope becomes a request: checked against what stands on it, kept sealed, counted from its acknowledgement.

The counter (`lumbung.counter`) hands each over; twice handed over is once done. Nothing here can look inside: that the
body begins like a file of age is all that is seen of it.
"""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.counter.headers import Header
from lumbung.counter.tickets import ticket_of
from lumbung.portal.accounts.permissions import Conflicting, Unfit
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import SYSTEM
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.requests import store, working_hours
from lumbung.portal.requests.listing import services_of
from lumbung.portal.requests.models import Office, OfficeKey, Request, Step

AGE = b"age-encryption.org/v1\n"
PIECE = 1024 * 1024  # bytes
UNANSWERED_FOR = timedelta(days=90)  # a request nobody answers is not kept for ever either


def take(header: Header, body: BinaryIO, *, at: datetime | None = None) -> None:
    """Keep one envelope. `at`: when the applicant was told that it has arrived; now, where it is not said.

    Does nothing the second time. Raise Unfit where it is for no office, service or key known here, or is not what its
    header says, and Conflicting where another request has this number: then nothing is kept. A service that was taken
    off the list since, and a key that was retired, are taken all the same, for the applicant was told so.
    """
    if _is_here(header):
        return
    office = _office_of(header)
    passing, wrapped_key = _written(header, body)
    try:
        _added(header, office, passing, wrapped_key, at or timezone.now())
    except IntegrityError:
        if not _is_here(header):
            raise
    finally:
        passing.unlink(missing_ok=True)


def last_day_unanswered(received_at: datetime) -> date:
    """By when what nobody has answered is destroyed all the same."""
    return timezone.localdate(received_at + UNANSWERED_FOR)


@transaction.atomic
def _added(header: Header, office: Office, passing: Path, wrapped_key: bytes, at: datetime) -> None:
    """Row first, then the file's name: who comes second fails at the row and touches no file."""
    hours = services_of(office)[header.service].hours
    request = Request.objects.create(
        number=header.number,
        ticket=ticket_of(header.number),
        verifier=header.verifier,
        office=office,
        service=header.service,
        key=header.key,
        size=header.size,
        sha256=header.sha256,
        received_at=at,
        due_at=working_hours.due(office, since=at, hours=hours),
        destroy_on=last_day_unanswered(at),
        wrapped_key=wrapped_key,
    )
    Step.objects.create(request=request, state=request.state, at=at)
    store.place(passing, number=header.number)
    record(Kind.REQUEST_ARRIVED, by=SYSTEM, subject=request.subject, service=request.service, size=request.size)


def _is_here(header: Header) -> bool:
    known = Request.objects.filter(number=header.number).values_list("sha256", "verifier").first()
    if known and known != (header.sha256, header.verifier):
        raise Conflicting("other-envelope", _("Nomor ini sudah dipakai permohonan lain."))
    return known is not None


def _office_of(header: Header) -> Office:
    office = Office.objects.select_related("organisation").filter(organisation__slug=header.office).first()
    if office is None:
        raise Unfit("unknown-office", _("Kantor yang dituju tidak dikenal di sini."))
    if header.service not in services_of(office):
        raise Unfit("unknown-service", _("Layanan itu tidak ada di daftar."))
    if not OfficeKey.objects.filter(office=office, number=header.key).exists():
        raise Unfit("unknown-key", _("Kiriman ini disegel dengan kunci yang bukan milik kantor itu."))
    return office


def _written(header: Header, body: BinaryIO) -> tuple[Path, bytes]:
    """The file under its passing name and the wrapped key, once the whole body was seen to be what the header says."""
    seen = _Seen(body)
    if not seen.is_sealed:
        raise Unfit("not-sealed", _("Isi kiriman ini tidak disegel, jadi tidak disimpan."))
    passing, wrapped_key = store.write(seen.pieces(), number=header.number)
    if (seen.size, seen.digest.hexdigest()) != (header.size, header.sha256):
        passing.unlink()
        raise Unfit("not-whole", _("Isi kiriman ini tidak sama dengan yang tertera di amplopnya."))
    return passing, wrapped_key


class _Seen:
    """A body, counted and digested while it is read once."""

    def __init__(self, body: BinaryIO) -> None:
        self.size = 0
        self.digest = hashlib.sha256()
        self._body = body
        self._first = body.read(PIECE)

    @property
    def is_sealed(self) -> bool:
        return self._first.startswith(AGE)

    def pieces(self) -> Iterator[bytes]:
        """All of it."""
        piece = self._first
        while piece:
            self.size += len(piece)
            self.digest.update(piece)
            yield piece
            piece = self._body.read(PIECE)
