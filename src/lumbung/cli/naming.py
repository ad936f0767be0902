"""How a path is shown to people: a file may be called after somebody's number, and a terminal is photographed."""

import re

_NUMBER = re.compile(r"\d(?:[\s.,'_-]{0,2}\d){10,}")  # longer than a date, a time stamp by minutes or a kode wilayah


def shown(path: str) -> str:
    """The path without a number that is long enough to be somebody's, and without signs that steer a terminal or are
    no text. Not an address any more: programs get the path itself."""
    masked = _NUMBER.sub(lambda digits: re.sub(r"\d", "•", digits.group()), path)
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in masked)
