"""What is fingerprinted, until when; and indexes that are brought from a closed network."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from lumbung.portal.accounts.permissions import Refused, may, person_of
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.audit.keys import trace_key
from lumbung.portal.intake.uploads import SealedFile, SealingHandler, check_announced_size
from lumbung.portal.tracing import expiring, handed, queries
from lumbung.portal.tracing.bringing import bring
from lumbung.portal.tracing.forms import BecauseForm
from lumbung.portal.tracing.models import Holding
from lumbung.portal.tracing.permissions import check_destroys_holdings, check_sees_holdings, check_traces
from lumbung.portal.tracing.wording import NOT_KEPT
from lumbung.trace.keyfile import key_id

PER_PAGE = 50


@csrf_exempt  # the check reads the form, and reading begins only when the sealing handler is in place
@login_required
@never_cache
def holdings(request: HttpRequest) -> HttpResponse:
    """The list; by POST an index that is brought."""
    check_sees_holdings(person_of(request))
    if request.method != "POST":
        return _page(request)
    check_traces(person_of(request))
    check_announced_size(request, limit=settings.UPLOAD_LIMIT)
    handler = SealingHandler(request, limit=settings.UPLOAD_LIMIT)
    request.upload_handlers = [handler]
    try:
        return _brought(request)
    finally:
        handler.tidy()


@csrf_protect
def _brought(request: HttpRequest) -> HttpResponse:
    file = request.FILES.get("file")
    if not isinstance(file, SealedFile):
        return _page(request, wrong=_("Pilih berkas sidiknya."), status=422)
    try:
        holding = bring(file.sealed, person=person_of(request), by=actor_of(request))
    except Refused as refused:
        return _page(request, wrong=f"{refused.sentence} {refused.next_step}", status=refused.status)
    told = _("Sidik %(source)s, %(version)s tersimpan dan sudah dapat ditanya.")
    messages.success(request, told % {"source": holding.source, "version": holding.version})
    return redirect("tracing:holdings")


@require_POST
@login_required
def destroy(request: HttpRequest, number: int) -> HttpResponse:
    """Before its day, by the PPDP, with a reason."""
    check_destroys_holdings(person_of(request))
    found = get_object_or_404(Holding, pk=number)
    form = BecauseForm(request.POST)
    if not form.is_valid():
        return _page(request, wrong=_("Tulis alasannya, tanpa nomor siapa pun."), status=422)
    if expiring.destroy(found, by=actor_of(request), because=form.cleaned_data["because"]):
        messages.success(request, _("Sidiknya dimusnahkan."))
    return redirect("tracing:holdings")


def _page(request: HttpRequest, *, wrong: str = "", status: int = 200) -> HttpResponse:
    me, asked = person_of(request), request.GET.get("q", "").replace("\0", "").strip()
    page = Paginator(queries.holdings(asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "why_not": NOT_KEPT,
        "asked": asked,
        "kept": queries.kept(),
        "handouts": handed.kept(),
        "key": key_id(trace_key()),
        "wrong": wrong,
        "may_bring": may(check_traces, me),
        "may_destroy": may(check_destroys_holdings, me),
        "limit": settings.UPLOAD_LIMIT,
        "form": BecauseForm(),
    }
    return render(request, "tracing/holdings.html", context, status=status)
