"""Statistics from a held register: ask for them, follow them, take what came of it."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.portal.accounts.permissions import Conflicting, person_of
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.intake import counting, queries, vault
from lumbung.portal.intake.counting_words import why
from lumbung.portal.intake.forms import CountingForm
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.permissions import check_countable, check_produces_for
from lumbung.portal.intake.seal import Tampered
from lumbung.portal.intake.states import UNDER_WAY, CountingState


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def ask(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """The few questions before the work begins: which village, which day, and unknown columns."""
    me = person_of(request)
    found = queries.get_submission_for_reader(me, submission_id)
    check_produces_for(me, found.organisation)
    check_countable(found)
    form = _form(request, found)
    if request.method != "POST" or not form.is_valid():
        last = queries.last_counting(found)
        context = {"submission": found, "form": form, "why": why(last) if last and last.code else None}
        return render(request, "intake/count.html", context, status=422 if form.is_bound else 200)
    counting.ask(
        found,
        person=me,
        by=actor_of(request),
        organisation=form.cleaned_data["village"],
        reference_date=form.cleaned_data["reference_date"],
        mapping=form.mapping(),
    )
    messages.success(request, _("Statistik sedang dibuat. Halaman ini mengikuti sendiri."))
    return redirect(found)


@require_safe
@login_required
@never_cache
def progress(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """The part of the page that follows the work; tells htmx to load the page anew when it has ended."""
    found = queries.get_submission_for_reader(person_of(request), submission_id)
    last = queries.last_counting(found)
    response = render(request, "intake/counting.html", {"submission": found, "counting": last})
    if last is None or last.state not in UNDER_WAY:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@login_required
@never_cache
def attachment(request: HttpRequest, submission_id: UUID, name: str) -> HttpResponse:
    """A companion of the statistics, for those who may see the submission; whoever takes it stands in the record."""
    found = queries.get_submission_for_reader(person_of(request), submission_id)
    one = get_object_or_404(found.attachments, name=name)
    record_now(Kind.DOWNLOADED, by=actor_of(request), subject=found.subject, file=one.name, digest=one.sha256)
    try:
        with vault.open_plain(one) as plain:
            content = plain.read()
    except Tampered:
        raise Conflicting("damaged", _("Berkas yang tersimpan tidak dapat dibuka lagi.")) from None
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{one.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _form(request: HttpRequest, found: Submission) -> CountingForm:
    villages = queries.villages_to_count(person_of(request), found)
    last = queries.last_counting(found)
    asks = last is not None and last.state == CountingState.STOPPED
    initial = {"reference_date": last.reference_date if last and asks else _half_year()}
    proposal = last.proposal if last and asks else {}
    return CountingForm(request.POST or None, villages=villages, proposal=proposal, initial=initial)


def _half_year() -> date:
    """The end of the last half-year: the day of which registers are usually drawn."""
    today = timezone.localdate()
    return date(today.year, 6, 30) if today >= date(today.year, 6, 30) else date(today.year - 1, 12, 31)
