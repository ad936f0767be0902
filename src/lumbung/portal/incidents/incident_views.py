"""The incidents with their clocks, and the chronology of each: for all who must act."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lumbung.portal.accounts.permissions import Unfit, may, person_of
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.audit.models import Head
from lumbung.portal.audit.proofs import proofs
from lumbung.portal.incidents import actions, duties, queries
from lumbung.portal.incidents.chronology import TAKEN
from lumbung.portal.incidents.drafting import WHY_NOT, kinds_of
from lumbung.portal.incidents.evidence import export
from lumbung.portal.incidents.exposure import span
from lumbung.portal.incidents.extent import releases_of
from lumbung.portal.incidents.forms import EndForm, RecipientForm, TaskForm, TrainingForm
from lumbung.portal.incidents.gathering import is_as_written
from lumbung.portal.incidents.models import Dossier, Incident, LetterKind
from lumbung.portal.incidents.office import office
from lumbung.portal.incidents.permissions import NotYet, check_acts, check_ends
from lumbung.portal.incidents.places import MOST_LINES, lines_about, story

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


@require_POST
@login_required
def gather(request: HttpRequest, number: int) -> HttpResponse:
    """Have the files counted again and everything gathered anew, in the background."""
    found = queries.incident_for_officer(person_of(request), number)
    check_acts(person_of(request), found)
    actions.ask_gathering(found)
    messages.success(request, _("Keterangannya sedang disusun ulang. Muat ulang halaman ini sebentar lagi."))
    return redirect("incidents:incident", number)


@require_POST
@login_required
def training(request: HttpRequest, number: int) -> HttpResponse:
    """Note that a training was held before it; the facts are gathered anew with it."""
    me = person_of(request)
    found = queries.incident_for_officer(me, number)
    form = TrainingForm(request.POST)
    try:
        if form.is_valid():
            check_acts(me, found)
            actions.tell_training(found, person=me, by=actor_of(request), **form.cleaned_data)
            messages.success(request, _("Pelatihannya tercatat. Keterangan insiden sedang disusun ulang."))
            return redirect("incidents:incident", number)
    except Unfit as unfit:
        form.add_error("until", f"{unfit.sentence} {unfit.next_step}")
    return _page(request, found, EndForm(), training=form, status=422)


@require_POST
@login_required
def done(request: HttpRequest, number: int, task_number: int) -> HttpResponse:
    """Tick a duty off."""
    me = person_of(request)
    found = queries.incident_for_officer(me, number)
    task = get_object_or_404(found.tasks, pk=task_number)
    form = TaskForm(request.POST)
    if not form.is_valid():
        return _page(request, found, EndForm(), status=422)
    duties.finish(task, person=me, by=actor_of(request), words=form.cleaned_data["words"])
    messages.success(request, _("Tugas dicatat selesai."))
    return redirect("incidents:incident", number)


@require_safe
@login_required
@never_cache
def proven(request: HttpRequest, number: int, line: int | None = None) -> HttpResponse:
    """The lines of the chronology, or one of them, each with its proof; with names only where `lengkap` is asked."""
    found = queries.incident_for_officer(person_of(request), number)
    lines = lines_about(found)
    chosen = lines.exclude(kind__in=TAKEN) if line is None else lines.filter(sequence=line)
    if not chosen.exists():
        raise Http404
    shown = proofs(chosen, personal="lengkap" in request.GET)
    text = "".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n" for one in shown)
    if not text:
        raise NotYet(
            "no-head-yet",
            _("Baris ini belum bernaung di bawah kepala yang ditandatangani."),
            _("Kepala berikutnya ditandatangani paling lama satu jam lagi."),
        )
    name = f"bukti-insiden-{number}.jsonl" if line is None else f"bukti-baris-{line}.jsonl"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/jsonl", headers=headers)


@require_POST
@login_required
def evidence(request: HttpRequest, number: int) -> HttpResponseBase:
    """Everything in one file that only its recipient can open."""
    me = person_of(request)
    found = queries.incident_for_officer(me, number)
    form = RecipientForm(request.POST)
    try:
        if form.is_valid():
            recipient = form.cleaned_data["recipient"]
            file, _digest = export(found, recipient=recipient, person=me, by=actor_of(request))
            return FileResponse(file, as_attachment=True, filename=f"bukti-insiden-{number}.zip")
    except Unfit as unfit:
        form.add_error("recipient", f"{unfit.sentence} {unfit.next_step}")
    return _page(request, found, EndForm(), recipient=form, status=422)


def _page(
    request: HttpRequest,
    found: Incident,
    form: EndForm,
    *,
    recipient: RecipientForm | None = None,
    training: TrainingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    me, now, told = person_of(request), timezone.now(), story(found)
    head = Head.objects.first()
    context = {
        "incident": found,
        "story": told,
        "cut": len(told.lines) if not found.dataset and len(told.lines) >= MOST_LINES else 0,
        "uploads_left": told.uploads_in_all - len(told.uploads),
        "releases": releases_of(found),
        "within": queries.within(found).select_related("dataset"),
        "over": queries.over(found.dataset).filter(ended_at=None) if found.dataset else [],
        "hours": span(told.exposures, now=now),
        "left": max(found.deadline - now, now - now),
        **_gathered(found.dossiers.first()),
        "proven_to": head.size if head else 0,
        "tasks": found.tasks.select_related("done_by"),
        "reminds": bool(office().surel),
        "letters": [(kind, found.letters.filter(kind=kind).first()) for kind in LetterKind],
        "task_form": TaskForm(),
        "recipient_form": recipient or RecipientForm(),
        "training_form": training or TrainingForm(),
        "training_open": training is not None,
        "may_export": may(check_ends, me, found),
        "may_act": may(check_acts, me, found),
        "may_end": found.ended_at is None and may(check_ends, me, found),
        "form": form,
    }
    return render(request, "incidents/incident.html", context, status=status)


def _gathered(dossier: Dossier | None) -> dict[str, Any]:
    """What the newest version says; nothing while there is none."""
    if dossier is None:
        return {"dossier": None, "people": None}
    people = dossier.facts["people"]
    return {
        "dossier": dossier,
        "as_written": is_as_written(dossier),
        "people": people,
        "why_not": WHY_NOT.get(people["why_not"], ""),
        "kinds": kinds_of(people),
        "trainings": _trainings(dossier.facts),
    }


def _trainings(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """Of each upload: the training before it, and how many days lay between; those without one say so."""
    return [
        {"line": one["line"], "training": one["training"], "days": one["days_after_training"], "later": _later(one)}
        for one in facts["uploads"]
    ]


def _later(one: dict[str, Any]) -> bool:
    """Whether somebody noted the training only after the upload."""
    return bool(one["training"]) and one["training"]["line"] > one["line"]
