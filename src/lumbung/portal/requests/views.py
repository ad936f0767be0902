"""The public's pages: what there is to ask for, the form that seals itself, and where a request stands.

No page here takes anything of the applicant in clear: the form is never posted to the portal.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.counter.application import PREFIX
from lumbung.portal.incidents.telling import sender_of
from lumbung.portal.requests import draining
from lumbung.portal.requests.forms import StandingForm
from lumbung.portal.requests.listing import offered_by, source
from lumbung.portal.requests.models import Office
from lumbung.portal.requests.queries import offices, standing_of


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Every office that takes requests, with its services, what to bring and how long it takes."""
    found = [{"office": office, "services": offered_by(office).values()} for office in offices()]
    return render(request, "requests/services.html", {"offices": found, "source": source()})


@require_safe
def form(request: HttpRequest, office: str, service: str) -> HttpResponse:
    """The form of one service at one office. Without JavaScript it says what is needed and where the office is."""
    found = get_object_or_404(offices(), organisation__slug=office)
    wanted = offered_by(found).get(service)
    if wanted is None:
        raise Http404
    context = {
        "office": found,
        "service": wanted,
        "key": found.keys.get(retired_at=None),
        "send": PREFIX,
        "status": request.build_absolute_uri(reverse("requests:standing")),
    }
    return render(request, "requests/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def standing(request: HttpRequest, ticket: str = "") -> HttpResponse:
    """Where a request stands, by its ticket and its secret. Nothing else leads there, and no answer tells which of
    the two was wrong."""
    typed = StandingForm(request.POST or None, initial={"ticket": ticket})
    context: dict[str, object] = {
        "form": typed,
        "asked": False,
        "offices": Office.objects.select_related("organisation"),
    }
    if request.method == "POST" and typed.is_valid():
        said = typed.cleaned_data
        found = standing_of(said["ticket"], said["secret"], sender=sender_of(request.META.get("REMOTE_ADDR", "")))
        waits = found is None and draining.waits(said["ticket"], said["secret"])
        context |= {"asked": True, "standing": found, "waits": waits}
    response = render(request, "requests/standing.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
