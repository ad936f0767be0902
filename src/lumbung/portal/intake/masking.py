"""A file's name or a title without long digit runs: what pages and the record may show."""

import re

LONG_RUN = re.compile(r"\d(?:[ .\-_/]?\d){9,}")
IDENTIFIER = re.compile(r"\d(?:[ .\-_/']?\d){13,}")


def masked(name: str) -> str:
    """The name with every run of ten or more digits (also with separators between) replaced by dots, cut to 200."""
    return LONG_RUN.sub("••••••••", name)[:200]


def holds_long_number(text: str) -> bool:
    """Whether fourteen or more digits stand together, as in a NIK or nomor KK."""
    return bool(IDENTIFIER.search(text))
