"""The public status page in three shapes, and the desk where people add to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.portal.accounts.permissions import person_of
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.services import actions, queries
from lumbung.portal.services.forms import NoticeForm
from lumbung.portal.services.models import Notice, Service, Standing
from lumbung.portal.services.permissions import check_tells

MOST_ENTRIES = 50


@require_safe
@never_cache
def status(request: HttpRequest) -> HttpResponse:
    """For people."""
    return render(request, "services/status.html", {"status": queries.status(), "now": timezone.now()})


@require_safe
@never_cache
def status_json(request: HttpRequest) -> HttpResponse:
    """For machines; every origin may read it."""
    response = JsonResponse(queries.as_json(timezone.now(), queries.status()))
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
@never_cache
def status_atom(request: HttpRequest) -> HttpResponse:
    """What was told lately, for feed readers (RFC 4287)."""
    page = request.build_absolute_uri(reverse("services:status"))
    feed = Atom1Feed(
        title=_("Lumbung: keadaan layanan"), link=page, description="", feed_url=request.build_absolute_uri()
    )
    for one in Notice.objects.all()[:MOST_ENTRIES]:
        feed.add_item(
            title=f"{one.get_service_display()}: {one.get_standing_display()}",
            link=page,
            description=one.words,
            unique_id=f"{page}#kabar-{one.pk}",
            pubdate=one.since,
            updateddate=one.ended_at or one.since,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """What is told now, and the form to tell more."""
    me = person_of(request)
    check_tells(me)
    form = NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        actions.tell(
            Service(asked["service"]),
            person=me,
            by=actor_of(request),
            standing=Standing(asked["standing"]),
            words=asked["words"],
            channel=asked["channel"],
            next_at=asked["next_at"],
        )
        messages.success(request, _("Sudah tampil di halaman keadaan layanan."))
        return redirect("services:desk")
    context = {"form": form, "status": queries.status(), "notices": Notice.objects.filter(ended_at=None)}
    return render(request, "services/desk.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@login_required
def end(request: HttpRequest, number: int) -> HttpResponse:
    """It no longer holds."""
    actions.end(get_object_or_404(Notice, pk=number), person=person_of(request), by=actor_of(request))
    messages.success(request, _("Kabar itu sudah dicabut."))
    return redirect("services:desk")
