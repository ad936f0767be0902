"""Where a number hides in GPX."""

from collections.abc import Callable

from tests.hiding import HidingPlace


def gpx(inside: str) -> bytes:
    """A file with this in it."""
    head = '<?xml version="1.0"?><gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">'
    return f"{head}{inside}</gpx>".encode()


def within(pattern: str) -> Callable[[str], bytes]:
    """A file with the pattern, its @ replaced."""
    return lambda nik: gpx(pattern.replace("@", nik))


TRACK = '<trk><trkseg><trkpt lat="-7.5" lon="110.2"><cmt>@</cmt></trkpt></trkseg></trk>'
EXTENDED = '<wpt lat="-7.5" lon="110.2"><extensions><x:nik xmlns:x="y">@</x:nik></extensions></wpt>'

PLACES = tuple(
    HidingPlace(format="gpx", where=where, plant=within(pattern))
    for where, pattern in (
        ("the name of a waypoint", '<wpt lat="-7.5" lon="110.2"><name>@</name></wpt>'),
        ("the comment of a track point", TRACK),
        ("an extension", EXTENDED),
        ("the author", "<metadata><author><name>@</name></author></metadata>"),
        ("a link", '<metadata><link href="https://contoh.test/@"/></metadata>'),
        ("the e-mail of the author", '<metadata><author><email id="@" domain="contoh.test"/></author></metadata>'),
        ("a coordinate", '<wpt lat="-7.5" lon="@"/>'),
        ("a comment", "<!-- @ -->"),
        ("an element of another namespace", '<x:catatan xmlns:x="y">@</x:catatan>'),
    )
)
