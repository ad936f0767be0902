"""The languages in which the commands answer."""

from enum import StrEnum


class Language(StrEnum):
    """As `--lang` takes them."""

    INDONESIAN = "id"
    ENGLISH = "en"
