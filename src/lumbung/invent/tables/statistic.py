"""A dataset as an agency hands it in: the table, and what has to be said about it."""

from dataclasses import dataclass

from lumbung.invent.sheet import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """One dataset with its description. Words of licence, frequency, theme and class are those of the catalogue.

    `office` is an agency's short name; `format` the kind of file the agency would send.
    """

    title: str
    description: str
    theme: str
    office: str
    period: str
    source: str
    unit: str
    frequency: str
    sheets: tuple[Sheet, ...]
    format: str = "xlsx"
    licence: str = "CC-BY-4.0"
    classification: str = "terbuka"
    legal_basis: str = "UU 14/2008 tentang Keterbukaan Informasi Publik; Perpres 39/2019 tentang Satu Data Indonesia"

    @property
    def file_name(self) -> str:
        """As the agency names the file: lower case, dashes, its true ending."""
        words = "".join(letter if letter.isalnum() else " " for letter in self.title.lower()).split()
        return f"{'-'.join(words)}.{self.format}"
