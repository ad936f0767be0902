"""The officer's desk: what waits, one request, and the sealed bytes that only the officer's browser can open."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lumbung.portal.accounts.permissions import Unfit, person_of
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.requests import answering
from lumbung.portal.requests.forms import RefusalForm
from lumbung.portal.requests.listing import national, reasons
from lumbung.portal.requests.models import Office, OfficeKey, Request
from lumbung.portal.requests.permissions import check_serves_somewhere
from lumbung.portal.requests.queries import offices_of, request_for_officer, waiting, without_office
from lumbung.portal.requests.states import MOVES, RequestState

A_PAGE = 50


@require_safe
@login_required
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """What waits in the person's offices, what is due first in front."""
    me = person_of(request)
    check_serves_somewhere(me)
    rows = [_waiting(office, request.GET.get("page")) for office in offices_of(me)]
    context = {"rows": rows, "without": without_office(me), "now": timezone.now()}
    return render(request, "requests/desk.html", context)


@require_safe
@login_required
@never_cache
def request_(request: HttpRequest, number: int) -> HttpResponse:
    """One request: what stands on the envelope, and what may be done with it."""
    return _page(request, request_for_officer(person_of(request), number))


@require_safe
@login_required
@never_cache
def sealed(request: HttpRequest, number: int) -> HttpResponse:
    """The envelope as it was sealed. Each time is a line of the record."""
    found = request_for_officer(person_of(request), number)
    content = b"".join(answering.see(found, person=person_of(request), by=actor_of(request)))
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{found.ticket}.age"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@login_required
def move(request: HttpRequest, number: int, state: str) -> HttpResponse:
    """Take it up, say that it is ready, or that it was handed over."""
    found = request_for_officer(person_of(request), number)
    if state not in (RequestState.WORKING, RequestState.READY, RequestState.DONE):
        raise Unfit("no-such-move", _("Langkah itu tidak ada."))
    answering.move(found, to=RequestState(state), person=person_of(request), by=actor_of(request))
    messages.success(request, _("Tercatat. Pemohon melihatnya dengan kodenya."))
    return redirect(found)


@require_POST
@login_required
def reject(request: HttpRequest, number: int) -> HttpResponse:
    """It cannot go on, for reasons of the list."""
    found = request_for_officer(person_of(request), number)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    told = {"person": person_of(request), "by": actor_of(request), "because": form.cleaned_data["reasons"]}
    answering.move(found, to=RequestState.REJECTED, **told)
    messages.success(request, _("Alasannya dan apa yang perlu dibawa terbaca pemohon."))
    return redirect(found)


@require_POST
@login_required
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """The last answer was a slip."""
    found = request_for_officer(person_of(request), number)
    answering.undo(found, person=person_of(request), by=actor_of(request))
    messages.success(request, _("Jawaban itu diurungkan. Pemohon melihat bahwa petugas mencabutnya."))
    return redirect(found)


def _page(request: HttpRequest, found: Request, *, form: RefusalForm | None = None, status: int = 200) -> HttpResponse:
    known = reasons()
    context = {
        "request_": found,
        "service": national()[found.service],
        "key": OfficeKey.objects.get(office=found.office, number=found.key),
        "moves": MOVES[RequestState(found.state)],
        "may_undo": answering.may_undo(found, person_of(request)),
        "reasons": [known[code] for code in found.reasons],
        "form": form or RefusalForm(),
        "late": found.answered_at is None and found.due_at < timezone.now(),
    }
    return render(request, "requests/request.html", context, status=status)


def _waiting(office: Office, page: str | None) -> dict[str, object]:
    names = {code: one.name for code, one in national().items()}
    found = Paginator(waiting(office), A_PAGE).get_page(page)
    answered = office.requests.exclude(answered_at=None).order_by("-answered_at")[:10]
    return {
        "office": office,
        "key": office.keys.filter(retired_at=None).first(),
        "page": found,
        "requests": [{"request": one, "name": names[one.service]} for one in found],
        "answered": [{"request": one, "name": names[one.service]} for one in answered],
        "late": waiting(office).filter(due_at__lt=timezone.now()).count(),
    }
