"""What stands on an envelope, in clear: eight words of JSON, of which none is about a person.

Whatever else stands there is refused, so that nobody can put a name on the outside.
"""

import json
import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from lumbung.counter.refusals import Refusal
from lumbung.counter.tickets import NUMBER, VERIFIER

LONGEST = 2_048  # bytes of JSON
LARGEST = 32 * 1024 * 1024  # bytes of a sealed envelope
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")
_LONG_NUMBER = re.compile(r"[0-9]{11}")  # a NIK, a KK or a mobile number has no business on the outside


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """`size` in bytes of the sealed body and its `sha256`; `service`, `office` and `key` are codes of lists that the
    portal keeps; `made` is a day without a time."""

    number: str
    service: str
    office: str
    key: str
    verifier: str
    size: int
    sha256: str
    made: date

    def as_json(self) -> str:
        """One line, always the same for the same header."""
        return json.dumps(asdict(self) | {"made": self.made.isoformat()}, sort_keys=True)


def read_header(said: bytes) -> Header:
    """The header. Raise Refusal (400 for nonsense, 413 for an envelope that is too large); never repeats what it read.

    Does not know which services, offices and keys there are: that is the portal's matter when it takes the envelope.
    """
    if len(said) > LONGEST:
        raise _nonsense()
    try:
        words = json.loads(said, object_pairs_hook=_without_twins)
        header = _from(words)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise _nonsense() from None
    if not _is_sound(header):
        raise _nonsense()
    if header.size > LARGEST:
        raise too_large()
    return header


def header_of(kept: str) -> Header:
    """What `as_json` wrote and the counter has kept: it was checked when it came."""
    return _from(json.loads(kept))


def too_large() -> Refusal:
    """With the limit in it."""
    return Refusal(
        413,
        "too-large",
        f"Permohonan beserta lampirannya lebih besar daripada {LARGEST // 2**20} MB. Perkecil fotonya, atau kirim "
        "lebih sedikit lampiran.",
    )


def _from(words: dict[str, Any]) -> Header:
    return Header(**{**words, "made": date.fromisoformat(words["made"])})


def _is_sound(header: Header) -> bool:
    fits = {
        NUMBER: (header.number,),
        VERIFIER: (header.verifier, header.sha256),
        _CODE: (header.service,),
        _NAME: (header.office, header.key),
    }
    worded = all(isinstance(word, str) and shape.fullmatch(word) for shape, words in fits.items() for word in words)
    sized = type(header.size) is int and header.size > 0
    return worded and sized and not any(map(_LONG_NUMBER.search, (header.service, header.office)))


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    words = dict(pairs)
    if len(words) != len(pairs):
        raise ValueError("a word stands there twice")
    return words


def _nonsense() -> Refusal:
    return Refusal(400, "not-an-envelope", "Kiriman ini bukan amplop permohonan, jadi tidak kami simpan.")
