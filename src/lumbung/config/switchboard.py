"""The one place where a closed service is closed: before any page of it is made, every address of it answers 503.

Which addresses those are stands in the settings. Asked of the database before every page, so that all processes know
at once and nothing that a browser kept brings a closed service back. A degraded service serves, and its pages say so.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from lumbung.api.data.door import open_to_all
from lumbung.api.limits import FOR_MACHINES, OF_CKAN
from lumbung.portal.services import queries
from lumbung.portal.services.queries import Standing
from lumbung.portal.services.shown import of_standing
from lumbung.portal.services.states import ServiceState
from lumbung.portal.services.table import NEVER, Table

SOONEST, LATEST = 60, 86_400  # seconds to come back after
OVERDUE = 600  # seconds, where the promised news are late
DISTURBED = "lumbung.disturbed"  # key of META: the standing that the page of a degraded service shows


class Switchboard:
    """Answers for closed services; leaves word for the banner of degraded ones."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.table = Table(settings.SERVICE_ADDRESSES, settings.SERVICES_NEVER_SHUT)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """503, or the page as it is. An OPTIONS shows nothing, and browsers ask it before they may read a 503."""
        code = self.table.code_of(request.path_info)
        standing = queries.not_open().get(code) if code != NEVER else None
        if standing is None or request.method == "OPTIONS":
            return self.get_response(request)
        if standing.state == ServiceState.CLOSED:
            return closed(request, standing)
        request.META[DISTURBED] = standing
        return self.get_response(request)


def banner(request: HttpRequest) -> dict[str, Standing | None]:
    """`disturbed` for the base template: the degraded service that the page belongs to, or None."""
    return {"disturbed": request.META.get(DISTURBED)}


def closed(request: HttpRequest, standing: Standing) -> HttpResponse:
    """503 in the shape that the asker knows: a page, or JSON with the same facts."""
    if request.path_info.startswith(OF_CKAN):
        response: HttpResponse = _as_ckan(standing)
    elif _is_program(request):
        told = {"type": "about:blank", "title": _sentence(standing), "status": 503, "code": "service-closed"}
        response = JsonResponse(told | {"service": of_standing(standing)}, status=503)
        response["Content-Type"] = "application/problem+json"
    else:
        response = render(request, "services/closed.html", {"standing": standing}, status=503)
    if _is_program(request):
        open_to_all(response)
    response["Retry-After"] = str(_wait(standing))
    response["Cache-Control"] = "no-store"
    response["Link"] = f'<{settings.LUMBUNG_URL}/status.json>; rel="status"'  # RFC 8631
    return response


def _is_program(request: HttpRequest) -> bool:
    wants = request.headers.get("Accept", "")
    return request.path_info.startswith(FOR_MACHINES) or ("json" in wants and "text/html" not in wants)


def _as_ckan(standing: Standing) -> HttpResponse:
    """https://docs.ckan.org/en/2.11/api/#making-an-api-request"""
    error: dict[str, Any] = {"__type": "Service Unavailable", "message": _sentence(standing)}
    told = {"help": f"{settings.LUMBUNG_URL}/status", "success": False}
    return JsonResponse(told | {"error": error | {"service": of_standing(standing)}}, status=503)


def _sentence(standing: Standing) -> str:
    return _("%(service)s sedang ditutup. %(reason)s") % {"service": standing.label, "reason": standing.reason}


def _wait(standing: Standing) -> int:
    """Seconds until the next news, within a minute and a day."""
    if standing.next_at is None or standing.is_late:
        return OVERDUE
    return min(max(int((standing.next_at - timezone.now()).total_seconds()), SOONEST), LATEST)
