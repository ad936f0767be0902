"""Long lists written as running text, so that they can be read and amended like text."""


def listed(text: str, separator: str | None = None) -> tuple[str, ...]:
    """The items between blanks, or between separators with the blanks around them gone.

    >>> listed("dusun rw rt"), listed("Nomor KK, NIK", ",")
    (('dusun', 'rw', 'rt'), ('Nomor KK', 'NIK'))
    """
    return tuple(item.strip() for item in text.split(separator))
