"""The duty officer's desk: every switch on one page, one touch each. Made for a telephone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.portal.accounts.permissions import Unfit, may, person_of
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.services import actions, checklist, permissions, registering
from lumbung.portal.services.board import cards
from lumbung.portal.services.forms import MoveForm, RegisterForm, SignForm
from lumbung.portal.services.models import Own, Service
from lumbung.portal.services.permissions import Act
from lumbung.portal.services.states import ServiceState


@require_safe
@login_required
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """All switches."""
    me = person_of(request)
    permissions.check(Act.MOVE, me)
    registers = may(permissions.check, Act.REGISTER, me)
    context = {"cards": cards(me), "points": checklist.POINTS, "form": RegisterForm(), "registers": registers}
    return render(request, "services/desk.html", context)


@require_POST
@login_required
def move(request: HttpRequest, code: str) -> HttpResponse:
    """One touch."""
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Unfit(
            "move-form", _("Isian itu tidak dapat dibaca, jadi saklar belum digerakkan."), _("Kembali dan ulangi.")
        )
    asked, state = form.cleaned_data, ServiceState(form.cleaned_data["state"])
    _known(code)
    actions.move(
        code, person=person_of(request), by=actor_of(request), state=state, told=form.told(), seen=asked["seen"]
    )
    messages.success(request, _("Sudah tampil di halaman keadaan layanan. Dapat diurungkan dalam sepuluh menit."))
    return redirect("services:desk")


@require_POST
@login_required
def undo(request: HttpRequest, code: str) -> HttpResponse:
    """One's own slip."""
    _known(code)
    actions.undo(code, person=person_of(request), by=actor_of(request))
    messages.success(request, _("Diurungkan: layanan kembali seperti sebelumnya."))
    return redirect("services:desk")


@require_POST
@login_required
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """One hand under the checklist."""
    form = SignForm(request.POST)
    form.is_valid()
    asked = form.cleaned_data
    _known(code)
    checklist.sign(
        code, person=person_of(request), by=actor_of(request), points=set(asked.get("points", ())),
        words=asked.get("words", ""), seen=asked.get("seen"),
    )  # fmt: skip
    messages.success(request, _("Tanda tangan Anda tercatat."))
    return redirect("services:desk")


@require_http_methods(["POST"])
@login_required
def register(request: HttpRequest) -> HttpResponse:
    """An outside service; a wrong form comes back as it was typed."""
    me, form = person_of(request), RegisterForm(request.POST)
    permissions.check(Act.REGISTER, me)
    if not form.is_valid():
        context = {"cards": cards(me), "points": checklist.POINTS, "form": form, "registers": True}
        return render(request, "services/desk.html", context, status=422)
    asked = form.cleaned_data
    registering.register(
        person=me, by=actor_of(request), name=asked["name"], address=asked["address"], channel=asked["channel"],
        look_at=asked["address"] if asked["watched"] else "",
    )  # fmt: skip
    messages.success(request, _("Layanan itu kini ada di papan saklar."))
    return redirect("services:desk")


@require_POST
@login_required
def watch(request: HttpRequest, code: str) -> HttpResponse:
    """Begin or end asking for an outside service's health."""
    service = _known(code)
    look_at = service.address if service and "watched" in request.POST else ""
    registering.watch(code, person=person_of(request), by=actor_of(request), look_at=look_at)
    messages.success(request, _("Pemantauan diatur."))
    return redirect("services:desk")


@require_POST
@login_required
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Off the board."""
    _known(code)
    registering.retire(code, person=person_of(request), by=actor_of(request))
    messages.success(request, _("Layanan dilepas dari papan saklar; riwayatnya tetap ada."))
    return redirect("services:desk")


def _known(code: str) -> Service | None:
    """The row, None for an own service that never moved. Raise Http404 for what is on no board."""
    service = Service.objects.filter(code=code).first()
    if service is None and code not in Own.values:
        raise Http404
    return service
