"""Every address of the own API passes one of these: read only, open to every website, problems told in one shape.

What a dataset's address answers is the same for a dataset that waits, is private, or never was: 404, byte by byte.
One that stood open and is closed answers 410, as its page does.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import polars as pl
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from lumbung.api.data import problems
from lumbung.api.data.problems import Problem
from lumbung.api.data.tables import ReleaseClosed
from lumbung.api.shelved import dataset_called
from lumbung.portal.catalogue import queries
from lumbung.portal.catalogue.door import fresh
from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.states import DatasetState

SAFE = "GET, HEAD, OPTIONS"
ASKED = "Accept, Authorization, If-None-Match, If-Range, Range"
SHOWN = "Content-Disposition, Content-Range, ETag, Link, RateLimit, RateLimit-Policy, Retry-After"
View = Callable[..., HttpResponseBase]


def for_programs(view: View) -> View:
    """Read only; a `Problem` becomes an answer; any website's own program may read what comes back."""

    @wraps(view)
    def answer(request: HttpRequest, **rest: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return open_to_all(HttpResponse(status=204, headers={"Allow": SAFE}))
        if request.method not in ("GET", "HEAD"):
            refused = problems.response("method", status=405)
            refused["Allow"] = SAFE
            return open_to_all(refused)
        try:
            return open_to_all(fresh(request, view(request, **rest)))
        except Problem as problem:
            return open_to_all(problem.response())
        except SuspiciousOperation:  # more fields in the address than Django reads
            return open_to_all(problems.response("too-many", status=400))

    return csrf_exempt(answer)  # nothing is written, so that a POST is told that it is one


def of_dataset(view: View) -> View:
    """Give the view the open dataset of the address; 410 for one that was closed, the same 404 for all else."""

    @wraps(view)
    def answer(request: HttpRequest, *, slug: str, **rest: Any) -> HttpResponseBase:
        found = dataset_called(slug)
        if found is None:
            return stone(slug)
        try:
            return view(request, shown=found, **rest)
        except ReleaseClosed as closed:
            return problems.gone(ground=closed.ground, since=closed.since)
        except (OSError, pl.exceptions.PolarsError):
            if queries.visible().filter(pk=found.pk).exists():
                raise
            return stone(slug)  # it was closed, and its files swept away, while they were read

    return for_programs(answer)


def stone(slug: str) -> HttpResponse:
    """410 with the reason's code and the moment, or 404."""
    closed = Dataset.objects.select_related("organisation").filter(slug=slug).first()
    if closed is None:
        return problems.response("unknown", status=404)
    closing = queries.closing_over(closed.organisation) if closed.state == DatasetState.PUBLISHED else None
    if closing:
        return problems.gone(ground=closing.ground, since=closing.since)
    return problems.gone(ground=closed.ground, since=closed.state_since)


def open_to_all(response: HttpResponseBase) -> HttpResponseBase:
    """CORS (Fetch standard): readable by every website's programs, without cookies."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = SAFE
    response["Access-Control-Allow-Headers"] = ASKED
    response["Access-Control-Expose-Headers"] = SHOWN
    response["Access-Control-Max-Age"] = "86400"
    return response
