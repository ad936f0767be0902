"""The desk: feeds, one feed with its keys, officers, months and quarters, and the door before a single call."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.aggregate.quarters import quarter_of
from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import may, person_of
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.emergencies import actions, figures, taking
from lumbung.portal.emergencies.forms import FeedForm, NumberForm, OfficerForm, ReasonForm
from lumbung.portal.emergencies.models import Call, Feed, Officer
from lumbung.portal.emergencies.permissions import check_has_desk, check_keeps, check_opens, check_sees
from lumbung.portal.intake.printed import under_way

ON_A_PAGE = 10


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """The feeds this person has to do with, and for an admin the form for a new one."""
    me = person_of(request)
    check_has_desk(me)
    mine = organisations_where(me, Role.ADMIN).order_by("path")
    form = FeedForm(request.POST or None, organisations=mine)
    if request.method == "POST" and form.is_valid():
        feed = actions.make(**form.cleaned_data, person=me, by=actor_of(request))
        return redirect("emergencies:feed", feed.pk)
    feeds = [one for one in Feed.objects.select_related("organisation") if may(check_sees, me, one)]
    context = {"feeds": feeds, "form": form if mine.exists() else None}
    return render(request, "emergencies/desk.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@login_required
@never_cache
def feed(request: HttpRequest, number: int) -> HttpResponse:
    """Everything about one feed that is not in a call."""
    return _page(request, _seen(request, number))


@require_POST
@login_required
@never_cache
def make_key(request: HttpRequest, number: int) -> HttpResponse:
    """A new key, shown on this one page and never again."""
    found = _seen(request, number)
    text = taking.make_key(found, person=person_of(request), by=actor_of(request))
    response = _page(request, found, text=text)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@login_required
def revoke_keys(request: HttpRequest, number: int) -> HttpResponse:
    """The app's key opens nothing from now on."""
    taking.revoke_keys(_seen(request, number), person=person_of(request), by=actor_of(request))
    messages.success(request, _("Kunci dicabut. Kiriman dengan kunci itu ditolak sejak sekarang."))
    return redirect("emergencies:feed", number)


@require_POST
@login_required
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Nothing comes in any more."""
    because = request.POST.get("because", "")
    actions.end(_seen(request, number), person=person_of(request), by=actor_of(request), because=because)
    messages.success(request, _("Aliran ini berakhir. Isinya dimusnahkan pada tanggalnya."))
    return redirect("emergencies:feed", number)


@require_POST
@login_required
def name_officer(request: HttpRequest, number: int) -> HttpResponse:
    """Let somebody open calls."""
    found, form = _seen(request, number), OfficerForm(request.POST)
    check_keeps(person_of(request), found.organisation)
    officer = Person.objects.filter(email=form.cleaned_data["email"].lower()).first() if form.is_valid() else None
    if officer is None:
        messages.error(request, _("Tidak ada akun dengan surel itu di sini."))
    else:
        actions.name_officer(found, officer=officer, person=person_of(request), by=actor_of(request))
        messages.success(request, _("Petugas ditunjuk."))
    return redirect("emergencies:feed", number)


@require_POST
@login_required
def dismiss(request: HttpRequest, number: int, officer: int) -> HttpResponse:
    """Opens no call any more."""
    named = get_object_or_404(Officer, pk=officer, feed=_seen(request, number))
    actions.dismiss(named, person=person_of(request), by=actor_of(request))
    messages.success(request, _("Penunjukan dicabut."))
    return redirect("emergencies:feed", number)


@require_POST
@login_required
def find(request: HttpRequest, number: int) -> HttpResponse:
    """From the app's own number to the door of the call. The number stands in no address."""
    found, form = _seen(request, number), NumberForm(request.POST)
    typed = form.cleaned_data["number"] if form.is_valid() else ""
    call = actions.find(found, number=typed, person=person_of(request))
    if call is None:
        messages.error(request, _("Tidak ada panggilan dengan nomor itu di sini."))
        return redirect("emergencies:feed", number)
    return redirect("emergencies:call", call.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def call(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """The door before one call, and, with a reason, the call on this one page."""
    found = get_object_or_404(Call.objects.select_related("feed__organisation", "key__feed"), pk=call_id)
    me = person_of(request)
    check_opens(me, found.feed)
    form, content = ReasonForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        content = actions.look(found, person=me, by=actor_of(request), because=form.cleaned_data["because"])
    times = [(step, datetime.fromisoformat(when)) for step, when in content["waktu"].items()] if content else []
    context = {"call": found, "form": form, "content": content, "times": times}
    status = 422 if request.method == "POST" and content is None else 200
    response = render(request, "emergencies/call.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@login_required
def print_quarter(request: HttpRequest, number: int) -> HttpResponse:
    """Count and protect one quarter, once."""
    found = _seen(request, number)
    wanted = request.POST.get("quarter", "")
    figures.print_quarter(found, wanted, person=person_of(request), by=actor_of(request))
    messages.success(request, _("Triwulan dihitung, angka kecilnya disembunyikan. Serahkan tabelnya untuk ditinjau."))
    return redirect("emergencies:feed", number)


@require_POST
@login_required
def hand_in(request: HttpRequest, number: int) -> HttpResponse:
    """Send the table in, to be inspected and reviewed."""
    submission = figures.hand_in(_seen(request, number), person=person_of(request), by=actor_of(request))
    return redirect(submission.get_absolute_url())


def _seen(request: HttpRequest, number: int) -> Feed:
    found = get_object_or_404(Feed.objects.select_related("organisation"), pk=number)
    check_sees(person_of(request), found)
    return found


def _page(request: HttpRequest, found: Feed, *, text: str = "") -> HttpResponse:
    me, today = person_of(request), timezone.localdate()
    opens = may(check_opens, me, found)
    calls = Paginator(found.calls.select_related("key"), ON_A_PAGE)
    context: dict[str, Any] = {
        "feed": found,
        "text": text,
        "keeps": may(check_keeps, me, found.organisation),
        "opens": opens,
        "key": next((one for one in found.keys.select_related("made_by") if one.is_valid), None),
        "officers": found.officers.filter(ended_at=None).select_related("person"),
        "officer_form": OfficerForm(),
        "number_form": NumberForm(),
        "page": calls.get_page(request.GET.get("page")) if opens else None,
        "months": [(one, quarter_of(one.month), one.calls.count()) for one in found.months.all()],
        "ripe": figures.ripe(found),
        "due": figures.due_soon(found, today),
        "printed": found.printed.select_related("submission"),
        "waiting": under_way(found.printed.all()),
    }
    return render(request, "emergencies/feed.html", context)
