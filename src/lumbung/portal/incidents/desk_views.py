"""The duty officer's page: what was reported, the longest waiting first; find, close, answer, on a telephone."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import may, person_of
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.catalogue.permissions import check_closes
from lumbung.portal.catalogue.states import DatasetState
from lumbung.portal.incidents import actions, queries
from lumbung.portal.incidents.forms import AnswerForm, ClosingForm
from lumbung.portal.incidents.models import Matter
from lumbung.portal.incidents.permissions import check_calls
from lumbung.portal.incidents.states import OPEN
from lumbung.portal.publication.permissions import check_reopens

PER_PAGE = 25
MOST_TOLD = 50  # reports on one page: the newest; all of them are counted


@require_safe
@login_required
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """What waits, or with `semua` everything; `q` narrows it by title, address or organisation."""
    everything, asked = "semua" in request.GET, request.GET.get("q", "").replace("\0", "").strip()
    matters = queries.matters_for_officer(person_of(request))
    if asked:
        named = Q(dataset__title__icontains=asked) | Q(dataset__slug__icontains=asked)
        matters = matters.filter(named | Q(dataset__organisation__name__icontains=asked))
    matters = matters.order_by("-opened_at", "-pk") if everything else matters.filter(state__in=OPEN)
    page = Paginator(matters, PER_PAGE).get_page(request.GET.get("page"))
    running = queries.incidents_for_officer(person_of(request)).filter(ended_at=None)
    context = {"page": page, "asked": asked, "everything": everything, "running": running}
    return render(request, "incidents/desk.html", context)


@require_safe
@login_required
@never_cache
def matter(request: HttpRequest, number: int) -> HttpResponse:
    """Everything that was reported about one dataset, with the acts that are open to this person."""
    me = person_of(request)
    return render(request, "incidents/matter.html", _about(me, queries.matter_for_officer(me, number)))


@require_POST
@login_required
def close(request: HttpRequest, number: int) -> HttpResponse:
    """One click closes the dataset on every route; a reason may be written, the button gives one otherwise."""
    me = person_of(request)
    found = queries.matter_for_officer(me, number)
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return _again(request, found, closing_form=form)
    because = form.cleaned_data["because"] or _("Ditutup dari meja laporan: dilaporkan memuat data pribadi.")
    actions.close(found, person=me, by=actor_of(request), because=because, answer=form.cleaned_data["message"])
    messages.success(request, _("Data ditutup: halaman, unduhan, dan pencariannya tertutup sekarang juga."))
    return redirect("incidents:matter", number)


@require_POST
@login_required
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Answer those who reported, without changing the shelf."""
    me = person_of(request)
    found = queries.matter_for_officer(me, number)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _again(request, found, answer_form=form)
    actions.settle(found, person=me, by=actor_of(request), answer=form.cleaned_data["answer"])
    messages.success(request, _("Laporan dijawab. Pelapor dapat membacanya dengan kodenya."))
    return redirect("incidents:desk")


@require_POST
@login_required
@never_cache
def contact(request: HttpRequest, number: int, report_number: int) -> HttpResponse:
    """How one visitor can be reached: shown once for every click, and every click stands in the record."""
    me = person_of(request)
    found = queries.matter_for_officer(me, number)
    report = get_object_or_404(found.told.select_related("matter__dataset__organisation"), pk=report_number)
    reach = actions.contact_of(report, person=me, by=actor_of(request))
    return render(request, "incidents/contact.html", {"matter": found, "report": report, "reach": reach})


def _again(request: HttpRequest, found: Matter, **forms: Any) -> HttpResponse:
    return render(request, "incidents/matter.html", {**_about(person_of(request), found), **forms}, status=422)


def _about(me: Person, found: Matter) -> dict[str, Any]:
    stands, closes = found.dataset.state == DatasetState.PUBLISHED, may(check_closes, me, found.dataset)
    return {
        "matter": found,
        "dataset": found.dataset,
        "told": found.told.all()[:MOST_TOLD],
        "stands": stands,
        "may_close": stands and closes,
        "may_settle": found.is_open and closes,
        "may_call": may(check_calls, me, found.dataset),
        "may_restore": found.dataset.state == DatasetState.QUARANTINED and may(check_reopens, me, found.dataset),
        "incident": found.dataset.incidents.filter(ended_at=None).first(),
        "closing_form": ClosingForm(),
        "answer_form": AnswerForm(),
    }
