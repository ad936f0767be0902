"""Every route to a dataset passes `on_the_shelf`, so that a closed one is closed on all of them."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lumbung.portal.catalogue import queries
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.vocabulary import ClosingGround

DatasetView = Callable[..., HttpResponseBase]


def on_the_shelf(view: DatasetView) -> Callable[..., HttpResponseBase]:
    """Give the view the dataset named in the address; a closed one answers 410, all that is unknown the same 404."""

    @wraps(view)
    def answer(request: HttpRequest, slug: str, **rest: object) -> HttpResponseBase:
        found = queries.visible().filter(slug=slug).first()
        if found is None:
            return stone(request, get_object_or_404(Dataset, slug=slug))
        return fresh(request, view(request, found, **rest))

    return require_safe(answer)


def stone(request: HttpRequest, dataset: Dataset) -> HttpResponse:
    """Why and since when, and nothing else: not the title, for the title may have been the trouble."""
    because = ClosingGround(dataset.ground).label if dataset.ground else ""
    told = {"because": because, "since": dataset.state_since, "slug": dataset.slug}
    response = render(request, "design/stone.html", told, status=410)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def fresh(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Nobody keeps a page or file without asking again: what is closed must be closed everywhere at once."""
    if not request.user.is_authenticated:
        response.headers.setdefault("Cache-Control", "no-cache")
    return response
