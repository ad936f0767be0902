"""The PPDP opens and closes a check; an office asks for people who come with their card and do not know their KK."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from lumbung.portal.accounts.permissions import Refused, may, person_of
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.incidents.drafting import kinds_of
from lumbung.portal.incidents.models import Incident
from lumbung.portal.incidents.queries import incident_for_officer, incidents_for_officer
from lumbung.portal.intake.forms import TAKEN
from lumbung.portal.intake.uploads import SealingHandler, check_announced_size
from lumbung.portal.tracing import checking
from lumbung.portal.tracing.check_views import ELEMENT, check_of, multiplied, sent_filter, told
from lumbung.portal.tracing.forms import CheckForm
from lumbung.portal.tracing.models import CheckState, ResidentCheck
from lumbung.portal.tracing.permissions import check_asks_at_office, check_opens_check, check_opens_somewhere

WHY_NOT = {
    "no-files": gettext_lazy("Berkas datanya sudah tidak ada, jadi saringannya tidak dapat dibuat."),
    "nobody": gettext_lazy("Di berkas datanya tidak ditemukan NIK, jadi tidak ada yang dapat diperiksa warga."),
    "not-wholly-read": gettext_lazy("Berkas datanya tidak terbaca seluruhnya."),
    "too-much": gettext_lazy(
        "Berkas datanya terlalu banyak untuk satu pemeriksaan: tutup, lalu bawa berkas orangnya."
    ),
    "damaged": gettext_lazy("Berkas yang dibawa tidak dapat dibuka lagi: tutup, lalu bawa sekali lagi."),
    "time": gettext_lazy("Berkas datanya terlalu lama dibaca: tutup, lalu bawa berkas yang lebih kecil."),
    "memory": gettext_lazy("Berkas datanya terlalu besar: tutup, lalu bawa berkas yang lebih kecil."),
    "crash": gettext_lazy("Berkas datanya tidak dapat dibaca: simpan ulang sebagai XLSX atau CSV, lalu bawa ke sini."),
    "interrupted": gettext_lazy("Penyiapannya terputus tiga kali."),
}


@require_safe
@login_required
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """Incidents that go on with their checks for the PPDP; for an office the checks that stand open."""
    return _page(request)


@csrf_exempt  # the check reads the form, and reading begins only when the sealing handler is in place
@require_POST
@login_required
def open_(request: HttpRequest, number: int) -> HttpResponse:
    """For one incident, and for its PPDP alone: of nobody else a byte is read."""
    incident = incident_for_officer(person_of(request), number)
    check_opens_check(person_of(request), incident)
    check_announced_size(request, limit=settings.UPLOAD_LIMIT)
    handler = SealingHandler(request, limit=settings.UPLOAD_LIMIT)
    request.upload_handlers = [handler]
    try:
        return _opened(request, incident)
    finally:
        handler.tidy()


@csrf_protect
def _opened(request: HttpRequest, incident: Incident) -> HttpResponse:
    form = CheckForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, wrong=(incident.pk, form), status=422)
    said, sealed = form.cleaned_data, next(iter(form.sealed()), None)
    acts = {"person": person_of(request), "by": actor_of(request), "because": said["because"]}
    checking.open_check(incident, **acts, columns=said["columns"], sealed=sealed)
    messages.success(request, _("Saringannya sedang disiapkan. Halaman untuk warga terbuka begitu selesai."))
    return redirect("tracing:check-desk")


@require_POST
@login_required
def close(request: HttpRequest, number: int) -> HttpResponse:
    """For good: the key is destroyed."""
    me = person_of(request)
    found = _any(number)
    checking.close_check(found, person=me, by=actor_of(request))
    messages.success(request, _("Pemeriksaan ditutup dan kuncinya dimusnahkan."))
    return redirect("tracing:check-desk")


@require_safe
@login_required
@never_cache
def office(request: HttpRequest, number: int) -> HttpResponse:
    """The page on which an officer asks for somebody who stands there with a card."""
    check_asks_at_office(person_of(request))
    found = check_of(number)
    return render(request, "tracing/office.html", {"check": found, "is_open": found.state == CheckState.OPEN})


@require_safe
@login_required
def filter_file(request: HttpRequest, number: int, district: str) -> HttpResponseBase:
    """A whole filter over the NIK alone, for officers."""
    check_asks_at_office(person_of(request))
    return sent_filter(check_of(number), "kantor", district)


@require_POST
@login_required
def evaluate(request: HttpRequest, number: int) -> HttpResponse:
    """One blinded element under the office's key. Each is a line of the record."""
    me = person_of(request)
    check_asks_at_office(me)
    try:
        blinded = request.read(ELEMENT + 1)
        return multiplied(checking.evaluate_at_office(check_of(number), blinded, person=me, by=actor_of(request)))
    except Refused as refused:
        return told(refused)


def _any(number: int) -> ResidentCheck:
    return get_object_or_404(ResidentCheck.objects.select_related("incident__dataset__organisation"), pk=number)


def _page(request: HttpRequest, *, wrong: tuple[int, CheckForm] | None = None, status: int = 200) -> HttpResponse:
    me = person_of(request)
    incidents = incidents_for_officer(me).filter(ended_at=None)
    rows = [_row(one, wrong) for one in incidents if may(check_opens_check, me, one)]
    if not rows and not may(check_opens_somewhere, me):
        check_asks_at_office(me)
    open_checks = ResidentCheck.objects.filter(state=CheckState.OPEN).select_related("incident__dataset")
    context = {"rows": rows, "open_checks": open_checks, "may_ask": may(check_asks_at_office, me),
               "taken": TAKEN, "limit": settings.UPLOAD_LIMIT}  # fmt: skip
    return render(request, "tracing/check_desk.html", context, status=status)


def _row(incident: Incident, wrong: tuple[int, CheckForm] | None) -> dict[str, object]:
    check = incident.checks.exclude(state=CheckState.CLOSED).first()
    dossier = incident.dossiers.first()
    columns = kinds_of(dossier.facts["people"]) if dossier else ""
    form = wrong[1] if wrong and wrong[0] == incident.pk else CheckForm(initial={"columns": columns})
    return {
        "incident": incident,
        "check": check,
        "why_not": WHY_NOT.get(check.code, check.code) if check else "",
        "entries": sum(check.districts.values()) if check else 0,
        "form": form,
    }
