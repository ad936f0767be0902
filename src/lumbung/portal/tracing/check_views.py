"""The public page of a check: the browser blinds the numbers itself, so none ever reaches this server.

What is asked of the server is a whole filter of one kecamatan, and one random-looking element to be multiplied.
Neither tells who asks about whom, nor whether it was found. No log line and no row remembers more than a count.
"""

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lumbung.portal.accounts.permissions import Refused
from lumbung.portal.incidents.telling import sender_of
from lumbung.portal.tracing import checking
from lumbung.portal.tracing.models import CheckState, ResidentCheck

ELEMENT = 32  # bytes (RFC 9496)
BYTES, NOT_KEPT = "application/octet-stream", {"Cache-Control": "no-store"}


@require_safe
@never_cache
def checks(request: HttpRequest) -> HttpResponse:
    """The checks that stand open."""
    open_ = ResidentCheck.objects.filter(state=CheckState.OPEN).select_related("incident__dataset")
    return render(request, "tracing/checks.html", {"checks": open_})


@require_safe
@never_cache
def check(request: HttpRequest, number: int) -> HttpResponse:
    """One of them; a closed one says so and answers nothing (410)."""
    found = check_of(number)
    is_open = found.state == CheckState.OPEN
    return render(request, "tracing/check.html", {"check": found, "is_open": is_open}, status=200 if is_open else 410)


@require_safe
def filter_file(request: HttpRequest, number: int, district: str) -> HttpResponseBase:
    """A whole filter; 404 for a kecamatan of which nobody is affected."""
    return sent_filter(check_of(number), "warga", district)


@require_POST
def evaluate(request: HttpRequest, number: int) -> HttpResponse:
    """One blinded element, multiplied. The body is the element and nothing else."""
    found, sender = check_of(number), sender_of(request.META.get("REMOTE_ADDR", ""))
    try:
        return multiplied(checking.evaluate(found, request.read(ELEMENT + 1), sender=sender))
    except Refused as refused:
        return told(refused)


def check_of(number: int) -> ResidentCheck:
    """One check; 404 for what is unknown or still being prepared."""
    known = ResidentCheck.objects.exclude(state=CheckState.PREPARING).select_related("incident__dataset")
    return get_object_or_404(known, pk=number)


def sent_filter(found: ResidentCheck, kind: str, district: str) -> HttpResponseBase:
    """The bytes of a filter, or 404 or 410 as JSON, for a program asks."""
    if found.state == CheckState.OPEN and district not in found.districts:
        return JsonResponse({"code": "no-filter"}, status=404)
    try:
        path = checking.filter_of(found, kind, district)
    except Refused as refused:
        return told(refused)
    return FileResponse(path.open("rb"), content_type=BYTES, headers=NOT_KEPT)


def multiplied(element: bytes) -> HttpResponse:
    """What the protocol sends back."""
    return HttpResponse(element, content_type=BYTES, headers=NOT_KEPT)


def told(refused: Refused) -> JsonResponse:
    """A refusal for the page's own program, which has a sentence for each code."""
    return JsonResponse({"code": refused.code}, status=refused.status)
