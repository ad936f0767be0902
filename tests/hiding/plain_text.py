"""Plain text: sentences over several lines, and lists."""

from collections.abc import Callable

from tests.hiding import HidingPlace

LETTER = "Berita acara rapat desa\n\nPada hari ini telah hadir di balai desa seorang warga dari dusun timur,\n{}\n"


def row(where: str, text: Callable[[str], str], **at: object) -> HidingPlace:
    """A row about a text without a delimiter."""
    return HidingPlace(format="txt", where=where, plant=lambda nik: LETTER.format(text(nik)).encode(), at=at)


PLACES = (
    row("a sentence", lambda nik: f"pemegang nomor {nik}, untuk bermusyawarah bersama.", row="3-4"),
    row(
        "a sentence, its number parted by the end of a line",
        lambda nik: f"untuk bermusyawarah bersama, yang membawa kartu {nik[:9]}\n{nik[9:]} dan surat pengantar.",
        row="3-5",
    ),
    row("a list", lambda nik: f"\n- {nik}\n- menyusul\n"),
    row(
        "groups of four with blanks",
        lambda nik: f"pemegang nomor {' '.join(nik[i : i + 4] for i in range(0, 16, 4))}.",
    ),
)
