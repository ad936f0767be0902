"""The producer's desk: follow a file that was sent, read what was found, go on."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lumbung import gate
from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Conflicting, may, person_of
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import LOG_READERS, Role
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.intake import actions, queries, releasing, vault
from lumbung.portal.intake.blanks.recognising import meant
from lumbung.portal.intake.checklist import checklist
from lumbung.portal.intake.counting_words import problems, why
from lumbung.portal.intake.findings import findings, in_words, language
from lumbung.portal.intake.forms import DescriptionForm, ReasonForm, ReleaseForm
from lumbung.portal.intake.glimpse import Glimpse, glimpse_of
from lumbung.portal.intake.guessing import guessed, title_in
from lumbung.portal.intake.models import Answer, Submission
from lumbung.portal.intake.permissions import (
    check_columns_describable,
    check_correctable,
    check_countable,
    check_describable,
    check_releasable,
    check_shreddable,
)
from lumbung.portal.intake.prefill import title_of
from lumbung.portal.intake.seal import Tampered
from lumbung.portal.intake.states import UNDER_WAY, WAITING, State
from lumbung.portal.intake.upkeep import upkeep

PER_PAGE = 25
READERS = (Role.PRODUSEN, Role.WALIDATA, Role.PPDP, Role.PETUGAS_PIKET)


@require_safe
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """What was sent by the organisations this person works for, and where each stands."""
    me = person_of(request)
    pages = Paginator(queries.submissions_for(me, *READERS), PER_PAGE)
    produces = organisations_where(me, Role.PRODUSEN).exists()
    context = {
        "page": pages.get_page(request.GET.get("page")),
        "produces": produces,
        "upkeep": upkeep(me) if produces else None,
    }
    return render(request, "intake/desk.html", context)


@require_safe
@login_required
@never_cache
def submission(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Where a file stands and what was found; while it waits, the page follows it."""
    me = person_of(request)
    found = queries.get_submission_for_reader(me, submission_id)
    return render(request, "intake/submission.html", _about(me, found))


@require_safe
@login_required
@never_cache
def progress(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """The part of the page that changes while the file waits; tells htmx to load the page anew when it is done."""
    found = queries.get_submission_for_reader(person_of(request), submission_id)
    response = render(request, "intake/progress.html", {"submission": found})
    if found.state not in WAITING:
        response["HX-Refresh"] = "true"
    return response


def _about(me: Person, found: Submission) -> dict[str, Any]:
    """What the submission page shows this person."""
    held_by = found.organisation
    roles = {role for role in Role if organisations_where(me, role).filter(pk=held_by.pk).exists()}
    produces = Role.PRODUSEN in roles
    counting = queries.last_counting(found)
    return {
        "submission": found,
        "waiting": found.state in WAITING,
        "findings": findings(found),
        "produces": produces,
        "sees_evidence": bool(roles & {Role.WALIDATA, Role.PPDP}) and bool(found.storage_key and found.inspection),
        "sees_log": bool(roles & set(LOG_READERS)),
        "may_describe": produces and may(check_describable, found),
        "may_describe_columns": produces and may(check_columns_describable, found),
        "may_shred": bool(roles & {Role.PRODUSEN, Role.PPDP}) and may(check_shreddable, found),
        "may_correct": produces and may(check_correctable, found),
        "may_ask": produces and may(check_releasable, found),
        "asked": found.release_requests.filter(answer=Answer.WAITING).exists(),
        "requests": found.release_requests.select_related("asked_by", "answered_by"),
        "checklist": checklist(found) if produces and found.state == State.IN_REVIEW else None,
        "missing": queries.missing_description(found),
        "answer": queries.last_answer(found),
        "returned": queries.is_returned(found),
        "meant": meant(me, found),
        "counting": counting,
        "counting_under_way": counting is not None and counting.state in UNDER_WAY,
        "counting_why": why(counting) if counting and counting.code else None,
        "problems": problems(counting),
        "may_count": produces and may(check_countable, found),
        "attachments": found.attachments.all(),
        "release_form": ReleaseForm(),
        "days": settings.HELD_FOR_DAYS,
    }


@login_required
def describe(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Change what is said about a file."""
    found = queries.get_submission_for_producer(person_of(request), submission_id)
    check_describable(found)
    proposed = _proposed(found) if request.method != "POST" else {}
    form = DescriptionForm(request.POST or None, instance=found, initial=proposed)
    if request.method == "POST" and form.is_valid():
        actions.describe(found, by=actor_of(request), description=form.described())
        messages.success(request, _("Keterangan disimpan."))
        return redirect(found)
    labels = [form.fields[name].label for name in proposed]
    return render(request, "intake/describe.html", {"form": form, "submission": found, "proposed": labels})


def _proposed(found: Submission) -> dict[str, str]:
    """What to begin with where nothing is written yet, and a title in place of the name of the file."""
    seen = glimpse_of(found) if may(check_columns_describable, found) else Glimpse()
    untitled = found.title == title_of(found.filename_masked)
    inside = {"title": title_in(seen)} if untitled and title_in(seen) else {}
    fields = guessed(" ".join([found.title, *inside.values()]), seen)
    return {**inside, **{name: value for name, value in fields.items() if not getattr(found, name)}}


@login_required
@require_POST
def ask(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Ask the PPDP to let a held file pass."""
    me = person_of(request)
    found = queries.get_submission_for_producer(me, submission_id)
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return render(request, "intake/submission.html", {**_about(me, found), "release_form": form}, status=422)
    releasing.request_release(found, person=me, by=actor_of(request), **form.cleaned_data)
    messages.success(request, _("Permintaan dikirim ke PPDP. Berkas tetap ditahan sampai ada jawaban."))
    return redirect(found)


@login_required
@require_POST
def shred(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Destroy the file now."""
    found = queries.get_submission_for_shredder(person_of(request), submission_id)
    form = ReasonForm(request.POST)
    because = form.cleaned_data["because"] if form.is_valid() else _("Atas permintaan pengunggah.")
    actions.shred(found, by=actor_of(request), because=because)
    messages.success(request, _("Berkas dan kuncinya sudah dimusnahkan. Isinya tidak dapat dibuka lagi."))
    return redirect(found)


@login_required
@require_POST
def evidence(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Masked samples, made on demand and kept nowhere; every look is recorded before it is given."""
    found = queries.get_submission_for_evidence(person_of(request), submission_id)
    record_now(Kind.EVIDENCE_SEEN, by=actor_of(request), subject=found.subject)
    try:
        with vault.open_plain(found) as plain:
            inspection = gate.inspect(plain, name=vault.true_name(found), evidence=True)
    except Tampered:
        raise Conflicting("damaged", _("Berkas yang tersimpan tidak dapat dibuka lagi.")) from None
    seen = in_words(list(inspection.reasons), released=set(found.released_codes))
    response = render(request, "intake/evidence.html", {"submission": found, "findings": seen})
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The public page: every rule of the gate, with its law."""
    lang = language()
    shown = [
        {
            "code": rule.code,
            "title": rule.title[lang],
            "citation": rule.citation,
            "next_step": rule.next_steps[lang],
            "mending": gate.mending(rule.code, lang),
        }
        for rule in gate.rules()
    ]
    return render(request, "intake/rules.html", {"rules": shown, "version": gate.rules_version()})
