"""Long lists written as running text, so that they can be read and amended like text."""


def listed(text: str, separator: str | None = None) -> tuple[str, ...]:
    """The items between blanks, or between separators with their blanks closed up.

    >>> listed("dusun rw rt"), listed("Nomor KK, NIK", ",")
    (('dusun', 'rw', 'rt'), ('Nomor KK', 'NIK'))
    """
    return tuple(" ".join(item.split()) for item in text.split(separator))
