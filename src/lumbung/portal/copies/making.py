"""From a held register to sealed copies: written in one confined child, signed here, committed in the record first.

The order is the point: the secret of the marks is committed to in the record before any copy exists that could be
seen, so that no mark can be fitted to a recipient afterwards.
"""

import os
import secrets
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as say

from lumbung import confine
from lumbung.portal.audit.actions import record
from lumbung.portal.audit.actors import SYSTEM
from lumbung.portal.audit.keys import trace_key
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.copies import signing, store
from lumbung.portal.copies.asking import locked
from lumbung.portal.copies.masks import SHOWN, Mask
from lumbung.portal.copies.models import Copy, Format, Handout
from lumbung.portal.copies.states import HANDOUT_MOVES, HandoutState, check_move
from lumbung.portal.intake import canaries as watch
from lumbung.portal.intake import vault
from lumbung.portal.intake.inspecting import SILENCE
from lumbung.portal.intake.packaging import folder_for_work
from lumbung.portal.intake.seal import unseal
from lumbung.portal.intake.states import State
from lumbung.trace import marks
from lumbung.trace.index import About, write
from lumbung.tracing import whose

LIMITS = confine.Limits(memory_bytes=3 << 30, cpu_seconds=1800, wall_seconds=1800, written_bytes=256 << 20)
MOST_ATTEMPTS = 3
REMEMBERED = timedelta(days=730)  # after the day of return: a copy may turn up long after it should be gone


class NotMade(Exception):
    """No copies come of it. Carries the code of why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def begin(handout_id: str) -> Handout | None:
    """Take one up; nothing where it is done or in other hands. The third silent death ends it."""
    with transaction.atomic():
        current = locked(Handout(pk=handout_id))
        fresh = current.attempts and current.heartbeat > timezone.now() - SILENCE
        if current.state != HandoutState.MAKING or fresh:
            return None
        if current.attempts >= MOST_ATTEMPTS:
            _fail(current, "interrupted")
            return None
        current.attempts += 1
        current.heartbeat = timezone.now()
        current.save(update_fields=["attempts", "heartbeat"])
    return current


def work(handout: Handout) -> None:
    """Make all copies or none. Raise Tampered or KeyFileMissing where the register cannot be unsealed."""
    try:
        if handout.submission.state != State.HELD:
            raise NotMade("register-gone")
        with vault.open_plain(handout.submission) as plain, folder_for_work() as folder:
            wish = _wish(handout)
            answer = _written(plain, folder, wish)
            _keep(handout, folder, wish, answer)
    except NotMade as not_made:
        give_up(handout, code=not_made.code)


def give_up(handout: Handout, *, code: str) -> None:
    """Write down that nothing came of it, unless this attempt has been overtaken."""
    with transaction.atomic():
        current = locked(handout)
        if current.state == HandoutState.MAKING and current.attempts == handout.attempts:
            _fail(current, code)


def mine(handout: Handout) -> Any:
    """The row, as long as this attempt has not been overtaken: for signs of life."""
    return Handout.objects.filter(pk=handout.pk, attempts=handout.attempts, state=HandoutState.MAKING)


def _wish(handout: Handout) -> dict[str, Any]:
    copies = list(handout.copies.order_by("number"))
    return {
        "secret": secrets.token_hex(32),
        "trace_key": trace_key().hex(),
        "keys": [os.urandom(32).hex() for _ in copies],
        "ids": [copy.pk.hex for copy in copies],
        "recipients": [copy.institution for copy in copies],
        "sentence": say("Salinan terbatas: dapat dilacak, tidak boleh diteruskan."),
        "columns": handout.columns,
        "shown": SHOWN[Mask(handout.mask)],
        "fifth": handout.fifth,
        "canaries": handout.canaries,
        "form": handout.format,
        "at": timezone.localdate().isoformat(),
    }


def _written(plain: Any, folder: Path, wish: dict[str, Any]) -> dict[str, Any]:
    arguments = {"folder": str(folder.resolve()), "wish": wish}
    try:
        target = "lumbung.portal.copies.writing:write"
        answer: dict[str, Any] = confine.call(target, file=plain, arguments=arguments, limits=LIMITS, folder=folder)
    except confine.Ended as ended:
        raise NotMade({"time": "time", "memory": "memory"}.get(ended.why, "crash")) from None
    if answer["code"]:
        raise NotMade(str(answer["code"])[:40])
    return answer


def _keep(handout: Handout, folder: Path, wish: dict[str, Any], answer: dict[str, Any]) -> None:
    """Commit to the secret, sign, seal and remember: all of it or nothing."""
    content = _secret(folder, wish)
    kept: list[Path] = []
    try:
        with transaction.atomic():
            current = locked(handout)
            if current.state != HandoutState.MAKING or current.attempts != handout.attempts:
                return
            committed = {"commitment": whose.commitment(content), "signature_key": signing.public_digest()}
            line = record(Kind.COPIES_COMMITTED, by=SYSTEM, subject=current.subject, **committed)
            until = current.return_by + REMEMBERED
            for copy in current.copies.order_by("number"):
                kept += _one(copy, current, folder, wish, until=until)
            check_move(HANDOUT_MOVES, HandoutState(current.state), HandoutState.READY)
            current.state, current.state_since = HandoutState.READY, timezone.now()
            current.rows, current.marked = int(answer["rows"]), int(answer["marked"])
            current.commitment, current.line, current.secret_until = committed["commitment"], line.sequence, until
            current.sealed_secret = store.sealed_secret(content, bound_to=current.pk.bytes)
            current.save()
            record(Kind.COPIES_MADE, by=SYSTEM, subject=current.subject, rows=current.rows, marked=current.marked,
                   copies=len(wish["recipients"]))  # fmt: skip
    except BaseException:
        for path in kept:
            path.unlink(missing_ok=True)
        raise


def _secret(folder: Path, wish: dict[str, Any]) -> bytes:
    """The content of `rahasia.json`, for `lumbung trace accuse` as for the desk."""
    known = np.frombuffer((folder / "keys").read_bytes(), dtype="<u8")
    units = np.frombuffer((folder / "units").read_bytes(), dtype="<i8")
    handed = whose.Handed(
        secret=bytes.fromhex(wish["secret"]), recipients=tuple(wish["recipients"]), known=known, units=units
    )
    return whose.written(handed)


def _one(copy: Copy, handout: Handout, folder: Path, wish: dict[str, Any], *, until: date) -> list[Path]:
    """Seal one copy under a key of this house and write its fingerprints; gives what was written."""
    plain = _plain(folder, wish, copy)
    if handout.format == Format.PDF:
        plain = signing.signed(plain)
    copy.mark = marks.codes(bytes.fromhex(wish["secret"]), copy.number + 1)[copy.number]
    copy.size, copy.sha256 = len(plain), whose.commitment(plain)
    store.keep(copy, plain)
    copy.index_until = until
    copy.save()
    path, key = store.index_of(copy), trace_key()
    path.unlink(missing_ok=True)  # left by an attempt that was killed here
    made = timezone.localdate().isoformat()
    about = About(source=f"salinan {copy.institution}"[:120], version=f"{made} {copy.mark}", made=made,
                  until=until.isoformat(), rows=len(_numbers(folder / "prints")))  # fmt: skip
    guests = _numbers(folder / f"{copy.number}.canaries")
    write(path, {"name-birth": np.concatenate([_numbers(folder / "prints"), guests])}, about=about, key=key)
    kept = [store.folder() / copy.storage_key, path]
    if handout.canaries:
        kept.append(watch.remember(str(copy.pk), guests, about=about, key=key))
    return kept


def _plain(folder: Path, wish: dict[str, Any], copy: Copy) -> bytes:
    with (folder / f"{copy.number}.sealed").open("rb") as sealed:
        key = bytes.fromhex(wish["keys"][copy.number])
        return b"".join(unseal(sealed, key=key, bound_to=copy.pk.bytes))


def _numbers(path: Path) -> Any:
    content = b""
    with suppress(FileNotFoundError):  # a handout without invented residents
        content = path.read_bytes()
    return np.frombuffer(content, dtype="<u8")


def _fail(handout: Handout, code: str) -> None:
    """Write down why nothing came of it. Call it locked."""
    check_move(HANDOUT_MOVES, HandoutState(handout.state), HandoutState.FAILED)
    handout.state, handout.state_since, handout.code = HandoutState.FAILED, timezone.now(), code
    handout.save()
    record(Kind.COPIES_FAILED, by=SYSTEM, subject=handout.subject, code=code)
