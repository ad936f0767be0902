"""How the web server comes by its account of what it answered: a middleware leaves word, gunicorn's logger writes.

Source: gunicorn's `logger_class`. What a line holds is said in `portal.services.access_log`.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from gunicorn.glogging import Logger  # type: ignore[import-untyped]  # it carries no types

from lumbung.portal.audit.noting import noting
from lumbung.portal.services.access_log import LINES, ROUTE, line_of, write


class Noted:
    """The outermost middleware: leaves word of the address's name and of the lines written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Where no address was found, the name stays away."""
        with noting() as lines:
            response = self.get_response(request)
        request.META[LINES] = ",".join(map(str, lines))
        if request.resolver_match:
            request.META[ROUTE] = request.resolver_match.view_name
        return response


class AccessLog(Logger):
    """Writes one line for each answer, by itself: several processes share the file, and a line is written at once."""

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> None:
        """Never in the way of an answer: on a full disk the line is lost, and reconciling says so."""
        now = datetime.now(UTC)
        line = line_of(now, status=str(resp.status)[:3], size=int(resp.sent or 0), environ=environ)
        try:
            write(line, day=now.date())
        except OSError:
            self.error("a line of the access log could not be written")
