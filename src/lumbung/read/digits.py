"""Digits that were taken for letters: a spelled line once more, with what can only have been a number as digits."""

import re
from collections.abc import Iterable, Iterator

LENGTH = 16  # digits of a NIK and of a nomor KK
SURE_DIGITS = 10  # of these so many must have been read as digits
_TAKEN_FOR = {
    "0": "OoQDU",
    "1": "Il|!ij",
    "2": "Zz",
    "3": "E",
    "4": "A",
    "5": "Ss",
    "6": "Gb",
    "7": "T?",
    "8": "B",
    "9": "gq",
}
_AS_DIGITS = str.maketrans({letter: digit for digit, letters in _TAKEN_FOR.items() for letter in letters})
_LIKE_DIGITS = re.compile(f"[0-9{''.join(re.escape(letters) for letters in _TAKEN_FOR.values())}]+")
_BETWEEN = re.compile(r"[.\-_']")
_LABEL = re.compile(r"^\W*([A-Za-z][A-Za-z. ]{1,20}?)\s*(?=[:;=.\s]|[0-9])")


def digit_lines(rows: Iterable[str]) -> Iterator[str]:
    """Numbers of LENGTH that the rows hold when look-alike letters count as digits, behind the row's first word.

    >>> list(digit_lines(["NIK : 33O8I30102909OO1"]))
    ['NIK : 3308130102909001']
    """
    for row in rows:
        label = _LABEL.match(row)
        for number in _numbers(row):
            if number not in row:
                yield f"{label[1]} : {number}" if label else number


def _numbers(row: str) -> Iterator[str]:
    """Runs of neighbouring pieces that make up LENGTH digits together."""
    pieces = [piece for word in _BETWEEN.sub("", row).split() for piece in _LIKE_DIGITS.findall(word)]
    for start in range(len(pieces)):
        run = ""
        for piece in pieces[start:]:
            run += piece
            if len(run) >= LENGTH:
                break
        if len(run) == LENGTH and sum(sign.isdigit() for sign in run) >= SURE_DIGITS:
            yield run.translate(_AS_DIGITS)
