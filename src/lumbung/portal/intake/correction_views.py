"""Mending a held table in the browser: choose, see what stays, send; nothing is changed before that."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lumbung.gate import Verdict
from lumbung.portal.accounts.permissions import person_of
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.intake import correction, queries
from lumbung.portal.intake.findings import in_words
from lumbung.portal.intake.forms import CorrectionForm
from lumbung.portal.intake.models import Submission


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def correct(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """The tables of a held file; what stays after a choice; and the sending of it."""
    found = queries.get_submission_for_producer(person_of(request), submission_id)
    forms = [_form(request, table) for table in correction.seen(found)]
    chosen = next((form for form in forms if form.is_bound), None)
    if chosen is None or not chosen.is_valid() or request.POST.get("step") == "back":
        status = 422 if chosen is not None and not chosen.is_valid() else 200
        return render(request, "intake/correct.html", {"submission": found, "forms": forms}, status=status)
    if request.POST.get("step") != "send":
        return _stays(request, found, chosen)
    result = correction.send(found, chosen.choice(), person=person_of(request), by=actor_of(request))
    messages.success(request, _("Tabel yang diperbaiki sudah dikirim dan sedang diperiksa."))
    return redirect(result)


def _form(request: HttpRequest, table: correction.SeenTable) -> CorrectionForm:
    """Bound where it is the one that was sent."""
    mine = request.method == "POST" and request.POST.get("table") == str(table.number)
    return CorrectionForm(request.POST if mine else None, table=table)


def _stays(request: HttpRequest, found: Submission, form: CorrectionForm) -> HttpResponse:
    """What would be sent, and what the gate says of it already."""
    rest = correction.mended(found, form.choice())
    context = {
        "submission": found,
        "form": form,
        "rest": rest,
        "findings": in_words(list(rest.inspection.reasons), released=set()),
        "would_be_held": rest.inspection.verdict is Verdict.HOLD,
    }
    return render(request, "intake/correct_rest.html", context)
