"""The page where a package from the village's own computer is handed in, and the portal's memory taken along."""

import json
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.portal.accounts.models import Organisation, OrganisationKind
from lumbung.portal.accounts.permissions import person_of
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.audit.kinds import Kind
from lumbung.portal.intake import counting_offline, packaging, parcels, sid, vault
from lumbung.portal.intake.models import Parcel
from lumbung.portal.intake.states import UNDER_WAY
from lumbung.portal.intake.uploads import InMemory, check_announced_size


class PackageForm(forms.Form):
    """Which village; the file itself is read beside the form."""

    village = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Desa"))

    def __init__(self, *args: Any, villages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["village"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = villages
        if villages.count() == 1:
            self.initial.setdefault("village", villages.get())


@csrf_exempt  # the check reads the form, and reading begins only when the handler is in place; see `_taken`
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def bring(request: HttpRequest) -> HttpResponse:
    """Hand in a package. Its bytes are sealed from memory; a job looks at them, and they are destroyed then."""
    if request.method != "POST":
        return _page(request, PackageForm(villages=_mine(request)))
    check_announced_size(request, limit=counting_offline.LARGEST)
    handler = InMemory(request, limit=counting_offline.LARGEST)
    request.upload_handlers = [handler]
    return _taken(request, handler)


@csrf_protect
def _taken(request: HttpRequest, handler: InMemory) -> HttpResponse:
    form = PackageForm(request.POST, villages=_mine(request))
    if not form.is_valid():
        return _page(request, form, status=422)
    sealed = vault.seal_bytes([handler.content], name="paket.zip")
    try:
        village = form.cleaned_data["village"]
        parcel = parcels.bring(sealed, person=person_of(request), organisation=village, by=actor_of(request))
    finally:
        sealed.discard()
    return redirect("intake:parcel", parcel.pk)


@require_safe
@login_required
@never_cache
def parcel(request: HttpRequest, parcel_id: UUID) -> HttpResponse:
    """What became of a package: followed while it is looked at, then its submission, or why it was not taken."""
    found = get_object_or_404(Parcel, pk=parcel_id, organisation__in=_mine(request))
    if found.result:
        messages.success(request, _("Paket diterima: buktinya berlaku, dan semua turunannya sudah ditulis ulang."))
        return redirect(found.result)
    under_way = found.state in UNDER_WAY
    why = None if under_way else counting_offline.why(found)
    return render(request, "intake/parcel.html", {"parcel": found, "under_way": under_way, "why": why})


@require_safe
@login_required
@never_cache
def parcel_progress(request: HttpRequest, parcel_id: UUID) -> HttpResponse:
    """The part of the page that follows the work; tells htmx to load the page anew when it has ended."""
    found = get_object_or_404(Parcel, pk=parcel_id, organisation__in=_mine(request))
    response = render(request, "intake/parcel_progress.html", {"parcel": found})
    if found.state not in UNDER_WAY:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@login_required
@never_cache
def memory(request: HttpRequest, kode: str) -> HttpResponse:
    """What has been handed out about a village, for `lumbung statistics --memory`: printed numbers and marks alone."""
    village = get_object_or_404(_mine(request), kode=kode)
    record_now(Kind.DOWNLOADED, by=actor_of(request), subject=sid.subject_of(village), file="ingatan.json")
    content = json.dumps(packaging.memory_of(kode), ensure_ascii=False, separators=(",", ":"))
    response = HttpResponse(f"{content}\n", content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{kode}.json"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _page(request: HttpRequest, form: PackageForm, *, status: int = 200) -> HttpResponse:
    villages = [{"organisation": one, "releases": len(packaging.memory_of(one.kode))} for one in _mine(request)]
    under_way = Parcel.objects.filter(organisation__in=_mine(request), state__in=UNDER_WAY)
    context = {"form": form, "villages": villages, "under_way": under_way, "limit": counting_offline.LARGEST}
    return render(request, "intake/bring.html", context, status=status)


def _mine(request: HttpRequest) -> Any:
    mine = organisations_where(person_of(request), Role.PRODUSEN)
    return mine.filter(kind=OrganisationKind.VILLAGE).exclude(kode="").order_by("name")
