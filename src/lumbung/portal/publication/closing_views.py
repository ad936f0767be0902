"""The duty officer's page: find, close, give a reason; undo. One column, large buttons, made for a telephone."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import may, person_of
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.catalogue.models import Closing, Release
from lumbung.portal.catalogue.permissions import MAY_CLOSE
from lumbung.portal.catalogue.queries import whole_portal
from lumbung.portal.catalogue.states import Shut
from lumbung.portal.catalogue.vocabulary import ClosingGround
from lumbung.portal.publication import actions, queries, scopes
from lumbung.portal.publication.forms import ShutForm
from lumbung.portal.publication.permissions import check_ends_closing, check_shuts_portal, check_undoes

MOST = 8  # of each kind: what does not stand among them is asked for by more of its words


@require_safe
@login_required
@never_cache
def close(request: HttpRequest) -> HttpResponse:
    """What fits the words or the address that was typed, each with its button; nothing typed: what came out last."""
    return render(request, "publication/close.html", _about(request))


@require_POST
@login_required
def close_dataset(request: HttpRequest, slug: str) -> HttpResponse:
    """One dataset, from this page; back to it, where it can be undone."""
    me = person_of(request)
    found = queries.dataset_for_keeper(me, slug)
    ground, because = _told(request)
    actions.quarantine(found, person=me, by=actor_of(request), because=because, ground=ground)
    messages.success(request, _("Tertutup: halaman, unduhan, dan pencariannya, semuanya."))
    return redirect("publication:close")


@require_POST
@login_required
def undo(request: HttpRequest, slug: str) -> HttpResponse:
    """Open again what one closed oneself a moment ago: the wrong line was touched."""
    me = person_of(request)
    actions.undo(queries.dataset_for_keeper(me, slug), person=me, by=actor_of(request))
    messages.success(request, _("Dibuka kembali setelah setiap berkasnya diperiksa sekali lagi."))
    return redirect("publication:close")


@require_POST
@login_required
def shut_release(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One release of a dataset."""
    me = person_of(request)
    release = _release(me, slug, number)
    ground, because = _told(request)
    scopes.close_release(release, person=me, by=actor_of(request), because=because, ground=ground)
    messages.success(request, _("Rilis ditutup. Bila ada rilis lain yang terbuka, itulah yang kini tampil."))
    return redirect("publication:dataset", slug)


@require_POST
@login_required
def open_release(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The same release again."""
    me = person_of(request)
    release = _release(me, slug, number)
    scopes.reopen_release(release, person=me, by=actor_of(request), because=_typed(request))
    messages.success(request, _("Rilis dibuka kembali setelah setiap berkasnya diperiksa sekali lagi."))
    return redirect("publication:dataset", slug)


@require_POST
@login_required
def shut_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """All data of one organisation."""
    me = person_of(request)
    where = get_object_or_404(organisations_where(me, *MAY_CLOSE), slug=slug)
    ground, because = _told(request)
    scopes.close_organisation(where, person=me, by=actor_of(request), because=because, ground=ground)
    messages.success(request, _("Semua data organisasi itu dan yang di bawahnya tertutup."))
    return redirect("publication:close")


@require_POST
@login_required
def shut_portal(request: HttpRequest) -> HttpResponse:
    """The whole portal."""
    me = person_of(request)
    shut = Shut.READ_ONLY if request.POST.get("shut") == Shut.READ_ONLY else Shut.CLOSED
    ground, because = _told(request)
    scopes.close_portal(person=me, by=actor_of(request), because=because, ground=ground, shut=shut)
    messages.success(request, _("Seluruh portal kini tertutup atau hanya dapat dibaca, seperti yang Anda pilih."))
    return redirect("publication:close")


@require_POST
@login_required
def open_closing(request: HttpRequest, number: int) -> HttpResponse:
    """An organisation or the portal again."""
    me = person_of(request)
    closing = get_object_or_404(Closing, pk=number)
    scopes.end_closing(closing, person=me, by=actor_of(request), because=_typed(request))
    messages.success(request, _("Dibuka kembali. Yang ditutup sendiri-sendiri tetap tertutup."))
    return redirect("publication:close")


def _release(me: Person, slug: str, number: int) -> Release:
    """One release of a dataset that this person keeps, closed or not. Raise Http404 for any other."""
    return get_object_or_404(Release.every, dataset=queries.dataset_for_keeper(me, slug), number=number)


def _told(request: HttpRequest) -> tuple[ClosingGround, str]:
    """What the stone says and the written reason; a hurry gives both by itself, on the safe side."""
    asked = request.POST.get("ground", "")
    ground = ClosingGround(asked) if asked in ClosingGround.values else ClosingGround.PERSONAL_DATA
    return ground, _typed(request) or _("Ditutup petugas piket: %s.") % ground.label


def _typed(request: HttpRequest) -> str:
    """The written reason, without the sign that PostgreSQL takes in no text: a closing must not stumble over it."""
    return request.POST.get("because", "").replace("\0", "").strip()


def _about(request: HttpRequest) -> dict[str, Any]:
    me, words = person_of(request), request.GET.get("q", "").replace("\0", "").strip()[:200]
    where = organisations_where(me, *MAY_CLOSE)
    named = where.filter(name__icontains=words) if words else where.none()
    closings = Closing.objects.filter(ended_at=None).select_related("organisation", "by")
    mine = [one for one in closings if one.organisation is None or where.filter(pk=one.organisation_id).exists()]
    return {
        "words": words,
        "datasets": list(queries.found_for_keeper(me, words)[:MOST]),
        "organisations": named.exclude(pk__in=[one.organisation_id for one in mine if one.organisation_id])[:MOST],
        "closed": _closed_lately(me),
        "closings": [(one, may(check_ends_closing, me, one)) for one in mine],
        "portal": whole_portal(),
        "may_shut_portal": may(check_shuts_portal, me),
        "form": ShutForm(),
    }


def _closed_lately(me: Person) -> list[Any]:
    """What this person closed in the last minutes, with the button that undoes it."""
    return [one for one in queries.closed_lately(me)[:MOST] if may(check_undoes, me, one)]
