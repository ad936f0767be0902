"""What machines that follow the shelf read: Atom feeds, the list of pages for search engines, schema.org.

Sources: RFC 4287 (Atom), sitemaps.org 0.9, schema.org/Dataset as Google's dataset search reads it. Only what the
public may see is in them, so a dataset leaves all of them in the moment in which it is closed.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lumbung.portal.accounts.models import Organisation, OrganisationKind
from lumbung.portal.catalogue import queries
from lumbung.portal.catalogue.columns import Column
from lumbung.portal.catalogue.models import Dataset, Distribution, Release
from lumbung.portal.catalogue.vocabulary import CONTENT_TYPES

MOST_ENTRIES = 50
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, section 2.2
_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


class DatasetPages(Sitemap[Dataset]):
    """Every dataset that may be seen."""

    changefreq = "weekly"
    limit = 10_000

    def items(self) -> QuerySet[Dataset]:
        """Newest first."""
        return queries.visible()

    def lastmod(self, item: Dataset) -> Any:
        """When its newest release came out."""
        return item.released_at


class PlacePages(Sitemap[Organisation]):
    """Every village, district and regency that has a page."""

    changefreq = "weekly"
    limit = 10_000

    def items(self) -> QuerySet[Organisation]:
        """By kode wilayah."""
        kinds = (OrganisationKind.REGENCY, OrganisationKind.DISTRICT, OrganisationKind.VILLAGE)
        return Organisation.objects.filter(kind__in=kinds).exclude(kode="").order_by("kode")

    def location(self, item: Organisation) -> str:
        """Its page."""
        return reverse(f"catalogue:{OrganisationKind(item.kind).name.lower()}", args=[item.kode])


def feed_of_shelf(request: HttpRequest) -> HttpResponse:
    """The datasets that came out last."""
    feed = _feed(request, title=_("Lumbung: data terbaru"), page=reverse("catalogue:front"))
    for dataset in queries.visible()[:MOST_ENTRIES]:
        page = request.build_absolute_uri(dataset.get_absolute_url())
        feed.add_item(
            title=_writable(dataset.title),
            link=page,
            description=_writable(dataset.description),
            author_name=_writable(dataset.organisation.name),
            pubdate=dataset.released_at,
            updateddate=dataset.released_at,
            unique_id=page,
        )
    return _answer(feed)


def feed_of_dataset(request: HttpRequest, dataset: Dataset) -> HttpResponse:
    """The releases of one dataset, the newest first."""
    feed = _feed(request, title=dataset.title, page=dataset.get_absolute_url())
    page = request.build_absolute_uri(dataset.get_absolute_url())
    for release in dataset.releases.all()[:MOST_ENTRIES]:
        feed.add_item(
            title=_("Rilis %(number)s") % {"number": release.number},
            link=page,
            description=_writable(dataset.description),
            author_name=_writable(dataset.organisation.name),
            pubdate=release.published_at,
            updateddate=release.published_at,
            unique_id=f"{page}#rilis-{release.number}",
        )
    return _answer(feed)


def described(request: HttpRequest, dataset: Dataset, newest: Release | None, columns: Sequence[Column]) -> SafeString:
    """The dataset in schema.org's words, as the element that carries them: data, which no browser runs. `columns` are
    those of its first table, with what was written about them."""
    files = list(newest.distributions.all()) if newest else []
    organisation = {"@type": "GovernmentOrganization", "name": dataset.organisation.name}
    said = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": dataset.title,
        "description": dataset.description or dataset.title,
        "url": request.build_absolute_uri(dataset.get_absolute_url()),
        "license": dataset.licence_address() if dataset.licence else None,
        "creator": organisation,
        "publisher": organisation,
        "temporalCoverage": dataset.period or None,
        "dateModified": dataset.released_at.date().isoformat(),
        "isAccessibleForFree": True,
        "inLanguage": "id",
        "version": str(newest.number) if newest else None,
        "image": request.build_absolute_uri(reverse("catalogue:picture", args=[dataset.slug])),
        "variableMeasured": [_variable(one) for one in columns] or None,
        "distribution": [_download(request, dataset, file) for file in files],
    }
    text = json.dumps({key: value for key, value in said.items() if value is not None}, ensure_ascii=False)
    safe = mark_safe(text.translate(_IN_SCRIPT))  # noqa: S308 - nothing in it can end the element
    return format_html('<script type="application/ld+json">{}</script>', safe)


def _variable(column: Column) -> dict[str, str]:
    said = {"description": str(column.meaning), "unitText": column.unit}
    return {"@type": "PropertyValue", "name": column.name, **{name: text for name, text in said.items() if text}}


def _download(request: HttpRequest, dataset: Dataset, file: Distribution) -> dict[str, str]:
    address = reverse("catalogue:download", args=[dataset.slug, file.name])
    return {
        "@type": "DataDownload",
        "encodingFormat": CONTENT_TYPES[file.format].partition(";")[0],
        "contentUrl": request.build_absolute_uri(address),
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }


def _writable(text: str) -> str:
    """Without what XML cannot hold: else one such sign in one title would take the feed of all from everybody."""
    return UNWRITABLE.sub("", text)


def _feed(request: HttpRequest, *, title: str, page: str) -> Atom1Feed:
    return Atom1Feed(
        title=_writable(title),
        link=request.build_absolute_uri(page),
        description="",
        language="id",
        feed_url=request.build_absolute_uri(),
    )


def _answer(feed: Atom1Feed) -> HttpResponse:
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
