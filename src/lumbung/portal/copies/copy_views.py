"""One copy at the desk: its link, its receipt on paper, its end; and whose copy a leaked file was."""

import io
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from lumbung.portal.accounts.permissions import person_of
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.copies import handing, queries, whose
from lumbung.portal.copies.forms import CodeForm, EndForm, PaperForm, ReasonForm
from lumbung.portal.copies.handing import Fetched
from lumbung.portal.copies.models import Copy
from lumbung.portal.copies.permissions import check_traces
from lumbung.portal.copies.states import CopyState
from lumbung.portal.intake.uploads import InMemory, check_announced_size

LARGEST_SAMPLE = 64 * 1024 * 1024  # bytes


@require_safe
@login_required
@never_cache
def copy(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """What can be done with it."""
    return _page(request, queries.get_copy(person_of(request), copy_id))


@require_POST
@login_required
@never_cache
def offer(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """Link and code, shown on this one page and never again."""
    me = person_of(request)
    found = queries.get_copy(me, copy_id)
    token, code = handing.offer(found, person=me, by=actor_of(request))
    context = {
        "copy": found,
        "link": settings.LUMBUNG_URL + reverse("copies:open", args=[token]),
        "code": code,
        "days": handing.VALID_FOR.days,
    }
    return render(request, "copies/offered.html", context)


@require_POST
@login_required
def paper(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """A signed receipt."""
    me = person_of(request)
    found = queries.get_copy(me, copy_id)
    form = PaperForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=422, paper_form=form)
    handing.on_paper(found, person=me, by=actor_of(request), **form.cleaned_data)
    messages.success(request, _("Tanda terima dicatat. Ambil berkasnya dengan kode yang tadi dibuat."))
    return redirect("copies:copy", found.pk)


@require_POST
@login_required
def take(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """The file, at the desk, onto a medium for the recipient."""
    me = person_of(request)
    found = queries.get_copy(me, copy_id)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=422, code_form=form)
    return as_download(handing.take(found, person=me, by=actor_of(request), code=form.cleaned_data["code"]))


@require_POST
@login_required
def end(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """It came back, or was destroyed."""
    me = person_of(request)
    found = queries.get_copy(me, copy_id)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=422, end_form=form)
    said = form.cleaned_data
    handing.end(found, to=CopyState(said["how"]), words=said["words"], person=me, by=actor_of(request))
    messages.success(request, _("Dicatat."))
    return redirect(found.handout)


@require_POST
@login_required
def revoke(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """Take it back."""
    me = person_of(request)
    found = queries.get_copy(me, copy_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=422, revoke_form=form)
    handing.revoke(found, because=form.cleaned_data["because"], person=me, by=actor_of(request))
    messages.success(request, _("Salinan dicabut: tautannya tidak berlaku, dan berkas di sini dimusnahkan."))
    return redirect(found.handout)


@csrf_exempt  # the check reads the form, and reading begins only when the handler is in place; see `_weighed`
@login_required
@never_cache
def trace(request: HttpRequest, handout_id: UUID) -> HttpResponse:
    """Whose copy is this? The file stays in memory; every question is a line of the record."""
    me = person_of(request)
    found = queries.get_traceable(me, handout_id)
    check_traces(me, found.organisation)
    if request.method != "POST":
        return render(request, "copies/trace.html", {"handout": found})
    check_announced_size(request, limit=LARGEST_SAMPLE)
    handler = InMemory(request, limit=LARGEST_SAMPLE)
    request.upload_handlers = [handler]
    return _weighed(request, found.pk, handler)


@csrf_protect
def _weighed(request: HttpRequest, handout_id: UUID, handler: InMemory) -> HttpResponse:
    me = person_of(request)
    found = queries.get_traceable(me, handout_id)
    request.FILES  # noqa: B018 - reads the form, and with it the file
    verdict = whose.ask(found, io.BytesIO(handler.content), person=me, by=actor_of(request))
    return render(request, "copies/trace.html", {"handout": found, "verdict": verdict})


def as_download(fetched: Fetched) -> HttpResponse:
    """A file for the recipient alone, which no cache keeps."""
    response = HttpResponse(fetched.content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{fetched.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest, found: Copy, *, status: int = 200, **forms: object) -> HttpResponse:
    here = bool(found.storage_key)
    context = {
        "copy": found,
        "handout": found.handout,
        "here": here,
        "may_offer": here and found.state in (CopyState.MADE, CopyState.OFFERED, CopyState.RECEIVED),
        "may_paper": here and found.state == CopyState.OFFERED,
        "may_take": here and found.state == CopyState.RECEIVED and found.fetches_left > 0,
        "may_end": found.received_at is not None and found.is_out,
        "may_revoke": found.state in (CopyState.MADE, CopyState.OFFERED, CopyState.RECEIVED),
        "paper_form": PaperForm(),
        "code_form": CodeForm(),
        "end_form": EndForm(),
        "revoke_form": ReasonForm(),
        **forms,
    }
    return render(request, "copies/copy.html", context, status=status)
