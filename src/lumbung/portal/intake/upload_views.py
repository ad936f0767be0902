"""The upload page: one file or several, each sealed while it streams in; what is not kept leaves no trace."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from lumbung.portal.accounts.permissions import Refused, person_of
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.intake import actions, queries
from lumbung.portal.intake.arriving import arrivals_of, forget, name_of
from lumbung.portal.intake.blanks.recognising import check_no_blank
from lumbung.portal.intake.forms import UploadForm
from lumbung.portal.intake.masking import masked
from lumbung.portal.intake.models import Submission
from lumbung.portal.intake.permissions import check_produces
from lumbung.portal.intake.prefill import title_for
from lumbung.portal.intake.uploads import SealingHandler, check_announced_size
from lumbung.portal.intake.vault import Sealed


@csrf_exempt  # the check reads the form, and reading begins only when the sealing handler is in place; see `_taken`
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """The upload page, for producers alone: nobody else is let in, and not a byte of theirs is read."""
    check_produces(person_of(request))
    if request.method != "POST":
        return _upload_form(request, UploadForm(initial=_carried_over(request), organisations=_mine(request)))
    check_announced_size(request, limit=settings.UPLOAD_LIMIT)
    handler = SealingHandler(request, limit=settings.UPLOAD_LIMIT)
    request.upload_handlers = [handler]
    try:
        return _taken(request)
    finally:
        handler.tidy()


@csrf_protect
def _taken(request: HttpRequest) -> HttpResponse:
    arrived = arrivals_of(person_of(request), request.POST.getlist("arrived"))
    form = UploadForm(request.POST, request.FILES, organisations=_mine(request), arrived=arrived)
    if not form.is_valid():
        return _upload_form(request, form, status=422)
    files = form.sealed()
    try:
        return redirect(_received(request, form, files[0])) if len(files) == 1 else _several(request, form, files)
    except OperationalError:  # a busy database: what has arrived in pieces stays, and the same form can be sent again
        arrived.clear()
        raise
    finally:
        for sealed in files:
            sealed.discard()
        for one in arrived:
            forget(one)


def _several(request: HttpRequest, form: UploadForm, files: list[Sealed]) -> HttpResponse:
    """Each on its own: one that cannot be taken keeps no other out, and is named with its reason."""
    taken = 0
    for sealed in files:
        try:
            _received(request, form, sealed, several=True)
            taken += 1
        except Refused as refused:
            messages.warning(request, f"{masked(sealed.name)}: {refused.sentence} {refused.next_step}")
    if taken:
        counted = ngettext(
            "%(count)s berkas diterima dan sedang diperiksa.", "%(count)s berkas diterima dan sedang diperiksa.", taken
        )
        messages.success(request, counted % {"count": taken})
    return redirect("intake:desk")


def _received(request: HttpRequest, form: UploadForm, sealed: Sealed, *, several: bool = False) -> Submission:
    check_no_blank(sealed.name, form.cleaned_data["organisation"])
    described: Mapping[str, str] = form.described()
    title = title_for(sealed.name, typed=described["title"], several=several)
    return actions.receive(
        sealed,
        person=person_of(request),
        organisation=form.cleaned_data["organisation"],
        dataset=None if several else form.cleaned_data["dataset"],
        by=actor_of(request),
        description={**described, "title": title},
    )


def _mine(request: HttpRequest) -> Any:
    return organisations_where(person_of(request), Role.PRODUSEN)


def _carried_over(request: HttpRequest) -> dict[str, Any]:
    """What is known already, so that nobody types it twice: from the submission that this one corrects (`dari`), or
    from the dataset that gets its next release (`data`)."""
    if "data" in request.GET:
        return _from_last_release(request)
    try:
        earlier = queries.get_submission_for_producer(person_of(request), UUID(request.GET["dari"]))
    except (KeyError, ValueError):
        return {}
    return {name: getattr(earlier, name) for name in ("organisation", "dataset", *actions.DESCRIPTION)}


def _from_last_release(request: HttpRequest) -> dict[str, Any]:
    dataset = queries.dataset_for_producer(person_of(request), request.GET["data"])
    if dataset is None:
        return {}
    known = {name: getattr(dataset, name) for name in actions.DESCRIPTION if name != "period"}
    return {**known, "organisation": dataset.organisation, "dataset": dataset}


def _upload_form(request: HttpRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
    arrived = [{"id": str(one.pk), "name": masked(name_of(one))} for one in form.arrived]
    context = {"form": form, "arrived": arrived, "limit": settings.UPLOAD_LIMIT, "days": settings.HELD_FOR_DAYS}
    return render(request, "intake/new.html", context, status=status)
