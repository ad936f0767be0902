"""Regions that invented numbers begin with. A NIK keeps the kecamatan of first registration through every move.

The codes are those of the Ministry of Home Affairs (Kepmendagri 300.2.2-2430/2025), because a check against a region
table can be tried with nothing else; the serials (see `nik`) keep the numbers from being anybody's.
"""

from lumbung.invent.listed import listed

HOMES = ("330820", "321503", "351007", "120722", "731106", "530301", "610701", "940105", "330515", "170111")
ELSEWHERE = listed(
    """120701 120707 120728 321509 321515 321521 321527 330503 330509 330521 351001 351013 351019 351025 510306
    110703 111604 120813 140104 160317 180909 320110 320131 331512 332211 337402 350406 352508 530819 640306 710522
    740608 810126 910504 950725"""
)
# Timor Timur, Kalimantan Utara while it was part of Kalimantan Timur, Jakarta before SIAK, Maluku Utara as Maluku
RETIRED = ("540101", "540305", "640701", "640601", "641001", "090101", "640501", "821101")
