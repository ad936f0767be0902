"""How the counter says no: a status of HTTP, a stable code, a plain sentence that carries nothing of an envelope."""

import errno
import sqlite3
from typing import Any


class Refusal(Exception):
    """What cannot be taken, or not now. `more` stands beside code and sentence in the JSON answer (an offset).

    The text of the exception is its code alone, so that a log holds nothing else.
    """

    def __init__(self, status: int, code: str, sentence: str, **more: Any) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.sentence = sentence
        self.more = more


def unknown() -> Refusal:
    """The same for what never was, for what was swept, and for a verifier that does not fit."""
    return Refusal(404, "unknown", "Permohonan ini tidak kami temukan. Periksa kembali kode atau tautannya.")


def full() -> Refusal:
    """The disk has no room left, or too little for anybody else beside us."""
    return Refusal(
        507,
        "full",
        "Tempat penyimpanan loket sedang penuh. Yang sudah sampai tetap tersimpan; coba lagi beberapa jam lagi.",
    )


def elsewhere(offset: int) -> Refusal:
    """The piece does not go on where the envelope stands; `offset` (bytes) says where."""
    return Refusal(409, "other-offset", "Bagian ini bukan kelanjutannya.", offset=offset)


def of_the_disk(problem: OSError | sqlite3.Error) -> Refusal:
    """What the disk or the counter's own database says, in kind words: full, or at the moment not to be used."""
    no_room = isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    if no_room or getattr(problem, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return full()
    return Refusal(
        503, "not-now", "Loket sedang tidak dapat menyimpan. Yang sudah sampai tetap tersimpan; coba lagi nanti."
    )
