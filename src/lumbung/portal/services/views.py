"""The public status page in three shapes."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lumbung.portal.services import queries, shown


@require_safe
@never_cache
def status(request: HttpRequest) -> HttpResponse:
    """For people."""
    return render(request, "services/status.html", {"status": queries.status(), "now": timezone.now()})


@require_safe
@never_cache
def status_json(request: HttpRequest) -> HttpResponse:
    """For machines; every origin may read it."""
    response = JsonResponse(shown.as_json(timezone.now(), queries.status()))
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
@never_cache
def status_atom(request: HttpRequest) -> HttpResponse:
    """Every move, for feed readers."""
    feed = shown.as_atom(request)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
