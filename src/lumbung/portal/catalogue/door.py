"""Every route to a dataset passes `on_the_shelf`, so that a closed one is closed on all of them."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lumbung.portal.catalogue import queries
from lumbung.portal.catalogue.models import Dataset, Release
from lumbung.portal.catalogue.states import DatasetState
from lumbung.portal.catalogue.vocabulary import ClosingGround

DatasetView = Callable[..., HttpResponseBase]


def on_the_shelf(view: DatasetView) -> Callable[..., HttpResponseBase]:
    """Give the view the dataset named in the address; a closed one answers 410, all that is unknown the same 404.

    So does a file or a change of a release that was closed alone, while the dataset's other releases stay open.
    """

    @wraps(view)
    def answer(request: HttpRequest, slug: str, **rest: Any) -> HttpResponseBase:
        found = queries.visible().filter(slug=slug).first()
        if found is None:
            return stone(request, get_object_or_404(Dataset, slug=slug))
        try:
            return fresh(request, view(request, found, **rest))
        except Http404:
            closed = _closed_release(found, **rest)
            if closed is None or closed.closed_since is None:
                raise
            return _stone(request, ground=closed.closed_ground, since=closed.closed_since, slug=slug)

    return require_safe(answer)


def stone(request: HttpRequest, dataset: Dataset) -> HttpResponse:
    """Why and since when, and nothing else: not the title, for the title may have been the trouble."""
    closing = queries.closing_over(dataset.organisation) if dataset.state == DatasetState.PUBLISHED else None
    if closing:
        return _stone(request, ground=closing.ground, since=closing.since, slug=dataset.slug)
    return _stone(request, ground=dataset.ground, since=dataset.state_since, slug=dataset.slug)


def fresh(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Nobody keeps a page or file without asking again: what is closed must be closed everywhere at once."""
    if not request.user.is_authenticated:
        response.headers.setdefault("Cache-Control", "no-cache")
    return response


def _stone(request: HttpRequest, *, ground: str, since: datetime, slug: str) -> HttpResponse:
    because = ClosingGround(ground).label if ground else ""
    response = render(request, "design/stone.html", {"because": because, "since": since, "slug": slug}, status=410)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _closed_release(dataset: Dataset, *, name: str = "", number: int = 0, **_rest: object) -> Release | None:
    """The closed release that the address asked for, by the name of a file or by its number."""
    closed = Release.every.filter(dataset=dataset).exclude(closed_since=None)
    return (closed.filter(distributions__name=name) if name else closed.filter(number=number)).first()
