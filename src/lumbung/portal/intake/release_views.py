"""The PPDP's desk: questions about held files, and the answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lumbung.portal.accounts.permissions import may, person_of
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.intake import queries, releasing
from lumbung.portal.intake.findings import findings
from lumbung.portal.intake.forms import AnswerForm
from lumbung.portal.intake.models import Answer
from lumbung.portal.intake.permissions import check_releasable

PER_PAGE = 25


@require_safe
@login_required
def requests(request: HttpRequest) -> HttpResponse:
    """Every question to this PPDP."""
    pages = Paginator(queries.release_requests_for_ppdp(person_of(request)), PER_PAGE)
    return render(request, "intake/requests.html", {"page": pages.get_page(request.GET.get("page"))})


@login_required
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """One question, what was found, and the answer."""
    me = person_of(request)
    question = queries.get_release_request_for_ppdp(me, number)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        granted = form.cleaned_data["answer"] == Answer.GRANTED
        said = {"because": form.cleaned_data["because"], "weighed": form.weighed()}
        releasing.answer_release(question, person=me, by=actor_of(request), grant=granted, **said)
        messages.success(request, _("Jawaban dicatat."))
        return redirect("intake:requests")
    context = {
        "question": question,
        "submission": question.submission,
        "findings": findings(question.submission),
        "releasable": may(check_releasable, question.submission),
        "open": question.answer == Answer.WAITING,
        "form": form,
    }
    return render(request, "intake/request.html", context, status=422 if form.errors else 200)
