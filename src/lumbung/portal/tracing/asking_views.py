"""The pages that take samples: sealed while they stream in; what is not kept leaves no trace."""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from lumbung.portal.accounts.permissions import person_of
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.audit.keys import master_key
from lumbung.portal.intake.forms import TAKEN
from lumbung.portal.intake.seal import unseal, unwrap
from lumbung.portal.intake.uploads import SealingHandler, check_announced_size
from lumbung.portal.intake.vault import Sealed
from lumbung.portal.tracing import asking, queries
from lumbung.portal.tracing.answering import MOST_SAMPLES
from lumbung.portal.tracing.forms import LONGEST_CLAIM, ClaimForm, ConcernedForm, QuestionForm
from lumbung.portal.tracing.models import Asked
from lumbung.portal.tracing.permissions import check_traces
from lumbung.trace.weigh import LEAST

PAGES = {
    Asked.MATCH: "tracing/match.html",
    Asked.CLAIM: "tracing/claim.html",
    Asked.CONCERNED: "tracing/concerned.html",
}
Taken = Callable[[HttpRequest], HttpResponse]


@csrf_exempt  # the check reads the form, and reading begins only when the sealing handler is in place
@login_required
@never_cache
def match(request: HttpRequest) -> HttpResponse:
    """Whose is it?"""
    return _page(request, Asked.MATCH, QuestionForm)


@csrf_exempt
@login_required
@never_cache
def claim(request: HttpRequest) -> HttpResponse:
    """Can the claim be true?"""
    return _page(request, Asked.CLAIM, ClaimForm)


@csrf_exempt
@login_required
@never_cache
def concerned(request: HttpRequest) -> HttpResponse:
    """Who is affected?"""
    return _page(request, Asked.CONCERNED, ConcernedForm)


def _page(request: HttpRequest, about: Asked, form: type[Any]) -> HttpResponse:
    """For penelusur alone: of nobody else a byte is read."""
    check_traces(person_of(request))
    if request.method != "POST":
        return _shown(request, about, form())
    check_announced_size(request, limit=settings.UPLOAD_LIMIT)
    handler = SealingHandler(request, limit=settings.UPLOAD_LIMIT)
    request.upload_handlers = [handler]
    try:
        return _taken(request, about, form)
    finally:
        handler.tidy()


@csrf_protect
def _taken(request: HttpRequest, about: Asked, kind: type[Any]) -> HttpResponse:
    form = kind(request.POST, request.FILES)
    sealed = form.sealed()
    told = next((one for one in sealed if about == Asked.CLAIM and claim_in(one)), None)
    if told:
        form.claim_text = claim_in(told)
        sealed = [one for one in sealed if one is not told]
    if len(sealed) > MOST_SAMPLES[about]:
        form.add_error(None, form_too_many(MOST_SAMPLES[about]))
    if not form.is_valid():
        return _shown(request, about, form, status=422)
    said = form.cleaned_data
    more = {"claim": form.told} if about == Asked.CLAIM else {"recipient": said.get("recipient", "")}
    acts = {"person": person_of(request), "by": actor_of(request), "because": said["because"]}
    return redirect("tracing:question", asking.ask(about, sealed=sealed, **acts, **more).pk)


def claim_in(sealed: Sealed) -> str:
    """The text of a claim's file, "" for everything else: by its name, its size, and what stands in it."""
    if not sealed.name.lower().endswith((".toml", ".json")) or sealed.size > LONGEST_CLAIM:
        return ""
    key = unwrap(sealed.wrapped_key, key=master_key(), bound_to=sealed.id.bytes)
    with sealed.passing.open("rb") as file:
        content = b"".join(unseal(file, key=key, bound_to=sealed.id.bytes))
    try:
        text = content.decode("utf-8-sig")
        is_claim = sealed.name.lower().endswith(".toml") or "total" in json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return ""
    return text if is_claim else ""


def form_too_many(most: int) -> str:
    """How many samples one question takes."""
    said = ngettext(
        "Satu pertanyaan memuat paling banyak %(most)s contoh.",
        "Satu pertanyaan memuat paling banyak %(most)s contoh.",
        most,
    )
    return said % {"most": most}


def _shown(request: HttpRequest, about: Asked, form: Any, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "limit": settings.UPLOAD_LIMIT,
        "least": LEAST,
        "taken": TAKEN,
        "left": queries.left_today(person_of(request)),
        "kept": queries.kept(),
    }
    return render(request, PAGES[about], context, status=status)
