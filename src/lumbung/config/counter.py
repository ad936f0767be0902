"""The counter's addresses at the portal itself: handed over before anything asks the portal's database.

So one origin serves the form and takes the envelope, and it goes on taking while that database is read-only or gone.
Where the portal is down altogether, the counter's own process answers (docs/counter.md).
"""

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from lumbung.counter.application import PREFIX, Counter


class AtTheCounter:
    """Answers everything under the counter's addresses by the counter's own application, over the same folder."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._counter = Counter(Path(settings.LUMBUNG_HOME) / "counter", proxied=settings.ENCRYPTED)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """No session, no cookie, no page of the portal takes part in it."""
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        response = HttpResponse()

        def start(status: str, head: list[tuple[str, str]]) -> None:
            response.status_code = HTTPStatus(int(status[:3]))
            for name, said in head:
                response.headers[name] = said

        environ: dict[str, Any] = request.META
        response.content = b"".join(self._counter(environ, start))
        return response
