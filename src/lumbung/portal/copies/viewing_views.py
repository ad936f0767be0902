"""Asking for the viewing room, deciding, and reading in it. Nothing here may be kept by a browser or printed."""

from uuid import UUID

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.portal.accounts.permissions import Refused, may, person_of
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.copies import queries, viewing
from lumbung.portal.copies.forms import DecisionForm, ReasonForm, ViewingForm
from lumbung.portal.copies.models import Viewing
from lumbung.portal.copies.permissions import check_asks, check_decides, check_reads
from lumbung.portal.copies.states import ViewingState
from lumbung.tracing.copies import HEADINGS

ENTERED = "viewing"  # where the session keeps which room was entered, and when
STAYS = 15 * 60  # seconds


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def ask(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """For whom, which columns, until when."""
    me = person_of(request)
    found = queries.get_register(me, submission_id)
    check_asks(me, found.organisation)
    form = ViewingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        viewing.ask(found, person=me, by=actor_of(request), **form.asked())
        messages.success(request, _("Permintaan dikirim. PPDP memutuskannya."))
        return redirect("copies:desk")
    status = 422 if form.is_bound else 200
    return render(request, "copies/ask_viewing.html", {"form": form, "submission": found}, status=status)


@require_safe
@login_required
@never_cache
def room(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """Before the door: what was permitted, and the question why."""
    return _door(request, queries.get_viewing(person_of(request), viewing_id))


@require_POST
@login_required
def decide(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """The second person's answer."""
    me = person_of(request)
    found = queries.get_viewing(me, viewing_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _door(request, found, status=422, decision_form=form)
    said = form.cleaned_data
    viewing.decide(
        found, person=me, by=actor_of(request), approve=said["answer"] == "approve", because=said["because"]
    )
    messages.success(request, _("Keputusan dicatat."))
    return redirect("copies:room", found.pk)


@require_POST
@login_required
def close(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """Shut it."""
    me = person_of(request)
    found = queries.get_viewing(me, viewing_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _door(request, found, status=422, reason_form=form)
    viewing.close(found, person=me, by=actor_of(request), because=form.cleaned_data["because"])
    messages.success(request, _("Ruang baca ditutup."))
    return redirect("copies:desk")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def enter(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """Through the door: the second step anew, then the reason."""
    me = person_of(request)
    found = queries.get_viewing(me, viewing_id)
    check_reads(me, found)
    if not _just_proven(request):
        raise ReauthenticationRequired  # allauth leads to the person's own kind of second step, and back
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        viewing.enter(found, person=me, by=actor_of(request), because=form.cleaned_data["because"])
        request.session[ENTERED] = [str(found.pk), timezone.now().timestamp()]
        return redirect("copies:rows", found.pk, 1)
    return render(request, "copies/enter.html", {"viewing": found, "form": form}, status=422 if form.is_bound else 200)


@require_safe
@login_required
@never_cache
def rows(request: HttpRequest, viewing_id: UUID, number: int) -> HttpResponse:
    """One page, with who reads and when written across it."""
    me = person_of(request)
    found = queries.get_viewing(me, viewing_id)
    check_reads(me, found)
    if request.headers.get("Sec-Purpose") or request.method == "HEAD":
        raise Refused("not-read", _("Halaman ini hanya dibuka oleh orang yang membacanya."))
    entered, when = request.session.get(ENTERED, ["", 0])
    if entered != str(found.pk) or timezone.now().timestamp() - when > STAYS:
        return redirect("copies:enter", found.pk)
    shown = viewing.page(found, number, person=me, by=actor_of(request))
    last = shown.first + len(shown.rows) > shown.of
    context = {"viewing": found, "shown": shown, "number": number, "last": last, "me": me, "now": timezone.now()}
    response = render(request, "copies/rows.html", context)
    response["Cache-Control"] = "no-store, max-age=0"
    return response


def _just_proven(request: HttpRequest) -> bool:
    """Whether the second step itself was taken in this session within the last minutes; a password is not enough."""
    since = timezone.now().timestamp() - STAYS
    records = get_authentication_records(request, person_of(request))
    return any(one["method"] == "mfa" and one["at"] > since for one in records)


def _door(request: HttpRequest, found: Viewing, *, status: int = 200, **forms: object) -> HttpResponse:
    me = person_of(request)
    others = (found.asked_by, found.viewer)
    context = {
        "viewing": found,
        "columns": [HEADINGS[name] for name in found.columns],
        "may_decide": found.state == ViewingState.ASKED and may(check_decides, me, found.organisation, *others),
        "may_read": may(check_reads, me, found),
        "is_viewer": found.viewer_id == me.pk,
        "decision_form": DecisionForm(),
        "reason_form": ReasonForm(),
        **forms,
    }
    return render(request, "copies/room.html", context, status=status)
