"""What is computed from an envelope's random numbers: the ticket that a person writes down, and the verifier.

Numbers and secrets are 128 random bits as 32 lower-case hexadecimal letters, and are hashed as that text (ASCII), with
the purpose in front. A ticket is the first fifty bits of SHA-256 in Crockford's base 32 (crockford.com/base32.html)
and a check letter: the value of the ten letters' polynomial at the generator of GF(32), modulus x^5 + x^2 + 1, so that
one wrong letter, or any two exchanged, never pass.
"""

import hashlib
import re

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER = re.compile(r"[0-9a-f]{32}")
VERIFIER = re.compile(r"[0-9a-f]{64}")
_ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0"})
_LENGTH = 10  # letters before the check letter
_MODULUS = 0b100101


def ticket_of(number: str) -> str:
    """`XXXXX-XXXXX-C` of an envelope's number. Tells nothing of the number. Raise ValueError for anything else.

    >>> ticket_of("000102030405060708090a0b0c0d0e0f")
    'NS2KR-2EHZ7-N'
    """
    if not NUMBER.fullmatch(number):
        raise ValueError("not a number of an envelope")
    bits = int.from_bytes(hashlib.sha256(b"lumbung-ticket" + number.encode()).digest()[:7], "big") >> 6
    letters = "".join(LETTERS[(bits >> shift) & 31] for shift in range(45, -5, -5))
    return f"{letters[:5]}-{letters[5:]}-{_check(letters)}"


def verifier_of(secret: str) -> str:
    """What the applicant's browser sends instead of the secret: 64 hexadecimal letters. Raise ValueError."""
    if not NUMBER.fullmatch(secret):
        raise ValueError("not a secret of an envelope")
    return hashlib.sha256(b"lumbung-secret" + secret.encode()).hexdigest()


def read_ticket(typed: str) -> str | None:
    """The ticket as it is written, from what a person typed (small letters, spaces, I for 1); None where it is none.

    >>> read_ticket("ns2kr2ehz7n")
    'NS2KR-2EHZ7-N'
    """
    letters = re.sub(r"[\s-]", "", typed).upper().translate(_ALIKE)
    if len(letters) != _LENGTH + 1 or not set(letters) <= set(LETTERS) or _check(letters[:-1]) != letters[-1]:
        return None
    return f"{letters[:5]}-{letters[5:-1]}-{letters[-1]}"


def _check(letters: str) -> str:
    value = 0
    for letter in letters:
        value = _times_generator(value ^ LETTERS.index(letter))
    return LETTERS[value]


def _times_generator(value: int) -> int:
    doubled = value << 1
    return doubled ^ _MODULUS if doubled > 31 else doubled
