"""From the desk into the recipient's hands and back: links, receipts, files, statements, revocation.

A link alone opens nothing, nor does the code: they go different ways. Whoever takes the file acknowledges it first.
"""

import hashlib
import hmac
import io
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO, cast

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lumbung import gate
from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting, Gone, Refused, Unfit
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import SYSTEM, Actor
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.copies import store
from lumbung.portal.copies.models import Copy
from lumbung.portal.copies.permissions import check_hands
from lumbung.portal.copies.states import COPY_MOVES, ENDED, CopyState, HandoutState, check_move
from lumbung.portal.incidents import age
from lumbung.portal.incidents.telling import ALPHABET, digest_of, new_code
from lumbung.portal.intake import reasons
from lumbung.portal.intake.seal import Tampered

VALID_FOR = timedelta(days=7)
FETCHES, MOST_WRONG = 1, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A file for the recipient alone: sealed to their key, or a ZIP that opens with the code."""

    name: str
    content: bytes


def offer(copy: Copy, *, person: Person, by: Actor) -> tuple[str, str]:
    """A new link's token and its code, both shown once and never again; an earlier link leads nowhere from now on.

    Also for who took it once and lost it on the way, as long as the file is here. Raise Conflicting where it is not.
    """
    check_hands(person, copy.handout.organisation)
    if settings.TRAINING:
        raise Refused("training", _("Rumah latihan tidak menyerahkan salinan kepada siapa pun."))
    token, code = secrets.token_urlsafe(32), new_code()
    with transaction.atomic():
        current = locked(copy)
        _check_here(current)
        if current.state == CopyState.MADE:
            _move(current, CopyState.OFFERED)
        elif current.state not in (CopyState.OFFERED, CopyState.RECEIVED):
            check_move(COPY_MOVES, CopyState(current.state), CopyState.OFFERED)
        current.link_digest, current.code_digest = _digest(token), digest_of(code)
        current.link_until, current.wrong_codes = timezone.now() + VALID_FOR, 0
        current.fetches_left = FETCHES
        current.save()
        record(Kind.COPY_OFFERED, by=by, subject=current.subject, until=current.link_until.isoformat())
    return token, code


def on_paper(copy: Copy, *, person: Person, by: Actor, received_by: str, paper: str) -> None:
    """A signed receipt on paper: who signed it and its number. The file is then taken at the desk with the code."""
    check_hands(person, copy.handout.organisation)
    with transaction.atomic():
        current = locked(copy)
        _check_here(current)
        if current.state != CopyState.OFFERED:
            raise Conflicting("no-code-yet", _("Buat dahulu tautan dan kodenya; kodenya juga membuka berkas."))
        _receive(current, received_by=received_by, by=by, paper=reasons.checked(paper)[:120])


def open_link(token: str) -> Copy:
    """The copy behind a link. Raise Gone for one that never was, is over, replaced, revoked, or guessed at."""
    found = Copy.objects.select_related("handout__organisation").filter(link_digest=_digest(token)).first()
    if not token or found is None or not _is_open(found, now=timezone.now()):
        raise _gone()
    return found


def receive(token: str, *, code: str, received_by: str, by: Actor) -> Fetched:
    """The recipient acknowledges and takes the file, once. Raise Gone (link over), Refused (wrong code), Unfit (no
    name). The fifth wrong code closes the link.
    """
    copy = _with_code(token, code, by=by)
    with transaction.atomic():
        current = locked(copy)
        replaced = current.link_digest != _digest(token)
        if replaced or not _is_open(current, now=timezone.now()) or not current.fetches_left:
            raise _gone()
        if current.state == CopyState.OFFERED:
            _receive(current, received_by=received_by, by=by)
        return _fetch(current, code=code, by=by)


def take(copy: Copy, *, person: Person, by: Actor, code: str) -> Fetched:
    """At the desk, after a receipt on paper: the same file, once. Raise Refused for a wrong code."""
    check_hands(person, copy.handout.organisation)
    with transaction.atomic():
        current = locked(copy)
        if current.state != CopyState.RECEIVED or not current.fetches_left:
            raise Conflicting("nothing-to-take", _("Catat dahulu tanda terimanya, atau buat tautan dan kode baru."))
        if not _fits(current, code):
            raise _wrong()
        return _fetch(current, code=code, by=by)


def end_by_link(token: str, *, code: str, words: str, by: Actor) -> None:
    """The recipient states that the copy is destroyed. Raise Gone or Refused like `receive`."""
    copy = _with_code(token, code, by=by)
    with transaction.atomic():
        _end(locked(copy), to=CopyState.DESTROYED, words=words, by=by)


def end(copy: Copy, *, to: CopyState, words: str, person: Person, by: Actor) -> None:
    """The officer records that it came back, or a statement that it was destroyed."""
    check_hands(person, copy.handout.organisation)
    if to not in ENDED:
        raise Unfit("not-an-end", _("Pilih: dikembalikan, atau dimusnahkan."))
    with transaction.atomic():
        _end(locked(copy), to=to, words=words, by=by)


def revoke(copy: Copy, *, because: str, person: Person, by: Actor) -> None:
    """Take it back: the link leads nowhere, our file is destroyed. What the recipient has, they must destroy."""
    check_hands(person, copy.handout.organisation)
    because = reasons.checked(because)
    with transaction.atomic():
        current = locked(copy)
        _move(current, CopyState.REVOKED)
        _close(current)
        _shred(current)
        record(Kind.COPY_REVOKED, by=by, subject=current.subject, because=because)


def shred(copy: Copy) -> bool:
    """Destroy our own file of it; what was handed out is as it is. Whether there was anything to destroy."""
    with transaction.atomic():
        current = locked(copy)
        if not current.storage_key:
            return False
        _shred(current)
        record(Kind.COPY_SHREDDED, by=SYSTEM, subject=current.subject)
    return True


def locked(copy: Copy) -> Copy:
    """The row as it stands now, held until the transaction ends."""
    related = ("handout__organisation",)
    return Copy.objects.select_for_update(of=("self",)).select_related(*related).get(pk=copy.pk)


def _with_code(token: str, code: str, *, by: Actor) -> Copy:
    """Counts a wrong code in a transaction of its own, so that it stays counted."""
    with transaction.atomic():
        current = locked(open_link(token))
        right = current.wrong_codes < MOST_WRONG and _fits(current, code)
        if not right:
            current.wrong_codes += 1
            current.save(update_fields=["wrong_codes"])
            record(Kind.COPY_CODE_WRONG, by=by, subject=current.subject, times=current.wrong_codes)
    if not right:
        raise _wrong()
    return current


def _receive(copy: Copy, *, received_by: str, by: Actor, paper: str = "") -> None:
    received_by = gate.scrub(" ".join(received_by.split()), longest=200)
    if not received_by:
        raise Unfit("no-name", _("Nama dan jabatan penerima perlu diisi."))
    _move(copy, CopyState.RECEIVED)
    copy.received_by, copy.received_at, copy.paper = received_by, timezone.now(), paper
    copy.save()
    handout = copy.handout
    record(Kind.COPY_ACKNOWLEDGED, by=by, subject=copy.subject, on_paper=bool(paper), commitment=handout.commitment,
           return_by=handout.return_by.isoformat())  # fmt: skip


def _fetch(copy: Copy, *, code: str, by: Actor) -> Fetched:
    try:
        plain = store.plain_of(copy)
    except Tampered:
        raise _not_here() from None
    name = f"salinan-{copy.number + 1:03d}.{copy.handout.format}"
    copy.fetches_left -= 1
    copy.save(update_fields=["fetches_left"])
    record(Kind.COPY_FETCHED, by=by, subject=copy.subject, sealed="age" if copy.age_key else "zip")
    if copy.age_key:
        return Fetched(name=f"{name}.age", content=_to_key(plain, copy.age_key))
    return Fetched(name=f"{name}.zip", content=_to_code(plain, name, code))


def _to_key(plain: bytes, key: str) -> bytes:
    written = io.BytesIO()
    sealing = age.Sealing(cast(BinaryIO, written), recipient=key)
    sealing.write(plain)
    sealing.close()
    return written.getvalue()


def _to_code(plain: bytes, name: str, code: str) -> bytes:
    """A ZIP under AES-256 (WinZip AE-2); it opens with the code in capitals and with its hyphens."""
    import libarchive

    pieces: list[bytes] = []

    def put(piece: bytes) -> int:
        pieces.append(bytes(piece))
        return len(piece)

    letters = "".join(letter for letter in code.upper() if letter in ALPHABET)
    phrase = "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))
    with libarchive.custom_writer(put, "zip", options="encryption=aes256", passphrase=phrase) as archive:
        archive.add_file_from_memory(name, len(plain), plain)
    return b"".join(pieces)


def _end(copy: Copy, *, to: CopyState, words: str, by: Actor) -> None:
    _move(copy, to)
    copy.ended_words = reasons.checked(words)[:500]
    _close(copy)
    _shred(copy)
    record(Kind.COPY_ENDED, by=by, subject=copy.subject, because=copy.ended_words, how=to.value)


def _move(copy: Copy, to: CopyState) -> None:
    check_move(COPY_MOVES, CopyState(copy.state), to)
    copy.state, copy.state_since = to, timezone.now()


def _close(copy: Copy) -> None:
    copy.link_digest = copy.code_digest = ""
    copy.link_until, copy.fetches_left = None, 0


def _shred(copy: Copy) -> None:
    """The key first, then the ciphertext; saves the copy."""
    storage_key, copy.storage_key, copy.wrapped_key = copy.storage_key, "", b""
    copy.fetches_left = 0
    copy.save()
    transaction.on_commit(lambda: store.destroy(storage_key))


def _is_open(copy: Copy, *, now: datetime) -> bool:
    alive = copy.link_until is not None and copy.link_until > now and copy.wrong_codes < MOST_WRONG
    return alive and copy.state in (CopyState.OFFERED, CopyState.RECEIVED)


def _fits(copy: Copy, code: str) -> bool:
    return bool(copy.code_digest) and hmac.compare_digest(digest_of(code), copy.code_digest)


def _check_here(copy: Copy) -> None:
    if copy.handout.state != HandoutState.READY or not copy.storage_key:
        raise _not_here()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _gone() -> Gone:
    return Gone(
        "no-link",
        _("Tautan ini tidak berlaku lagi."),
        _("Tautan berlaku tujuh hari dan berkasnya diambil sekali. Mintalah yang baru kepada instansi pemberinya."),
    )


def _wrong() -> Refused:
    return Refused(
        "wrong-code",
        _("Kodenya belum cocok."),
        _("Kode diberikan lewat jalan lain, misalnya telepon. Setelah lima kali keliru tautan ini ditutup."),
    )


def _not_here() -> Conflicting:
    return Conflicting(
        "copy-not-here",
        _("Berkas salinan ini belum siap atau sudah dimusnahkan di sini."),
        _("Bila penerima masih memerlukannya, buat permintaan baru."),
    )
