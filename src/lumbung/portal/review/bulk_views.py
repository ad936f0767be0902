"""Looking at what an update changes, and approving several harmless ones."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lumbung.portal.accounts.permissions import Unfit, person_of
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.review import queries
from lumbung.portal.review.bulk import approve_harmless
from lumbung.portal.review.comparing import compared


@require_safe
@login_required
@never_cache
def compare(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """What would change against the last release; made now, kept nowhere."""
    found = queries.submission_for_reviewer(person_of(request), submission_id)
    return render(request, "review/compare.html", {"submission": found, "tables": compared(found)})


@login_required
@require_POST
def approve_several(request: HttpRequest) -> HttpResponse:
    """Approve the chosen ones, and say of each what became of it."""
    outcomes = approve_harmless(
        {number: request.POST.get(f"seen-{number}", "") for number in _numbers(request)},
        person=person_of(request),
        by=actor_of(request),
        because=request.POST.get("because", ""),
    )
    return render(request, "review/several.html", {"outcomes": outcomes})


def _numbers(request: HttpRequest) -> list[UUID]:
    try:
        return [UUID(number) for number in request.POST.getlist("chosen")]
    except ValueError:
        raise Unfit("not-understood", _("Pilihan itu tidak dapat kami pahami.")) from None
