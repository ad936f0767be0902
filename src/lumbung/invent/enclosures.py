"""What agencies hand in beside tables: maps of Kabupaten Tirtaloka, and a document.

The regency is on no map. Its coordinates lie in the open Java Sea, where nobody lives.
"""

import json
from dataclasses import dataclass
from random import Random
from typing import Any

from lumbung.invent.regency import District, Regency
from lumbung.invent.tables import Statistic

WEST, NORTH = 108.4, -5.0  # open water
WIDE, TALL = 0.1, 0.08  # degrees of one district
ACROSS = 7

Ring = list[list[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure(Statistic):
    """A dataset that is a file rather than sheets: its bytes are `content`."""

    content: bytes = b""


def invent_enclosures(regency: Regency) -> tuple[Enclosure, ...]:
    """The districts' boundaries, the village offices as points, and a timetable as PDF; the same each time."""
    return (_boundaries(regency), _offices(regency), _timetable(regency))


def _boundaries(regency: Regency) -> Enclosure:
    features = [
        _feature(
            {"kode": district.kode, "kecamatan": district.name, "jumlah_desa": len(district.villages)},
            {"type": "Polygon", "coordinates": [_ring(number)]},
        )
        for number, district in enumerate(regency.districts)
    ]
    return Enclosure(
        title="Batas Wilayah Kecamatan",
        description="Batas indikatif setiap kecamatan, bukan rujukan hukum. Koordinat contoh pada WGS 84.",
        theme="pemerintahan",
        office="DPUPR",
        period="2024",
        source="Peta Rencana Tata Ruang Wilayah",
        unit="kecamatan",
        frequency="insidental",
        sheets=(),
        format="geojson",
        content=_collection(features),
    )


def _offices(regency: Regency) -> Enclosure:
    random = Random(99)  # noqa: S311 - the same seed must give the same map
    features = [
        _feature(
            {"kode": village.kode, "nama": f"Kantor {village.title}", "kecamatan": district.name},
            {"type": "Point", "coordinates": _somewhere(number, random)},
        )
        for number, district in enumerate(regency.districts)
        for village in district.villages
    ]
    return Enclosure(
        title="Titik Kantor Desa dan Kelurahan",
        description="Letak setiap kantor desa dan kelurahan, untuk peta layanan. Koordinat contoh pada WGS 84.",
        theme="pemerintahan",
        office="Dispermades",
        period="2024",
        source="Pendataan sarana pemerintahan desa",
        unit="kantor",
        frequency="tahunan",
        sheets=(),
        format="geojson",
        content=_collection(features),
    )


def _timetable(regency: Regency) -> Enclosure:
    return Enclosure(
        title="Jadwal Layanan Administrasi Keliling",
        description="Hari dan tempat layanan keliling di setiap kecamatan, sebagaimana ditempel di papan pengumuman.",
        theme="kependudukan",
        office="Disdukcapil",
        period="2024",
        source="Pengumuman Dinas Kependudukan dan Pencatatan Sipil",
        unit="kunjungan",
        frequency="tahunan",
        sheets=(),
        format="pdf",
        content=_printed("Jadwal Layanan Administrasi Keliling 2024", [_visit(*one) for one in _numbered(regency)]),
    )


def _numbered(regency: Regency) -> list[tuple[int, District]]:
    return list(enumerate(regency.districts, start=1))


def _visit(number: int, district: District) -> str:
    days = ("Senin", "Selasa", "Rabu", "Kamis")
    return f"{number}. Kecamatan {district.name}: {days[number % 4]} pekan ke-{number % 4 + 1}, di kantor kecamatan"


def _feature(properties: dict[str, Any], geometry: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _collection(features: list[dict[str, Any]]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def _corner(column: int, row: int) -> list[float]:
    """A corner that neighbours share, moved a little so that no boundary is a straight grid."""
    random = Random(column * 1000 + row)  # noqa: S311 - the same corner for every district that meets there
    return [
        round(WEST + WIDE * (column + random.uniform(-0.2, 0.2)), 6),
        round(NORTH - TALL * (row + random.uniform(-0.2, 0.2)), 6),
    ]


def _ring(number: int) -> Ring:
    row, column = divmod(number, ACROSS)
    corners = [(column, row), (column, row + 1), (column + 1, row + 1), (column + 1, row), (column, row)]
    return [_corner(*corner) for corner in corners]


def _somewhere(number: int, random: Random) -> list[float]:
    """A point well within a district."""
    row, column = divmod(number, ACROSS)
    x, y = column + random.uniform(0.25, 0.75), row + random.uniform(0.25, 0.75)
    return [round(WEST + WIDE * x, 6), round(NORTH - TALL * y, 6)]


def _printed(title: str, lines: list[str]) -> bytes:
    """One page of text as a PDF of the plainest kind (ISO 32000-1, annex H.3). Text of Latin letters only."""
    said = [(16, title), *((11, line) for line in lines)]
    text = "".join(f"/F1 {size} Tf 0 -22 Td ({line}) Tj\n" for size, line in said)
    stream = f"BT 60 800 Td\n{text}ET".encode("latin-1")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    )
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(made)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return made + end % (table, start)
