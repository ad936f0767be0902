"""Spreadsheet letters: A, B, ... Z, AA, AB, ..., in bijective base 26 as every spreadsheet program writes them."""

from functools import lru_cache


@lru_cache(maxsize=32_768)
def letter(index: int) -> str:
    """The column's letter, counting from 0.

    >>> letter(0), letter(25), letter(26), letter(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    name = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def letters(width: int) -> list[str]:
    """The letters of a sheet of `width` columns, from the left."""
    return [letter(index) for index in range(width)]
