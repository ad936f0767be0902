"""The catalogue in DCAT-AP 3: https://semiceu.github.io/DCAT-AP/releases/3.0.1/

A page of it holds the catalogue itself, some datasets with the files of their newest releases, the service that
answers rows, and where the next page is (hydra, as harvesters read it). Closed datasets are not in it; what was in it
once and is no more stands in the feed of withdrawals, to which the catalogue points.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from lumbung.api.linked.rdf import TYPE, Blank, Iri, Literal, Node, Triple
from lumbung.api.linked.shown import Shown
from lumbung.api.linked.words import FILE_TYPES, FREQUENCIES, THEMES, authority, span_of
from lumbung.portal.accounts.models import Organisation
from lumbung.portal.catalogue.models import Distribution
from lumbung.portal.catalogue.vocabulary import CONTENT_TYPES, Frequency, Theme

MEDIA = "https://www.iana.org/assignments/media-types/"
LANGUAGE = Iri(authority("language", "IND"))
Said = Iterable[tuple[str, Node | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One page of the catalogue: addresses of pages, "" where there is none."""

    this: str
    first: str
    previous: str
    following: str
    last: str
    total: int
    modified: datetime


def catalogue(request: HttpRequest, view: View, shown: Iterable[Shown]) -> Iterator[Triple]:
    """A page of the catalogue with everything on it."""
    listed = list(shown)
    node = _catalogue(request)
    yield from _about_catalogue(request, node, view)
    yield from _service(request, [one.dataset.get_absolute_url() for one in listed])
    for one in listed:
        yield node, "dcat:dataset", _dataset_node(request, one)
        yield from dataset(request, one)
    yield from _about_view(node, view)


def dataset(request: HttpRequest, shown: Shown) -> Iterator[Triple]:
    """One dataset and its files."""
    it, node = shown.dataset, _dataset_node(request, shown)
    publisher = _address(request, f"{reverse('catalogue:front')}?organisasi={it.organisation.slug}")
    contact, where, when = (Blank(f"{part}{it.pk}") for part in ("contact", "place", "time"))
    span = span_of(it.period)
    near: dict[str, Node | None] = {"dct:publisher": publisher, "dct:creator": publisher}
    near |= {"dcat:contactPoint": contact, "dcat:landingPage": node}
    yield from _of(node, "dcat:Dataset", [*_words(shown), *near.items()])
    yield from _organisation(publisher, it.organisation)
    yield from _contact(request, contact, shown)
    if shown.kode:
        yield node, "dct:spatial", where
        yield from _of(where, "dct:Location", [("dct:identifier", Literal(shown.kode))])
    if span:
        yield node, "dct:temporal", when
        first, last = (Literal(day, kind="xsd:date") for day in span)
        yield from _of(when, "dct:PeriodOfTime", [("dcat:startDate", first), ("dcat:endDate", last)])
    for file in shown.files:
        yield from _distribution(request, node, shown, file)


def _words(shown: Shown) -> Said:
    """What is said of a dataset without an address."""
    it = shown.dataset
    return [
        ("dct:title", Literal(it.title, "id")),
        ("dct:description", Literal(it.description or it.title, "id")),
        ("dct:identifier", Literal(it.slug)),
        ("dct:issued", _moment(shown.issued)),
        ("dct:modified", _moment(it.released_at)),
        ("dcat:version", Literal(str(shown.release.number))),
        ("dcat:theme", Iri(authority("data-theme", THEMES[Theme(it.theme)])) if it.theme else None),
        ("dcat:keyword", Literal(str(it.get_theme_display()), "id") if it.theme else None),
        ("dct:accrualPeriodicity", _frequency(it.frequency)),
        ("dct:accessRights", Iri(authority("access-right", "PUBLIC"))),
        ("dct:language", LANGUAGE),
    ]


def _distribution(request: HttpRequest, node: Iri, shown: Shown, file: Distribution) -> Iterator[Triple]:
    address = _address(request, reverse("catalogue:download", args=[shown.dataset.slug, file.name]))
    checksum = Blank(f"checksum{file.pk}")
    yield node, "dcat:distribution", address
    yield from _of(
        address,
        "dcat:Distribution",
        [
            ("dct:title", Literal(file.name)),
            ("dct:description", Literal(_what(file), "id")),
            ("dcat:accessURL", address),
            ("dcat:downloadURL", address),
            ("dcat:mediaType", Iri(MEDIA + CONTENT_TYPES[file.format].partition(";")[0])),
            ("dct:format", Iri(authority("file-type", FILE_TYPES[file.format]))),
            ("dcat:byteSize", Literal(str(file.size), kind="xsd:nonNegativeInteger")),
            ("spdx:checksum", checksum),
            ("dct:license", Iri(shown.dataset.licence_address()) if shown.dataset.licence else None),
            ("dct:issued", _moment(shown.release.published_at)),
            ("dcatap:availability", Iri(authority("planned-availability", "STABLE"))),
            ("dcat:accessService", _service_node(request) if file.format == "parquet" else None),
        ],
    )
    if shown.dataset.licence:
        yield Iri(shown.dataset.licence_address()), TYPE, Iri("dct:LicenseDocument")
    value = ("spdx:checksumValue", Literal(file.sha256, kind="xsd:hexBinary"))
    yield from _of(checksum, "spdx:Checksum", [("spdx:algorithm", Iri("spdx:checksumAlgorithm_sha256")), value])


def _about_catalogue(request: HttpRequest, node: Iri, view: View) -> Iterator[Triple]:
    home = _address(request, reverse("catalogue:front"))
    above = Organisation.objects.filter(depth=1).order_by("pk").first()
    publisher = _address(request, f"{reverse('catalogue:front')}?organisasi={above.slug if above else ''}")
    yield from _of(
        node,
        "dcat:Catalog",
        [
            ("dct:title", Literal(_("Lumbung: katalog data terbuka"), "id")),
            ("dct:description", Literal(_("Semua data terbuka di portal ini."), "id")),
            ("dct:publisher", publisher),
            ("dct:language", LANGUAGE),
            ("dct:modified", _moment(view.modified)),
            ("foaf:homepage", home),
            ("dcat:themeTaxonomy", Iri(authority("data-theme", "").rstrip("/"))),
            ("dcat:service", _service_node(request)),
            ("rdfs:seeAlso", _address(request, reverse("publication:withdrawals"))),
        ],
    )
    yield home, TYPE, Iri("foaf:Document")
    yield from _organisation(publisher, above)


def _about_view(node: Iri, view: View) -> Iterator[Triple]:
    """As hydra says it now, and as harvesters know it from before."""
    this = Iri(view.this)
    pages = {"first": view.first, "previous": view.previous, "next": view.following, "last": view.last}
    yield node, "hydra:view", this
    yield this, TYPE, Iri("hydra:PartialCollectionView")
    yield this, TYPE, Iri("hydra:PagedCollection")
    yield this, "hydra:totalItems", Literal(str(view.total), kind="xsd:integer")
    for name, address in pages.items():
        if address:
            yield this, f"hydra:{name}", Iri(address)


def _service(request: HttpRequest, datasets: Iterable[str]) -> Iterator[Triple]:
    described = _address(request, reverse("data:openapi"))
    said: list[tuple[str, Node | None]] = [
        ("dct:title", Literal(_("Baris untuk program"), "id")),
        ("dcat:endpointURL", _address(request, "/api/data/")),
        ("dcat:endpointDescription", described),
    ]
    served = [("dcat:servesDataset", _address(request, path)) for path in datasets]
    yield from _of(_service_node(request), "dcat:DataService", [*said, *served])


def _organisation(node: Iri, organisation: Organisation | None) -> Iterator[Triple]:
    kind = Iri("http://purl.org/adms/publishertype/LocalAuthority")
    name = organisation.name if organisation else "Lumbung"
    yield from _of(node, "foaf:Agent", [("foaf:name", Literal(name, "id")), ("dct:type", kind)])


def _contact(request: HttpRequest, node: Blank, shown: Shown) -> Iterator[Triple]:
    """The office, never a person."""
    page = _address(request, reverse("incidents:report", args=[shown.dataset.slug]))
    email = Iri(f"mailto:{shown.email}") if shown.email else None
    name = Literal(shown.dataset.organisation.name, "id")
    yield from _of(node, "vcard:Organization", [("vcard:fn", name), ("vcard:hasEmail", email), ("vcard:hasURL", page)])


def _of(node: Iri | Blank, kind: str, said: Said) -> Iterator[Triple]:
    yield node, TYPE, Iri(kind)
    for predicate, value in said:
        if value is not None:
            yield node, predicate, value


def _what(file: Distribution) -> str:
    name = file.sheet or file.name
    if not file.rows:
        return name
    return _("%(name)s: %(rows)s baris, %(columns)s kolom") % {
        "name": name,
        "rows": file.rows,
        "columns": file.columns,
    }


def _frequency(frequency: str) -> Iri | None:
    return Iri(authority("frequency", FREQUENCIES[Frequency(frequency)])) if frequency else None


def _moment(moment: datetime) -> Literal:
    return Literal(moment.isoformat(timespec="seconds"), kind="xsd:dateTime")


def _address(request: HttpRequest, path: str) -> Iri:
    return Iri(request.build_absolute_uri(path))


def _catalogue(request: HttpRequest) -> Iri:
    return _address(request, "/#katalog")


def _service_node(request: HttpRequest) -> Iri:
    return _address(request, "/api/data/#layanan")


def _dataset_node(request: HttpRequest, shown: Shown) -> Iri:
    return _address(request, shown.dataset.get_absolute_url())
