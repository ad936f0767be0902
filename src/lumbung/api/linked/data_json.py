"""The catalogue as DCAT-US 1.1 ("data.json"): https://resources.data.gov/resources/dcat-us/

Federal fields (bureauCode, programCode) belong to another country's government and are left out.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from lumbung.api.linked.shown import Shown
from lumbung.api.linked.words import INTERVALS, span_of
from lumbung.portal.catalogue.models import Distribution
from lumbung.portal.catalogue.vocabulary import CONTENT_TYPES, Frequency

SCHEMA = "https://project-open-data.cio.gov/v1.1/schema"
REQUIRED = (
    "title", "description", "keyword", "modified", "publisher", "contactPoint", "identifier", "accessLevel",
)  # fmt: skip
"""What every dataset must have by the schema; no other field is needed."""
NOBODY = "tanpa-surel@lumbung.invalid"  # the field is required; .invalid is nobody's by RFC 2606


def data_json(request: HttpRequest, shown: Iterable[Shown]) -> Iterator[bytes]:
    """The whole document in pieces, one for each dataset."""
    head = {
        "@context": f"{SCHEMA}/catalog.jsonld",
        "@type": "dcat:Catalog",
        "conformsTo": SCHEMA,
        "describedBy": f"{SCHEMA}/catalog.json",
    }
    yield json.dumps(head)[:-1].encode() + b', "dataset": ['
    for number, one in enumerate(shown):
        yield (b",\n" if number else b"\n") + json.dumps(_dataset(request, one), ensure_ascii=False).encode()
    yield b"\n]}\n"


def _dataset(request: HttpRequest, shown: Shown) -> dict[str, Any]:
    it, span = shown.dataset, span_of(shown.dataset.period)
    page = request.build_absolute_uri(it.get_absolute_url())
    said = {
        "@type": "dcat:Dataset",
        "identifier": page,
        "title": it.title,
        "description": it.description or it.title,
        "keyword": [str(it.get_theme_display()) or "data"],
        "modified": it.released_at.isoformat(timespec="seconds"),
        "issued": shown.issued.isoformat(timespec="seconds"),
        "publisher": {"@type": "org:Organization", "name": it.organisation.name},
        "contactPoint": {
            "@type": "vcard:Contact",
            "fn": it.organisation.name,
            "hasEmail": f"mailto:{shown.email or NOBODY}",
        },
        "accessLevel": "public",
        "license": it.licence_address() if it.licence else None,
        "landingPage": page,
        "language": ["id"],
        "spatial": shown.kode or None,
        "temporal": "/".join(span) if span else None,
        "accrualPeriodicity": INTERVALS[Frequency(it.frequency)] or None if it.frequency else None,
        "theme": [it.theme] if it.theme else None,
        "distribution": [_distribution(request, shown, file) for file in shown.files],
    }
    return {name: value for name, value in said.items() if value is not None or name in REQUIRED}


def _distribution(request: HttpRequest, shown: Shown, file: Distribution) -> dict[str, str]:
    path = reverse("catalogue:download", args=[shown.dataset.slug, file.name])
    return {
        "@type": "dcat:Distribution",
        "title": file.name,
        "downloadURL": request.build_absolute_uri(path),
        "mediaType": CONTENT_TYPES[file.format].partition(";")[0],
        "format": file.format.upper(),
    }
