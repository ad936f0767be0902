"""What stays open while the whole portal is closed or may only be read. All other addresses answer 503.

Whatever is new is shut with the rest unless it is named here: nobody can forget it. The lists hold how the names of
addresses begin (a namespace ends in a colon).
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from lumbung.portal.catalogue.models import Closing
from lumbung.portal.catalogue.queries import whole_portal
from lumbung.portal.catalogue.states import Shut

DESK = "/meja/"
RETRY_AFTER = 600  # seconds
# What shows nothing of any dataset: signs of life, the way in, the record's heads, a report about what was seen.
STILL_SEEN = (
    "healthz", "set_language", "account_", "mfa_", "accept_invitation", "open_invitation", "audit:heads",
    "incidents:report", "incidents:follow", "intake:rules", "catalogue:robots", "services:", "publication:withdrawals",
    "tracing:check", "requests:services", "requests:form", "requests:standing", "chat:",
)  # fmt: skip
# What people still do while everything else may only be read: come in, close and open, answer reports.
STILL_DONE = (
    "set_language", "account_", "mfa_", "accept_invitation", "end_session", "accounts:", "audit:", "incidents:",
    "tracing:", "services:", "chat:",
    "requests:standing", "requests:move", "requests:reject", "requests:register-key",  # its statistics are sent in
    "requests:arrange", "requests:offer", "requests:set-day", "requests:unset-day",
    "publication:close", "publication:shut", "publication:open", "publication:undo",
    "publication:quarantine", "publication:withdraw", "publication:restore", "publication:remove",
    "ckan:action",  # CKAN's clients read by POST; what writes is refused there
)  # fmt: skip
SAFE = ("GET", "HEAD", "OPTIONS")


class WholePortal:
    """Asks the database before every page whether the portal is shut, so that all processes know at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Whatever the public is given says itself that it must be asked for again."""
        response = self.get_response(request)
        if not request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-cache")
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kept: object) -> HttpResponse | None:
        """503 with a time to come back, or nothing where the address stays open."""
        if (closing := whole_portal()) is None:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        done = request.method in SAFE or name.startswith(STILL_DONE)
        seen = closing.shut == Shut.READ_ONLY or name.startswith(STILL_SEEN) or request.path_info.startswith(DESK)
        return None if done and seen else _shut(request, closing)


def _shut(request: HttpRequest, closing: Closing) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        told = {"success": False, "error": {"code": "portal-shut", "since": closing.since.isoformat()}}
        response: HttpResponse = JsonResponse(told, status=503)
    else:
        response = render(request, "config/shut.html", {"closing": closing}, status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response
