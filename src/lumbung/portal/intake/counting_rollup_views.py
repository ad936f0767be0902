"""The walidata's page of sums: which districts have enough villages, which sums are out of date, one button each."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lumbung.portal.accounts.models import Organisation
from lumbung.portal.accounts.permissions import person_of
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.intake import counting_rollup


@require_safe
@login_required
@never_cache
def overview(request: HttpRequest) -> HttpResponse:
    """Every district and regency this person is walidata of, and how far its sums are."""
    mine = organisations_where(person_of(request), Role.WALIDATA)
    places = mine.filter(kind__in=list(counting_rollup.LEVELS)).exclude(kode="").order_by("path")
    standing = [counting_rollup.standing_of(place) for place in places]
    return render(request, "intake/sums.html", {"standing": standing})


@require_POST
@login_required
def add_up(request: HttpRequest, kode: str) -> HttpResponse:
    """Add up, and go on to the submission that comes of it."""
    me = person_of(request)
    place = get_object_or_404(Organisation.objects.filter(pk__in=organisations_where(me, Role.WALIDATA)), kode=kode)
    result = counting_rollup.add_up(place, person=me, by=actor_of(request))
    messages.success(request, _("Jumlahnya menjadi kiriman baru dan menunggu tinjauan orang lain."))
    return redirect(result)
