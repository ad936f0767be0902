"""The desk of copies: what is out, what waits, asking, deciding, the record of a handing over."""

import io
import json
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import may, person_of
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.copies import alarms, asking, queries, recording
from lumbung.portal.copies.forms import FEWEST, AnswerForm, AskForm, DecisionForm, SealForm
from lumbung.portal.copies.masks import Mask
from lumbung.portal.copies.models import Format, Handout
from lumbung.portal.copies.permissions import MAY_HAND, MAY_TRACE, check_asks, check_decides, check_traces
from lumbung.portal.copies.states import HandoutState
from lumbung.tracing.copies import HEADINGS

PER_PAGE = 25


@require_safe
@login_required
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """What is out and until when, what waits, alarms above all."""
    me = person_of(request)
    check_belongs(me)
    handouts = Paginator(queries.handouts_for(me, *MAY_HAND), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": handouts,
        "alarms": queries.alarms_for(me),
        "answer_form": AnswerForm(),
        "out": queries.copies_out(me),
        "registers": queries.registers_for(me),
        "viewings": queries.viewings_for(me)[:PER_PAGE],
        "me": me,
        "traces": organisations_where(me, *MAY_TRACE).exists(),
    }
    return render(request, "copies/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def ask(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """What is asked for, of one held register."""
    me = person_of(request)
    found = queries.get_register(me, submission_id)
    check_asks(me, found.organisation)
    usual = {"columns": FEWEST, "mask": Mask.TEN, "format": Format.PDF}
    form = AskForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        handout = asking.ask(found, form.wish(), person=me, by=actor_of(request))
        messages.success(request, _("Permintaan dikirim. PPDP memutuskannya; belum ada salinan yang dibuat."))
        return redirect(handout)
    context = {"form": form, "submission": found}
    return render(request, "copies/ask.html", context, status=422 if form.is_bound else 200)


@require_safe
@login_required
@never_cache
def handout(request: HttpRequest, handout_id: UUID) -> HttpResponse:
    """One request with its copies."""
    return page_of(request, queries.get_handout(person_of(request), handout_id))


@require_POST
@login_required
def decide(request: HttpRequest, handout_id: UUID) -> HttpResponse:
    """The second person's answer."""
    me = person_of(request)
    found = queries.get_handout(me, handout_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return page_of(request, found, status=422, decision_form=form)
    said = form.cleaned_data
    asking.decide(found, person=me, by=actor_of(request), approve=said["answer"] == "approve", because=said["because"])
    messages.success(request, _("Keputusan dicatat."))
    return redirect(found)


@require_safe
@login_required
@never_cache
def record(request: HttpRequest, handout_id: UUID) -> HttpResponse:
    """The record of the handing over, `serah-terima.json`, as it goes with the copies."""
    found = queries.get_handout(person_of(request), handout_id)
    text = json.dumps(recording.handover(found), ensure_ascii=False, indent=1)
    headers = {"Content-Disposition": 'attachment; filename="serah-terima.json"'}
    return HttpResponse(text, content_type="application/json", headers=headers)


@require_POST
@login_required
def seal(request: HttpRequest, handout_id: UUID) -> HttpResponse:
    """The secret of the marks, for a third party alone."""
    me = person_of(request)
    found = queries.get_handout(me, handout_id)
    form = SealForm(request.POST)
    if not form.is_valid():
        return page_of(request, found, status=422, seal_form=form)
    content = recording.sealed_secret(found, key=form.cleaned_data["recipient"], person=me, by=actor_of(request))
    headers = {"Content-Disposition": 'attachment; filename="rahasia.json.age"', "Cache-Control": "no-store"}
    return HttpResponse(io.BytesIO(content).getvalue(), content_type="application/octet-stream", headers=headers)


@require_POST
@login_required
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """What was done about an alarm."""
    me = person_of(request)
    found = queries.get_alarm(me, number)
    form = AnswerForm(request.POST)
    if form.is_valid():
        alarms.answer(found, words=form.cleaned_data["words"], person=me, by=actor_of(request))
        messages.success(request, _("Jawaban dicatat."))
    else:
        messages.error(request, _("Tulis apa yang dilakukan."))
    return redirect("copies:desk")


def check_belongs(person: Person) -> None:
    """Raise Refused for who has nothing to do here and reads nothing either."""
    if not queries.viewings_for(person).exists():
        queries.check_has_part(person)


def page_of(request: HttpRequest, found: Handout, *, status: int = 200, **forms: object) -> HttpResponse:
    """The page of one request, with whichever forms were filled in wrongly."""
    me = person_of(request)
    context = {
        "handout": found,
        "copies": found.copies.order_by("number"),
        "columns": [HEADINGS[name] for name in found.columns],
        "has_numbers": any(found.shown.values()),
        "ready": found.state == HandoutState.READY,
        "may_decide": found.state == HandoutState.ASKED and may(check_decides, me, found.organisation, found.asked_by),
        "may_trace": found.state == HandoutState.READY and may(check_traces, me, found.organisation),
        "decision_form": DecisionForm(),
        "seal_form": SealForm(),
        **forms,
    }
    return render(request, "copies/handout.html", context, status=status)
