"""A file that comes in pieces over a bad line: each piece sealed as it arrives, the whole taken in when it is there.

The protocol is that of tus (tus.io) in small: say how much there is to come, then send from the offset that the server
names. Bounded in pieces, bytes and time; what nobody finishes is swept with its key.
"""

import os
import shutil
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting, TooLarge, Unfit
from lumbung.portal.audit.keys import master_key
from lumbung.portal.intake.models import Arrival
from lumbung.portal.intake.permissions import check_produces
from lumbung.portal.intake.seal import Tampered, unwrap, wrap
from lumbung.portal.intake.uploads import MOST_FILES, too_large, too_many, translated
from lumbung.portal.intake.vault import Sealed, seal_bytes

PIECE = 256 * 1024  # bytes: ten seconds on a bad line
KEPT = timedelta(hours=24)  # after the last piece
LONGEST_NAME = 255


class AtAnotherPlace(Conflicting):
    """The piece does not fit where the file stands; `offset` says where it goes on."""

    def __init__(self, offset: int) -> None:
        super().__init__("other-offset", _("Bagian ini bukan kelanjutannya."))
        self.offset = offset


@transaction.atomic
def begin(person: Person, *, name: str, size: int) -> Arrival:
    """Make room for a file. Raise Refused for who is no producer, TooLarge and Unfit; nothing is kept then."""
    check_produces(person)
    Person.objects.select_for_update().get(pk=person.pk)  # else many at once would each find room for itself
    _check_room(person, size)
    number, key, now = uuid.uuid4(), os.urandom(32), timezone.now()
    return Arrival.objects.create(
        id=number,
        person=person,
        size=size,
        wrapped_key=wrap(key, key=master_key(), bound_to=number.bytes),
        sealed_name=wrap(name[-LONGEST_NAME:].encode(errors="replace"), key=key, bound_to=number.bytes),
        begun_at=now,
        changed_at=now,
    )


def offset_of(arrival: Arrival) -> int:
    """How many bytes are here, from the first on without a gap."""
    here, index = _folder(arrival.pk), 0
    while (here / f"{index:06}").exists():
        index += 1
    return min(index * PIECE, arrival.size)


def put(arrival: Arrival, *, offset: int, content: bytes) -> int:
    """Take the next piece; gives the new offset. The same piece may come twice. Raise AtAnotherPlace, Unfit,
    or OutOfRoom where the disk is full; nothing of the piece is left then."""
    here = offset_of(arrival)
    if offset != here:
        raise AtAnotherPlace(here)
    if len(content) != min(PIECE, arrival.size - offset) or not content:
        raise Unfit("piece-of-other-size", _("Bagian berkas ini tidak utuh."))
    folder, index = _folder(arrival.pk), offset // PIECE
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    passing = folder / f"{uuid.uuid4()}.part"
    try:
        passing.write_bytes(wrap(content, key=_key(arrival), bound_to=_bound_to(arrival, index)))
        passing.rename(folder / f"{index:06}")
    except OSError as problem:
        passing.unlink(missing_ok=True)
        raise translated(problem) from None
    Arrival.objects.filter(pk=arrival.pk).update(changed_at=timezone.now())
    return offset + len(content)


def whole(arrival: Arrival) -> Sealed:
    """The file, sealed anew under a key of its own; the caller keeps or discards it, and forgets the arrival.

    Raise Conflicting where a part is still missing or is not what was stored, OutOfRoom where the disk is full.
    """
    if offset_of(arrival) < arrival.size:
        raise Conflicting(
            "not-all-here",
            _("Berkas ini belum sampai seluruhnya."),
            _("Buka halaman unggah dan pilih berkas yang sama; pengiriman diteruskan dari yang sudah sampai."),
            address="/meja/kiriman/baru",
        )
    try:
        return seal_bytes(_pieces(arrival), name=name_of(arrival))
    except (Tampered, FileNotFoundError):
        raise Conflicting("damaged", _("Berkas yang tersimpan tidak dapat dibuka lagi.")) from None
    except OSError as problem:
        raise translated(problem) from None


def name_of(arrival: Arrival) -> str:
    """The uploader's own name for the file. Not for a log."""
    return unwrap(bytes(arrival.sealed_name), key=_key(arrival), bound_to=arrival.pk.bytes).decode()


def forget(arrival: Arrival) -> None:
    """Destroy key and pieces."""
    folder = _folder(arrival.pk)
    arrival.delete()
    shutil.rmtree(folder, ignore_errors=True)


def arrivals_of(person: Person, numbers: list[str]) -> list[Arrival]:
    """Those of these that are the person's own, in the order in which they were named; nonsense is passed over."""
    known = {str(one.pk): one for one in Arrival.objects.filter(person=person)}
    return [known[number] for number in dict.fromkeys(numbers) if number in known][:MOST_FILES]


def sweep(before_hours: timedelta = KEPT) -> int:
    """Forget what has not grown for so long, and pieces of which no row knows. Gives how many."""
    left = list(Arrival.objects.filter(changed_at__lt=timezone.now() - before_hours))
    for arrival in left:
        forget(arrival)
    folders = list(_root().iterdir()) if _root().exists() else []  # before the rows: what begins now has both
    known = {str(pk) for pk in Arrival.objects.values_list("pk", flat=True)}
    strays = [one for one in folders if one.name not in known]
    for folder in strays:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left) + len(strays)


def _check_room(person: Person, size: int) -> None:
    if size > settings.UPLOAD_LIMIT:
        raise too_large(settings.UPLOAD_LIMIT)
    if size < 1:
        raise Unfit(
            "empty-file",
            _("Berkas ini kosong, belum ada isinya."),
            _("Buka berkasnya, pastikan isinya tersimpan, lalu unggah lagi."),
        )
    open_ones = Arrival.objects.filter(person=person)
    if open_ones.count() >= MOST_FILES:
        raise too_many()
    if (open_ones.aggregate(all=Sum("size"))["all"] or 0) + size > 2 * settings.UPLOAD_LIMIT:
        raise TooLarge(
            "too-much-open",
            _("Masih ada kiriman Anda yang belum selesai, dan tempatnya sudah penuh."),
            _("Selesaikan dahulu kiriman itu, atau coba lagi besok."),
        )


def _pieces(arrival: Arrival) -> Iterator[bytes]:
    key = _key(arrival)
    for index in range((arrival.size + PIECE - 1) // PIECE):
        sealed = (_folder(arrival.pk) / f"{index:06}").read_bytes()
        yield unwrap(sealed, key=key, bound_to=_bound_to(arrival, index))


def _bound_to(arrival: Arrival, index: int) -> bytes:
    """So that no piece stands in for another, nor for one of another file."""
    return arrival.pk.bytes + index.to_bytes(4, "big")


def _key(arrival: Arrival) -> bytes:
    return unwrap(bytes(arrival.wrapped_key), key=master_key(), bound_to=arrival.pk.bytes)


def _folder(number: uuid.UUID) -> Path:
    return _root() / str(number)


def _root() -> Path:
    return Path(settings.STORED) / "arriving"
