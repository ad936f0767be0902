"""Where the next page begins: release, place and a digest of the question, as letters that fit an address.

It holds no value of a row. A forged one can name nothing but another place in an open release of the same dataset.
"""

import base64
import binascii
import re
from dataclasses import dataclass

from lumbung.api.data.problems import Problem

SHAPE = re.compile(r"^(\d{1,6})\.(\d{1,12})\.([0-9a-f]{16})$")
LONGEST = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """`first` is the number of the row in the file where nothing is sorted, else in the sorted order; from 0."""

    release: int
    first: int
    digest: str

    def __str__(self) -> str:
        plain = f"{self.release}.{self.first}.{self.digest}"
        return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def read(text: str) -> Cursor:
    """Raise Problem where it is none."""
    try:
        padded = text[:LONGEST] + "=" * (-len(text[:LONGEST]) % 4)
        found = SHAPE.match(base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii"))
    except (binascii.Error, ValueError):
        found = None
    if found is None:
        raise Problem("bad-cursor", parameter="cursor")
    return Cursor(release=int(found[1]), first=int(found[2]), digest=found[3])
