"""What a visitor tells, made fit to keep: places stay, whatever looks like a number of a person goes."""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass, replace
from ipaddress import ip_address, ip_network

from django.utils.crypto import salted_hmac

from lumbung import gate
from lumbung.portal.incidents.models import Seen

ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # nothing that is misread on paper
LENGTH = 16  # of 30 signs each: 78 bits, which nobody guesses
LONGEST = 600
MOST_DIGITS = 11  # in all the words together; from twelve on they could be somebody's number, cut in pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One report as typed: a kind, places, free words, a contact."""

    seen: Seen
    table: str = ""
    column: str = ""
    row: int | None = None
    words: str = ""
    contact: str = ""


def scrubbed(told: Told) -> Told:
    """The same without e-mail addresses and long runs of digits; without any digit where together they are too many.

    A name is not recognised here, nor a number that is written in words; that is why words are destroyed in time.
    The contact stays as it is, for it is sealed.
    """
    plain = [gate.scrub(_plain(text), longest=LONGEST) for text in (told.table, told.column, told.words)]
    digits = sum(letter.isdigit() for text in (*plain, str(told.row or "")) for letter in text)
    table, column, words = (_without_digits(text) for text in plain) if digits > MOST_DIGITS else plain
    return replace(told, table=table[:120], column=column[:120], words=words)


def new_code() -> str:
    """A code to follow a report by, in four groups: "K7QM-2VXD-9ABC-HJKM"."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, LENGTH, 4))


def digest_of(code: str) -> str:
    """The SHA-256 of a code as anybody may type it: small letters, blanks and hyphens make no difference."""
    letters = "".join(letter for letter in code.upper() if letter in ALPHABET)
    return hashlib.sha256(letters.encode()).hexdigest()


def sender_of(address: str) -> str:
    """A keyed digest of where a report came from, to count by; all of an IPv6 network of 64 bits is one sender."""
    try:
        network = str(ip_network(f"{address}/{64 if ip_address(address).version == 6 else 32}", strict=False))
    except ValueError:
        network = ""
    return salted_hmac("lumbung.incidents.sender", network, algorithm="sha256").hexdigest()


def _plain(text: str) -> str:
    """Digits of every script and shape as 0 to 9, so that none slips by."""
    return "".join(
        str(unicodedata.digit(letter)) if unicodedata.digit(letter, None) is not None else letter
        for letter in unicodedata.normalize("NFKC", text)
        if unicodedata.category(letter) != "Cf"
    )


def _without_digits(text: str) -> str:
    return "".join("•" if letter.isdigit() else letter for letter in text)
