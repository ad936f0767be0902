"""The incidents with their clocks, and the chronology of each: for all who must act."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lumbung.portal.accounts.permissions import may, person_of
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.incidents import actions, queries
from lumbung.portal.incidents.chronology import chronology, span
from lumbung.portal.incidents.forms import EndForm
from lumbung.portal.incidents.models import Incident
from lumbung.portal.incidents.permissions import check_ends

PER_PAGE = 25


@require_safe
@login_required
@never_cache
def incidents(request: HttpRequest) -> HttpResponse:
    """Every incident this person is on duty for; what goes on stands above what has ended."""
    page = Paginator(queries.incidents_for_officer(person_of(request)), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "incidents/incidents.html", {"page": page})


@require_safe
@login_required
@never_cache
def incident(request: HttpRequest, number: int) -> HttpResponse:
    """The clock and the chronology of one."""
    return _page(request, queries.incident_for_officer(person_of(request), number), EndForm())


@require_POST
@login_required
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Declare it done."""
    me = person_of(request)
    found = queries.incident_for_officer(me, number)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    actions.end_incident(found, person=me, by=actor_of(request), because=form.cleaned_data["because"])
    messages.success(request, _("Insiden dinyatakan selesai."))
    return redirect("incidents:incident", number)


def _page(request: HttpRequest, found: Incident, form: EndForm, *, status: int = 200) -> HttpResponse:
    story, now = chronology(found.dataset), timezone.now()
    context = {
        "incident": found,
        "dataset": found.dataset,
        "story": story,
        "hours": span(story.exposures, now=now),
        "left": max(found.deadline - now, now - now),
        "may_end": found.ended_at is None and may(check_ends, person_of(request), found.dataset),
        "form": form,
    }
    return render(request, "incidents/incident.html", context, status=status)
