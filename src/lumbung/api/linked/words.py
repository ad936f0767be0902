"""Our words in those of the lists that DCAT-AP points to (EU Vocabularies, authority tables), and years as spans."""

import re

from lumbung.portal.catalogue.vocabulary import Frequency, Theme

AUTHORITY = "http://publications.europa.eu/resource/authority/"
THEMES = {
    Theme.POPULATION: "SOCI", Theme.EDUCATION: "EDUC", Theme.HEALTH: "HEAL", Theme.FARMING: "AGRI",
    Theme.ECONOMY: "ECON", Theme.FINANCE: "GOVE", Theme.WORKS: "TRAN", Theme.ENVIRONMENT: "ENVI",
    Theme.SOCIAL: "SOCI", Theme.TOURISM: "EDUC", Theme.GOVERNMENT: "GOVE",
}  # fmt: skip
FREQUENCIES = {
    Frequency.ONCE: "NEVER", Frequency.MONTHLY: "MONTHLY", Frequency.QUARTERLY: "QUARTERLY",
    Frequency.HALF_YEARLY: "ANNUAL_2", Frequency.YEARLY: "ANNUAL", Frequency.AS_NEEDED: "IRREG",
}  # fmt: skip
INTERVALS = {
    Frequency.ONCE: "", Frequency.MONTHLY: "R/P1M", Frequency.QUARTERLY: "R/P3M", Frequency.HALF_YEARLY: "R/P6M",
    Frequency.YEARLY: "R/P1Y", Frequency.AS_NEEDED: "irregular",
}  # fmt: skip
"""As DCAT-US writes them (ISO 8601)."""
FILE_TYPES = {
    "csv": "CSV", "xlsx": "XLSX", "json": "JSON", "parquet": "PARQUET", "geojson": "GEOJSON", "pdf": "PDF",
    "png": "PNG", "jpg": "JPEG", "txt": "TXT", "zip": "ZIP",
}  # fmt: skip
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def authority(table: str, code: str) -> str:
    """The address of an entry of one of the tables."""
    return f"{AUTHORITY}{table}/{code}"


def span_of(period: str) -> tuple[str, str] | None:
    """The first and the last day of the years that a period names; None where it names none."""
    years = YEAR.findall(period)
    return (f"{min(years)}-01-01", f"{max(years)}-12-31") if years else None
