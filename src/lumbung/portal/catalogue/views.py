"""What machines that follow the shelf ask for: feeds, and what search engines may fetch."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from lumbung.portal.catalogue import feeds
from lumbung.portal.catalogue.door import fresh, on_the_shelf
from lumbung.portal.catalogue.models import Dataset


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """What came out last, for feed readers."""
    return fresh(request, feeds.feed_of_shelf(request))


@on_the_shelf
def dataset_feed(request: HttpRequest, shown: Dataset) -> HttpResponseBase:
    """The releases of one dataset, for feed readers."""
    return feeds.feed_of_dataset(request, shown)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may fetch: every public page; where the list of them stands."""
    listed = request.build_absolute_uri(reverse("catalogue:sitemaps"))
    return HttpResponse(f"User-agent: *\nDisallow: /meja/\nSitemap: {listed}\n", content_type="text/plain")
