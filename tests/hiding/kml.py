"""Where a number hides in KML and KMZ."""

import base64
import io
import zipfile
from collections.abc import Callable

from tests.hiding import HidingPlace

POINT = "<Point><coordinates>110.2,-7.5,0</coordinates></Point>"


def kml(inside: str, root: str = "") -> bytes:
    """A file with this in its document."""
    head = '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"'
    return f"{head}{root}><Document>{inside}</Document></kml>".encode()


def placemark(inside: str) -> str:
    """A village hall with this in it."""
    return f"<Placemark><name>Balai</name>{inside}{POINT}</Placemark>"


def within(pattern: str) -> Callable[[str], bytes]:
    """A document with the pattern, its @ replaced."""
    return lambda nik: kml(pattern.replace("@", nik))


def marked(pattern: str) -> Callable[[str], bytes]:
    """A placemark with the pattern, its @ replaced."""
    return lambda nik: kml(placemark(pattern.replace("@", nik)))


def spelled(nik: str) -> str:
    """Each digit as an HTML entity."""
    return "".join(f"&amp;#{ord(digit)};" for digit in nik)


def archived(nik: str, name: str = "files/catatan.txt") -> bytes:
    """A KMZ with a further file in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("doc.kml", kml(placemark("")))
        archive.writestr(name, nik)
    return file.getvalue()


def inlined(nik: str) -> bytes:
    """A CSV file written into the address of an icon."""
    content = base64.b64encode(f"nama,nik\nBalai,{nik}\n".encode()).decode()
    return kml(f"<Style><IconStyle><Icon><href>data:text/csv;base64,{content}</href></Icon></IconStyle></Style>")


EXTENDED = '<ExtendedData><Data name="nik"><value>@</value></Data></ExtendedData>'
SIMPLE = '<ExtendedData><SchemaData><SimpleData name="nik">@</SimpleData></SchemaData></ExtendedData>'
OTHER_SPACE = '<ExtendedData><x:nik xmlns:x="https://contoh.test/x">@</x:nik></ExtendedData>'
BALLOON = "<description><![CDATA[<table><tr><td>NIK</td><td>@</td></tr></table>]]></description>"
TITLE = "<description><![CDATA[<p title='@'>lihat</p>]]></description>"
LINK = "<NetworkLink><Link><href>https://contoh.test/peta?nik=@</href></Link></NetworkLink>"
STYLED = "<Style><BalloonStyle><text>NIK @</text></BalloonStyle></Style>"
HIDDEN = "<Folder><visibility>0</visibility><Placemark><name>@</name></Placemark></Folder>"

PLACES = (
    *(
        HidingPlace(format="kml", where=where, plant=plant)
        for where, plant in (
            ("the name of a placemark", marked("<name>@</name>")),
            ("a placemark that is switched off", marked("<visibility>0</visibility><address>@</address>")),
            ("a folder that is switched off", within(HIDDEN)),
            ("ExtendedData", marked(EXTENDED)),
            ("ExtendedData by a schema", marked(SIMPLE)),
            ("ExtendedData of another namespace", marked(OTHER_SPACE)),
            ("the name of a field", marked('<ExtendedData><Data name="@"><value>1</value></Data></ExtendedData>')),
            ("a table in a balloon", marked(BALLOON)),
            ("a title in a balloon", marked(TITLE)),
            (
                "a balloon written in entities",
                lambda nik: kml(placemark(f"<description>{spelled(nik)}</description>")),
            ),
            ("the balloon of a style", within(STYLED)),
            ("a comment", within("<!-- @ -->")),
            ("an id", within('<Style id="@"/>')),
            ("a network link", within(LINK)),
            ("a coordinate", within("<Placemark><Point><coordinates>@,-7.5</coordinates></Point></Placemark>")),
            ("the text of a polygon", within("<Placemark><Polygon>@</Polygon></Placemark>")),
            ("a schema", within('<Schema name="@"/>')),
            ("the author's address", within('<a:author xmlns:a="http://www.w3.org/2005/Atom">@</a:author>')),
            ("an attribute of the root", lambda nik: kml("", f' hint="{nik}"')),
            ("a file in the address of an icon", inlined),
        )
    ),
    HidingPlace(format="kmz", where="a file beside the map", plant=archived),
    HidingPlace(
        format="kmz", where="the name of a file beside the map", plant=lambda nik: archived("0", f"{nik}.txt")
    ),
)
