"""The desk of the penelusur: ask, follow, read the answer, take the letter, destroy."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lumbung.portal.accounts.permissions import Gone, may, person_of
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.copies.queries import traceable_for
from lumbung.portal.incidents import printing
from lumbung.portal.incidents.permissions import check_acts
from lumbung.portal.incidents.queries import incident_for_officer, incidents_for_officer
from lumbung.portal.tracing import asking, letters, queries, showing
from lumbung.portal.tracing.models import Asked, Question
from lumbung.portal.tracing.permissions import MOST_BY_ONE, check_traces
from lumbung.portal.tracing.places import place
from lumbung.portal.tracing.states import QuestionState
from lumbung.trace.weigh import LEAST

PER_PAGE = 25
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAPERS = {"docx": (printing.as_docx, DOCX), "pdf": (printing.as_pdf, "application/pdf")}


@require_safe
@login_required
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """What was asked, and the ways to ask."""
    me = person_of(request)
    check_traces(me)
    page = Paginator(queries.questions(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "kept": queries.kept(),
        "left": queries.left_today(me),
        "most": MOST_BY_ONE,
        "least": LEAST,
        "limit": settings.UPLOAD_LIMIT,
    }
    return render(request, "tracing/desk.html", context)


@require_safe
@login_required
@never_cache
def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """One question: followed while it is worked on, then its answer, or why there is none."""
    me = person_of(request)
    found = queries.question_for_tracer(me, question_id)
    answered = found.asked == Asked.MATCH and found.state == QuestionState.ANSWERED
    incidents = incidents_for_officer(me).filter(ended_at=None) if answered else None
    copies = showing.handouts_of(found.answer) if answered else []
    context: dict[str, Any] = {
        "question": found,
        "is_copy": bool(copies),
        "handouts": traceable_for(me).filter(pk__in=copies).prefetch_related("copies"),
        "answer": found.answer,
        "may_write": answered,
        "incidents": [one for one in incidents if may(check_acts, me, one)] if incidents else [],
        "has_list": found.state == QuestionState.ANSWERED and _list_of(found).exists(),
        "can_destroy": found.state != QuestionState.DESTROYED,
        **showing.shown(found),
    }
    return render(request, "tracing/question.html", context)


@require_safe
@login_required
@never_cache
def progress(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """The part of the page that follows the work; tells htmx to load the page anew when it has ended."""
    found = queries.question_for_tracer(person_of(request), question_id)
    response = render(request, "tracing/progress.html", {"question": found})
    if not found.is_under_way:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@login_required
def destroy(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Sample, answer and list are gone at once."""
    me = person_of(request)
    found = queries.question_for_tracer(me, question_id)
    asking.destroy(found, person=me, by=actor_of(request))
    messages.success(request, _("Contoh dan jawabannya dimusnahkan. Barisnya di jejak tetap ada."))
    return redirect("tracing:desk")


@require_POST
@login_required
@never_cache
def paper(request: HttpRequest, question_id: UUID, format: str) -> HttpResponse:
    """T6 on paper, for a finding that belongs to no incident. By POST, for taking it is a line of the record."""
    me = person_of(request)
    found = queries.question_for_tracer(me, question_id)
    if format not in PAPERS:
        raise Http404
    text = letters.draft(found, person=me, by=actor_of(request))
    write_paper, content_type = PAPERS[format]
    headers = {"Content-Disposition": f'attachment; filename="t6-telusur-{found.pk.hex[:8]}.{format}"'}
    return HttpResponse(write_paper(text), content_type=content_type, headers=headers)


@require_POST
@login_required
def into_incident(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """T6 as the next version in an incident that this person is on duty for."""
    me = person_of(request)
    found = queries.question_for_tracer(me, question_id)
    number = request.POST.get("incident", "")
    if not (number.isascii() and number.isdigit() and len(number) < 9):
        raise Http404
    incident = incident_for_officer(me, int(number))
    letter = letters.into(found, incident, person=me, by=actor_of(request))
    messages.success(request, _("Surat T6 ditulis sebagai versi baru di insiden itu."))
    return redirect("incidents:letter", incident.pk, letter.kind)


@require_POST
@login_required
@never_cache
def take_list(request: HttpRequest, question_id: UUID) -> HttpResponseBase:
    """The list for letters, sealed to its officer; it is deleted here once a day has passed, or by hand."""
    found = queries.question_for_tracer(person_of(request), question_id)
    path = _list_of(found)
    if found.asked != Asked.CONCERNED or not path.exists():
        raise Gone("no-list", _("Daftarnya tidak diminta, atau sudah dimusnahkan."))
    listed = found.answer.get("listed", 0)
    record_now(Kind.TRACE_LIST_TAKEN, by=actor_of(request), subject=found.subject, listed=listed)
    name = f"surat-warga-{found.pk.hex[:8]}.zip"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/zip")


def _list_of(found: Question) -> Any:
    return place("lists") / f"{found.pk}.zip"
