"""KML and GPX: features are rows, balloons are columns, what is hidden is marked, links are named and not followed."""

import base64
import io
import zipfile

import pytest

from lumbung.document import Document, Geometry, Table
from lumbung.read import Unreadable, read

POINT = "<Point><coordinates>110.2,-7.5,0</coordinates></Point>"
BALLOON = (
    "<![CDATA[<b>Balai</b><table><tr><td>RW</td><td>03</td></tr><tr><td>Kondisi</td><td>baik</td></tr></table>]]>"
)


def kml(inside: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    return f"{head}{inside}</Document></kml>".encode()


def placemark(inside: str, name: str = "Balai Desa") -> str:
    return f"<Placemark><name>{name}</name>{inside}</Placemark>"


def document_of(data: bytes) -> Document:
    return read(io.BytesIO(data), name="peta")


def layer_of(data: bytes) -> Table:
    (table,) = [table for table in document_of(data).tables if table.layer]
    return table


def geometry_of(data: bytes) -> Geometry | None:
    layer = layer_of(data).layer
    assert layer is not None
    return layer.geometries[1]


def said(document: Document) -> str:
    cells = [str(table.texts.rows()) for table in document.tables]
    return "\n".join([*cells, *(passage.text for passage in document.passages)])


def test_placemarks_are_rows_with_extended_data() -> None:
    data = '<ExtendedData><Data name="jenis"><value>kantor</value></Data><SchemaData><SimpleData name="luas">12'
    data += "</SimpleData></SchemaData></ExtendedData>"
    table = layer_of(kml(placemark(data + POINT)))
    assert table.texts.rows() == [("name", "jenis", "luas"), ("Balai Desa", "kantor", "12")]
    assert table.layer is not None
    assert table.layer.geometries == (None, Geometry(kind="Point", coordinates=(110.2, -7.5, 0.0)))
    assert document_of(kml("")).format == "kml"


def test_a_table_in_a_balloon_is_columns_and_other_html_is_text() -> None:
    table = layer_of(kml(placemark(f"<description>{BALLOON}</description>{POINT}")))
    assert table.texts.rows()[0] == ("name", "RW", "Kondisi")
    plain = layer_of(kml(placemark(f"<description><![CDATA[Jl. &#77;awar<br>RT 02]]></description>{POINT}")))
    assert plain.texts.rows()[1] == ("Balai Desa", "Jl. Mawar RT 02")


@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        ("<LineString><coordinates>1,2 3,4</coordinates></LineString>", "LineString"),
        (
            "<Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 1,0 1,1 0,0</coordinates></LinearRing>"
            "</outerBoundaryIs></Polygon>",
            "Polygon",
        ),
        (f"<MultiGeometry>{POINT}{POINT}</MultiGeometry>", "GeometryCollection"),
        ('<gx:Track xmlns:gx="x"><gx:coord>1 2 3</gx:coord><gx:coord>3 4 5</gx:coord></gx:Track>', "LineString"),
    ],
)
def test_shapes(shape: str, kind: str) -> None:
    found = geometry_of(kml(placemark(shape)))
    assert found is not None
    assert found.kind == kind


def test_what_is_switched_off_is_hidden() -> None:
    folder = f"<Folder><visibility>0</visibility>{placemark(POINT, 'B')}</Folder>"
    table = layer_of(kml(placemark(POINT, "A") + folder + placemark(f"<visibility>0</visibility>{POINT}", "C")))
    assert table.hidden_rows == frozenset({3, 4})


def test_links_are_named_and_not_followed() -> None:
    link = "<NetworkLink><name>Lain</name><Link><href>https://contoh.test/rahasia.kml</href></Link></NetworkLink>"
    document = document_of(kml(link))
    (passage,) = [one for one in document.passages if one.place.part == "(tautan ke luar)"]
    assert passage.text == "https://contoh.test/rahasia.kml"


@pytest.mark.parametrize(
    "inside",
    [
        "<!-- 3308990101809001 -->",
        "<name>3308990101809001</name>",
        placemark("<address>3308990101809001</address>"),
        placemark('<Point id="3308990101809001"><coordinates>1,2</coordinates></Point>'),
        placemark("<Point><coordinates>3308990101809001,2</coordinates></Point>"),
        placemark("<Polygon>3308990101809001</Polygon>"),
        placemark('<ExtendedData><x:nik xmlns:x="y">3308990101809001</x:nik></ExtendedData>'),
        placemark('<ExtendedData><Data name="3308990101809001"><value>1</value></Data></ExtendedData>'),
        "<Style><BalloonStyle><text>&lt;b&gt;33089901&#48;1809001&lt;/b&gt;</text></BalloonStyle></Style>",
        placemark("<description>&lt;p title='33089901&amp;#48;1809001'&gt;x&lt;/p&gt;</description>"),
        "<Schema name='3308990101809001'/>",
        "<GroundOverlay><Icon><href>data:text/csv;base64,"
        + base64.b64encode(b"nik\n3308990101809001").decode()
        + "</href></Icon></GroundOverlay>",
    ],
)
def test_nothing_in_the_file_is_left_unsaid(inside: str) -> None:
    assert "3308990101809001" in said(document_of(kml(inside)))


def test_a_kmz_is_an_archive_whose_members_are_opened() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("doc.kml", kml(placemark(POINT)))
    assert layer_of(file.getvalue()).place.part == "doc.kml"


def test_damage_and_entities_are_named_unread() -> None:
    for data in (kml("<Placemark>"), b'<!DOCTYPE kml [<!ENTITY a "3308">]><kml>&a;</kml>', kml("")[:-3]):
        assert [one.why for one in document_of(data).unread] == ["broken"]


GPX = """<?xml version="1.0"?><gpx version="1.1" creator="Garmin" xmlns="http://www.topografix.com/GPX/1/1">
<metadata><author><name>Slamet</name><email id="slamet" domain="contoh.test"/></author></metadata>
<wpt lat="-7.5" lon="110.2"><name>Balai</name><extensions><x:kode xmlns:x="y">A1</x:kode></extensions></wpt>
<rte><name>Rute</name><rtept lat="-7.5" lon="110.2"/><rtept lat="-7.6" lon="110.2"/></rte>
<trk><name>Jejak</name><trkseg><trkpt lat="-7.5" lon="110.2"><time>2024-01-01T00:00:00Z</time></trkpt>
<trkpt lat="-7.6" lon="110.3"><cmt>batu</cmt></trkpt></trkseg></trk></gpx>"""


def test_waypoints_routes_and_tracks_are_rows() -> None:
    table = layer_of(GPX.encode())
    assert table.texts.rows() == [
        ("unsur", "name", "kode"),
        ("titik", "Balai", "A1"),
        ("rute", "Rute", None),
        ("jejak", "Jejak", None),
    ]
    assert table.layer is not None
    assert [one.kind if one else None for one in table.layer.geometries] == [
        None,
        "Point",
        "MultiLineString",
        "MultiLineString",
    ]
    assert all(word in said(document_of(GPX.encode())) for word in ("Slamet", "contoh.test", "Garmin", "batu"))


def test_folders_without_end_are_a_bomb_and_no_crash() -> None:
    with pytest.raises(Unreadable) as refusal:
        document_of(kml("<Folder>" * 5_000 + "</Folder>" * 5_000))
    assert refusal.value.code == "bomb"
