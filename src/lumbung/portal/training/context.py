"""What every page of a training house shows, and tells search engines."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def training(request: HttpRequest) -> dict[str, bool]:
    """`training` for the base template: whether this portal is a training house."""
    return {"training": settings.TRAINING}


class KeptOutOfSearch:
    """No page of a training house is listed anywhere: who searches for a village finds the village."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Adds X-Robots-Tag in a training house; touches nothing elsewhere."""
        answer = self.get_response(request)
        if settings.TRAINING:
            answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return answer
