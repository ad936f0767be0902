"""From the reference system that a map file names to degrees of WGS 84, as RFC 7946 wants them.

Sources: OGC 01-009 (WKT 1, as .prj files hold it), the EPSG registry for the codes, and EPSG Guidance Note 7-2 for the
formulas (Transverse Mercator after Krüger, Popular Visualisation Mercator). Shifts between datums of less than a few
metres, as DGN95 and SRGI2013 have to WGS 84, are not made; any other datum is not located.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

Located: TypeAlias = Callable[[float, float], tuple[float, float]]

RADIUS, FLATTENING = 6378137.0, 1 / 298.257223563
SAME_DATUM = re.compile(r"(?i)WGS.?_?(?:19)?84|DGN.?_?(?:19)?95|Geodetic_Nasional_(?:19)?95|SRGI|CRS:?84|ITRF")
PARAMETER = re.compile(r'(?i)PARAMETER\s*\[\s*"([^"]+)"\s*,\s*([-+.\deE]+)')
PROJECTION = re.compile(r'(?i)PROJECTION\s*\[\s*"([^"]+)"')
CODE = re.compile(r"(?i)EPSG[:/]+(?:[\d.]*[:/]+)?(\d{4,6})\s*$")
DEGREES = frozenset({4326, 4979, 4755, 9470})  # WGS 84 flat and with height, DGN95, SRGI2013
WEB_MERCATOR = frozenset({3857, 900913, 102100})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mercator:
    """A transverse Mercator projection: central meridian, scale on it, false easting and northing."""

    meridian: float
    scale: float
    easting: float
    northing: float


def of_wkt(text: str) -> Located | None:
    """How positions of the system that a .prj file describes become degrees; None where that is not known."""
    if not SAME_DATUM.search(text):
        return None
    if not re.match(r"\s*PROJC(?:S|RS)", text, re.IGNORECASE):
        return _as_they_are if re.match(r"\s*GEO(?:GCS|GCRS|DCRS)", text, re.IGNORECASE) else None
    kind = PROJECTION.search(text)
    given = {name.lower(): float(value) for name, value in PARAMETER.findall(text) if _is_number(value)}
    if not kind or "unit" not in text.lower() or re.search(r"(?i)foot|feet", text):
        return None
    if kind[1].lower().startswith("mercator_auxiliary") or "pseudo-mercator" in text.lower():
        return _of_web
    if kind[1].lower() not in ("transverse_mercator", "gauss_kruger") or given.get("latitude_of_origin", 0.0):
        return None
    return transverse(
        Mercator(
            meridian=given.get("central_meridian", 0.0),
            scale=given.get("scale_factor", 1.0),
            easting=given.get("false_easting", 0.0),
            northing=given.get("false_northing", 0.0),
        )
    )


def of_name(name: str) -> Located | None:
    """As `of_wkt`, for a name such as "urn:ogc:def:crs:EPSG::32749" or "EPSG:4326"."""
    code = CODE.search(name)
    if code:
        return of_code(int(code[1]))
    return _as_they_are if re.search(r"CRS:?84h?$", name.strip(), re.IGNORECASE) else None


def of_code(code: int) -> Located | None:
    """As `of_wkt`, for a code of the EPSG registry: degrees, Web Mercator, and UTM on WGS 84 or DGN95."""
    if code in DEGREES:
        return _as_they_are
    if code in WEB_MERCATOR:
        return _of_web
    for first, zones, northing in ((32601, 60, 0.0), (32701, 60, 1e7), (23866, 7, 0.0), (23877, 8, 1e7)):
        if first <= code < first + zones:
            zone = code - first + {23866: 46, 23877: 47}.get(first, 1)
            return transverse(Mercator(meridian=6.0 * zone - 183, scale=0.9996, easting=5e5, northing=northing))
    return None


def transverse(grid: Mercator) -> Located:
    """The inverse of a transverse Mercator projection, true to a millimetre within a zone."""
    n = FLATTENING / (2 - FLATTENING)
    radius = RADIUS / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    beta = (n / 2 - 2 * n**2 / 3 + 37 * n**3 / 96, n**2 / 48 + n**3 / 15, 17 * n**3 / 480)
    delta = (2 * n - 2 * n**2 / 3 - 2 * n**3, 7 * n**2 / 3 - 8 * n**3 / 5, 56 * n**3 / 15)

    def located(east: float, north: float) -> tuple[float, float]:
        xi = (north - grid.northing) / (grid.scale * radius)
        eta = (east - grid.easting) / (grid.scale * radius)
        waves = [(2 * (index + 1), one) for index, one in enumerate(beta)]
        xi0 = xi - sum(one * math.sin(k * xi) * math.cosh(k * eta) for k, one in waves)
        eta0 = eta - sum(one * math.cos(k * xi) * math.sinh(k * eta) for k, one in waves)
        chi = math.asin(math.sin(xi0) / math.cosh(eta0))
        latitude = chi + sum(one * math.sin(2 * (index + 1) * chi) for index, one in enumerate(delta))
        longitude = math.atan2(math.sinh(eta0), math.cos(xi0))
        return grid.meridian + math.degrees(longitude), math.degrees(latitude)

    return located


def _of_web(east: float, north: float) -> tuple[float, float]:
    latitude = 2 * math.atan(math.exp(north / RADIUS)) - math.pi / 2
    return math.degrees(east / RADIUS), math.degrees(latitude)


def unnamed(longitude: float, latitude: float) -> tuple[float, float]:
    """For a file that names no system: degrees, where they lie in Indonesia. Raise ValueError elsewhere."""
    if not (94 <= longitude <= 142 and -12 <= latitude <= 7):
        raise ValueError
    return longitude, latitude


def _as_they_are(longitude: float, latitude: float) -> tuple[float, float]:
    return longitude, latitude


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
