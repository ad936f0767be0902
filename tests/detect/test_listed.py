"""Lists in the paragraphs of a document. What must not fire stands first."""

import pytest

from lumbung.detect import detect
from lumbung.detect.finding import Finding
from lumbung.document import Document, Passage, Place
from tests.detect.people import column, found
from tests.detect.test_person_table import NAMES, VILLAGES

PLACE = Place(part="word/document.xml")
HOMES = [f"Dusun Krajan RT {1 + number % 4:03d} RW 001" for number in range(len(NAMES))]
BIRTHS = [f"{1 + number:02d}-03-19{60 + number}" for number in range(len(NAMES))]
TALE = "Pada hari itu kepala desa membuka musyawarah di balai desa yang dihadiri warga dari semua dusun."
FLOWERS = ["Melati", "Mawar", "Dahlia", "Kenanga", "Anggrek", "Cempaka", "Flamboyan", "Teratai", "Kamboja", "Seruni"]


def searched(lines: list[str], *, swept: bool = False) -> tuple[Finding, ...]:
    """What detection says of one passage of paragraphs."""
    text = "\n".join([TALE, "", *lines, "", TALE])
    passage = Passage(place=PLACE, text=text, swept=swept)
    return detect(Document(sha256="0" * 64, size=1, format="docx", passages=(passage,)))


@pytest.mark.parametrize(
    "lines",
    [
        [f"{number}. {village}" for number, village in enumerate(VILLAGES, start=1)],
        [f"{village} - {1000 + number} jiwa" for number, village in enumerate(VILLAGES)],
        [f"Posyandu {flower} - {village}" for flower, village in zip(FLOWERS, VILLAGES, strict=False)],
        FLOWERS,
        [line for village in VILLAGES for line in (village, "Penduduk 2.310", "Luas 4 km2")],
        [f"{number}. {name}" for number, name in enumerate(NAMES[:3], start=1)],
        [f"{village} 1.204 {1100 + number} 2.304" for number, village in enumerate(VILLAGES)],
        [f"Pada tahun {2010 + number} telah dibangun jalan desa" for number in range(9)],
        [TALE] * 9,
    ],
)
def test_lists_of_other_things(lines: list[str]) -> None:
    assert searched(lines) == ()


@pytest.mark.parametrize(
    "lines",
    [
        [f"{number}. {name}" for number, name in enumerate(NAMES, start=1)],
        [f"• {name}" for name in NAMES],
        NAMES,
        [f"{name} — {home}" for name, home in zip(NAMES, HOMES, strict=True)],
        [f"{name}\t{born}\t{home}" for name, born, home in zip(NAMES, BIRTHS, HOMES, strict=True)],
        [f"{name} {born} {home}" for name, born, home in zip(NAMES, BIRTHS, HOMES, strict=True)],
        [f"{number} {name} {BIRTHS[number]}" for number, name in enumerate(NAMES)],
        [f"{name} {home}" for name, home in zip(NAMES, HOMES, strict=True)],
        [f"{number}. {name}, {BIRTHS[number]}, {HOMES[number]}" for number, name in enumerate(NAMES)],
        [line for name, home in zip(NAMES, HOMES, strict=True) for line in (name, "Umur 51 tahun", home)],
    ],
)
def test_lists_of_people(lines: list[str]) -> None:
    findings = [one for one in searched(lines) if one.kind == "person-table"]
    assert [(one.place, one.hits >= len(NAMES) - 1) for one in findings] == [
        (PLACE.but(row=f"3-{2 + len(lines)}"), True)
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [f'{{nama: "{name}", lahir: "{born}"}},' for name, born in zip(NAMES, BIRTHS, strict=True)],
        ["".join(f'{{"nama":"{name}","alamat":"{home}"}}' for name, home in zip(NAMES, HOMES, strict=True))],
        [f"array('nama' => '{name}', 'lahir' => '{born}')," for name, born in zip(NAMES, BIRTHS, strict=True)],
        NAMES,
    ],
)
def test_lists_in_raw_text(lines: list[str]) -> None:
    assert "person-table" in [one.kind for one in searched(lines, swept=True)]


@pytest.mark.parametrize(
    "lines",
    [
        [f'{{"desa":"{village}","jumlah":"1200"}}' for village in VILLAGES],
        [f"<use id='{number}' class='Wahyu' />" for number in range(20)],
        [f"font{number}='Times New Roman'" for number in range(20)],
    ],
)
def test_other_lists_in_raw_text(lines: list[str]) -> None:
    assert searched(lines, swept=True) == ()


def test_entries_of_a_few_lines_each_in_one_column() -> None:
    lines = [line for name, home in zip(NAMES, HOMES, strict=True) for line in (name, "Umur 51 tahun", home)]
    assert "person-table" in [one.kind for one in found(column(["Daftar penerima", *lines]))]
