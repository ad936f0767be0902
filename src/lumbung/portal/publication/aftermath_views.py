"""What remains to be done elsewhere after a closing: copies at search engines, and backups of our own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.portal.accounts.permissions import person_of
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.catalogue.states import DatasetState
from lumbung.portal.publication import backups, forgetting, queries
from lumbung.portal.publication.forms import BackupForm
from lumbung.portal.publication.permissions import check_watches


@require_safe
@login_required
@never_cache
def forget(request: HttpRequest, slug: str) -> HttpResponse:
    """Requests with the exact addresses of one closed dataset."""
    found = queries.dataset_for_keeper(person_of(request), slug)
    if found.state == DatasetState.PUBLISHED:
        raise Http404
    context = {"dataset": found, "requests": forgetting.requests(found)}
    return render(request, "publication/forgetting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def copies(request: HttpRequest) -> HttpResponse:
    """The register of backups, and the form for one more."""
    me = person_of(request)
    check_watches(me)
    form = BackupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        backups.note(asked["place"], days=asked["days"], person=me, by=actor_of(request))
        messages.success(request, _("Salinan tercatat."))
        return redirect("publication:backups")
    context = {"form": form, "backups": backups.standing()}
    return render(request, "publication/backups.html", context, status=422 if request.method == "POST" else 200)
