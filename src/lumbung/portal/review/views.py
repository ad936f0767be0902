"""The review desk: what waits, one file with all that is known of it, the decision."""

import re
import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import may, person_of
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.catalogue.column_words import words_of
from lumbung.portal.catalogue.shelf import shelf
from lumbung.portal.intake.findings import findings
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.queries import missing_description
from lumbung.portal.intake.states import State
from lumbung.portal.review import actions, queries
from lumbung.portal.review.confining import confined
from lumbung.portal.review.forms import DecisionForm
from lumbung.portal.review.models import Answer
from lumbung.portal.review.permissions import check_other_hands, check_waiting
from lumbung.portal.review.risk import published_before, risk_of

YEAR_NAME = re.compile(r"(?i)\b(tahun|year)\b")  # a year is a number, but nobody writes 2.024
SHEETS = {"dokumen-1.pdf": "application/pdf", "gambar-1.png": "image/png", "gambar-1.jpg": "image/jpeg"}


@require_safe
@login_required
@never_cache
def queue(request: HttpRequest) -> HttpResponse:
    """What waits: the oldest first, or the riskiest."""
    by_risk = request.GET.get("urut") == "risiko"
    waiting = queries.queue(person_of(request), by_risk=by_risk)
    context = {"queue": waiting, "by_risk": by_risk, "harmless": any(one.harmless for one in waiting)}
    return render(request, "review/queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def submission(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """One file with all that is known of it, and the decision about it."""
    me = person_of(request)
    found = queries.submission_for_reviewer(me, submission_id)
    form = DecisionForm(request.POST or None, initial={"seen": queries.as_seen(found)})
    if request.method != "POST":
        return render(request, "review/submission.html", _about(me, found, form))
    if not form.is_valid():
        return render(request, "review/submission.html", _about(me, found, form), status=422)
    decision = actions.decide(
        found,
        person=me,
        by=actor_of(request),
        answer=Answer(form.cleaned_data["answer"]),
        because=form.cleaned_data["because"],
        seen=form.cleaned_data["seen"],
        weighed=form.weighed(),
    )
    messages.success(request, _("Keputusan Anda tersimpan: %(answer)s") % {"answer": decision.get_answer_display()})
    approved = decision.answer == Answer.APPROVE
    return redirect("review:submission", submission_id) if approved else redirect("review:queue")


@require_safe
@login_required
@never_cache
def preview(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """What would be published: made now in a confined child, shown to reviewers, kept nowhere."""
    found = queries.submission_for_reviewer(person_of(request), submission_id)
    looked = confined(found, "look")
    for table in looked["tables"]:
        styles = ["plain" if YEAR_NAME.search(name) else style for name, style in table["heads"]]
        names = [name for name, _style in table["heads"]]
        table["heads"] = [{"name": name, "style": style} for name, style in zip(names, styles, strict=True)]
        table["rows"] = [list(zip(row, styles, strict=True)) for row in table["rows"]]
    return render(request, "review/preview.html", {"submission": found, **looked})


@require_safe
@login_required
@never_cache
def sheet(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """The PDF or the picture as it would be published, written anew for this one look and kept nowhere."""
    found = queries.submission_for_reviewer(person_of(request), submission_id)
    shelf().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=shelf()) as folder:
        confined(found, "make", folder=Path(folder).resolve())
        made = next((path for path in Path(folder).iterdir() if path.name in SHEETS and not path.is_symlink()), None)
        if made is None:
            raise Http404
        name, content = made.name, made.read_bytes()
    response = HttpResponse(content, content_type=SHEETS[name])
    kind = "attachment" if name.endswith(".pdf") else "inline"
    response["Content-Disposition"] = f'{kind}; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _about(me: Person, found: Submission, form: DecisionForm) -> dict[str, Any]:
    """What the page of one submission shows this reviewer."""
    return {
        "submission": found,
        "verdict": (found.inspection or {}).get("verdict", "hold"),
        "findings": findings(found),
        "missing": missing_description(found),
        "decisions": found.decisions.select_related("decided_by", "consequences"),
        "columns": words_of(found.id_text),
        "comments": found.comments.select_related("by"),
        "risk": risk_of(found, published_before=bool(published_before([found.submitted_by_id]))),
        "form": form,
        "may_decide": may(check_other_hands, me, found) and may(check_waiting, found),
        "may_publish": may(check_other_hands, me, found) and found.state == State.APPROVED,
        "own": found.submitted_by_id == me.pk,
    }
