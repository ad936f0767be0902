"""Does a message hold what must not be sent here? The gate's detectors say so; a plain count of digits says it too.

The gate looks at the text as it was written and once more with what people write for digits (O for 0, full-width
digits, separators in between) turned into digits. Beside it stands a rule that needs no knowledge of numbers: fourteen
digits in a row, whatever lies between them, are no telephone number. Doubt is not yes: what is too long, or what the
gate could not finish, counts as holding.
"""

import io
import re
import unicodedata

from lumbung import gate
from lumbung.counter.tickets import read_ticket

LONGEST = 16_384  # letters; WhatsApp's own limit is 4,096, letters are longer
MOST_DIGITS = 13  # a telephone number of Indonesia has at most so many
HARMLESS = frozenset({"phone", "email"})  # who writes is known by them anyway
LETTERS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "S": "5", "B": "8", "Z": "2"})
ALMOST_DIGITS = re.compile(r"[0-9OoIlSBZ](?:[\W_]{0,3}[0-9OoIlSBZ]){11,}")
BETWEEN = re.compile(r"[\W_]+")
TICKET = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{5}[\s-]?[0-9A-Za-z]{5}[\s-]?[0-9A-Za-z](?![0-9A-Za-z])")


def holds_identity(text: str) -> bool:
    """Whether the text holds a number or words by which somebody is known. Takes at most as long as the gate may."""
    if len(text) > LONGEST:
        return True
    plain = _plain(text)
    runs = [BETWEEN.sub("", run.translate(LETTERS)) for run in ALMOST_DIGITS.findall(plain) if _mostly_digits(run)]
    if any(len(run) > MOST_DIGITS for run in runs):
        return True
    looked_at = "\n".join([plain, *runs])
    if not looked_at.strip():
        return False
    found = gate.inspect(io.BytesIO(looked_at.encode()), name="pesan.txt")
    codes = {reason.code for reason in found.reasons}
    return bool(codes - HARMLESS) or (found.verdict != gate.Verdict.OPEN and not codes)


def ticket_in(text: str) -> str | None:
    """The first ticket code of a text; None where none passes its check letter."""
    found = (read_ticket(one) for one in TICKET.findall(text[:LONGEST]))
    return next((ticket for ticket in found if ticket), None)


def _plain(text: str) -> str:
    """Full-width and other digits as 0 to 9, letters without marks of width; nothing invisible between them."""
    folded = unicodedata.normalize("NFKC", text)
    visible = (letter for letter in folded if unicodedata.category(letter) not in ("Cf", "Mn"))
    return (
        "".join(
            str(unicodedata.digit(letter)) if letter.isdigit() and not letter.isascii() else letter
            for letter in visible
        )
        .encode(errors="replace")
        .decode()
    )


def _mostly_digits(run: str) -> bool:
    """At least five true digits: `SIBOSILOBISBIS` is a word."""
    return sum(letter.isdigit() for letter in run) >= 5
