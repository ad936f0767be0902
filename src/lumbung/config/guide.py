"""The guided page of the demo: the incident of 2019, replayed by hand. It is there only where the demo was loaded.

The demo leaves an invented register in LUMBUNG_HOME/demo; this page leads a visitor through uploading it. On a portal
without that folder both addresses answer as if they had never been.
"""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

REGISTER = "data-penduduk-2017.xls"


def register_file() -> Path:
    """Where the demo leaves the invented register."""
    return Path(settings.LUMBUNG_HOME) / "demo" / REGISTER


def demo_guide(request: HttpRequest) -> dict[str, bool]:
    """`demo_guide` for the header: whether this portal is a demo with an incident to replay."""
    return {"demo_guide": register_file().is_file()}


def guide(request: HttpRequest) -> HttpResponse:
    """The five steps; 404 where this is no demo."""
    if not register_file().is_file():
        raise Http404
    return render(request, "config/guide.html", {"register": REGISTER})


def register(request: HttpRequest) -> FileResponse:
    """The invented register, to be uploaded again; 404 where this is no demo."""
    if not register_file().is_file():
        raise Http404
    return FileResponse(register_file().open("rb"), as_attachment=True, filename=REGISTER)
