"""The public's two pages: tell what you saw, and see what became of it. Neither says whether it was true."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lumbung.portal.catalogue.models import Dataset
from lumbung.portal.catalogue.queries import visible
from lumbung.portal.incidents import actions, queries
from lumbung.portal.incidents.forms import CodeForm, ReportForm
from lumbung.portal.incidents.telling import new_code, sender_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for one dataset, open or closed; afterwards the code, once. A closed one is not called by its title."""
    dataset = get_object_or_404(Dataset, slug=slug)
    form = ReportForm(request.POST or None)
    shown = dataset if visible().filter(pk=dataset.pk).exists() else None
    context = {"form": form, "shown": shown, "address": dataset.get_absolute_url()}
    if request.method == "POST" and form.is_valid():
        context["code"] = _received(request, dataset, form)
        return _unlisted(render(request, "incidents/received.html", context))
    status = 422 if request.method == "POST" else 200
    return _unlisted(render(request, "incidents/report.html", context, status=status))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def follow(request: HttpRequest) -> HttpResponse:
    """Where a report stands. The code is posted, so that it is in no address, history or log."""
    form = CodeForm(request.POST or None)
    context = {"form": form, "asked": False, "report": None}
    if request.method == "POST" and form.is_valid():
        found = queries.followed(form.cleaned_data["code"])
        context |= {"asked": True, "report": found, "matter": found.matter if found else None}
    return _unlisted(render(request, "incidents/follow.html", context))


def _received(request: HttpRequest, dataset: Dataset, form: ReportForm) -> str:
    """The code. A program that fell into the trap gets one, too, that leads nowhere: nothing was kept."""
    if form.cleaned_data["website"]:
        return new_code()
    return actions.receive(dataset, told=form.told(), sender=sender_of(request.META.get("REMOTE_ADDR", "")))


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
