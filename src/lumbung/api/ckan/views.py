"""What stands behind the addresses of CKAN's Action API."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe


@require_safe
def version(request: HttpRequest) -> HttpResponse:
    """The version of the interface, by which clients recognise it."""
    return JsonResponse({"version": 3})
