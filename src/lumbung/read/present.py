"""A part that is there, as a file's own directory, table or chain of headers tells it: what the books are kept of."""

import struct
from dataclasses import dataclass

# What a walk over damaged headers raises; a file that has come so far seldom does
DAMAGE = (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, struct.error, RecursionError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """A part that is there: its name, its key in the books, its size in bytes, unpacked."""

    name: str
    key: str
    size: int
