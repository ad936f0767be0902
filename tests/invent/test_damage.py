"""Damage changes what it says and leaves every column where it stood."""

import pytest

from lumbung.invent import LAYOUTS, invent_households
from lumbung.invent.damage import DAMAGES, NUMBER, Damage

HOUSEHOLDS = invent_households(seed=4, count=10)
EXPORT = next(layout for layout in LAYOUTS if layout.name == "opensid-ekspor")
BY_NAME = {damage.name: damage for damage in DAMAGES}
NIK = 6


def damaged(name: str) -> list[object]:
    part = BY_NAME[name].apply(EXPORT.build(HOUSEHOLDS))[-1]
    return [row[NIK] for row in part.rows[part.head :]]


FIRST = HOUSEHOLDS[0].members[0].nik


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("angka", int(FIRST)),
        ("teks-desimal", f"{FIRST}.0"),
        ("digit-akhir-nol", f"{FIRST[:15]}0"),
        ("e15-pendek", "3.30820E+15"),
        ("apostrof", f"'{FIRST}"),
        ("nbsp-tertulis", f"{FIRST}&nbsp"),
        ("strip", f"{FIRST[:4]}-{FIRST[4:8]}-{FIRST[8:12]}-{FIRST[12:]}"),
        ("bintang-belakang", f"{FIRST[:12]}****"),
        ("14-digit", FIRST[:14]),
        ("17-digit", f"{FIRST}1"),
    ],
)
def test_spellings(name: str, spelt: object) -> None:
    assert damaged(name)[0] == spelt


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_columns_stay_where_they_were(damage: Damage) -> None:
    whole = EXPORT.build(HOUSEHOLDS)[0]
    part = damage.apply((whole,))[-1]
    assert part.rows[-1][4] in {row[4] for row in whole.rows}


def test_lossy_damage_loses() -> None:
    assert not any(NUMBER.search(str(cell)) for cell in damaged("e15-pendek"))
    assert not any(NUMBER.search(str(cell)) for cell in damaged("bintang-depan"))
