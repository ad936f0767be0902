"""The public page of links, and the desk of an office."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lumbung.portal.accounts.permissions import may, person_of
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.chat import actions
from lumbung.portal.chat.forms import ChannelForm, TextForm, TicketForm
from lumbung.portal.chat.models import Channel, ReadyText, Tally
from lumbung.portal.chat.permissions import SEES, WRITES, check_has_desk, check_keeps_channels
from lumbung.portal.chat.secret_file import of_channel

MOST_TALLIES = 60


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def links(request: HttpRequest) -> HttpResponse:
    """For applicants: the safe form, and each office's roads with nothing but the ticket code in them. What is typed
    is posted, so that a number in the wrong box stands in no address."""
    form = TicketForm(request.POST or None)
    ticket = form.cleaned_data["kode"] if form.is_valid() else ""
    words = _("Kode tiket %(ticket)s") % {"ticket": ticket} if ticket else _("Halo")
    channels = Channel.objects.filter(is_on=True).select_related("organisation")
    roads = [(one, actions.link_to(one, words)) for one in channels]
    context = {"form": form, "ticket": ticket, "roads": roads, "form_page": actions.form_page()}
    return render(request, "chat/links.html", context, status=422 if request.method == "POST" and not ticket else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """Roads, numbers per day, ready texts; with a ticket code the texts filled in. The code stands in no address."""
    me = person_of(request)
    check_has_desk(me)
    form = TicketForm(request.POST or None)
    ticket = form.cleaned_data["kode"] if request.method == "POST" and form.is_valid() else ""
    status = 422 if request.method == "POST" and not ticket else 200
    return render(
        request, "chat/desk.html", {**_of_desk(request, ticket), "form": form, "ticket": ticket}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def add_channel(request: HttpRequest) -> HttpResponse:
    """A new road, off."""
    mine = organisations_where(person_of(request), Role.ADMIN).order_by("path")
    form = ChannelForm(request.POST or None, organisations=mine)
    if request.method == "POST" and form.is_valid():
        actions.register(**form.cleaned_data, person=person_of(request), by=actor_of(request))
        messages.success(request, _("Jalur terdaftar dan masih mati. Nyalakan sesudah rahasianya dipasang."))
        return redirect("chat:desk")
    title = _("Jalur pesan baru")
    return render(request, "chat/form.html", {"form": form, "title": title}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def add_text(request: HttpRequest) -> HttpResponse:
    """A new ready text."""
    mine = organisations_where(person_of(request), *WRITES).order_by("path")
    form = TextForm(request.POST or None, organisations=mine)
    if request.method == "POST" and form.is_valid():
        actions.write(**form.cleaned_data, person=person_of(request), by=actor_of(request))
        messages.success(request, _("Teks disimpan."))
        return redirect("chat:desk")
    title = _("Teks siap kirim baru")
    return render(request, "chat/form.html", {"form": form, "title": title}, status=422 if form.is_bound else 200)


@require_POST
@login_required
def turn(request: HttpRequest, channel_id: UUID) -> HttpResponse:
    """On or off."""
    channel = get_object_or_404(Channel.objects.select_related("organisation"), pk=channel_id)
    on = request.POST.get("on") == "1"
    actions.turn(channel, on=on, person=person_of(request), by=actor_of(request))
    messages.success(request, _("Jalur menyala.") if on else _("Jalur mati."))
    return redirect("chat:desk")


@require_POST
@login_required
def drop_text(request: HttpRequest, number: int) -> HttpResponse:
    """No longer offered."""
    text = get_object_or_404(ReadyText.objects.select_related("organisation"), pk=number)
    actions.drop(text, person=person_of(request), by=actor_of(request))
    messages.success(request, _("Teks dihapus."))
    return redirect("chat:desk")


def _of_desk(request: HttpRequest, ticket: str) -> dict[str, Any]:
    me = person_of(request)
    mine = organisations_where(me, *SEES)
    channels = Channel.objects.filter(organisation__in=mine).select_related("organisation")
    texts = [
        (one, words, actions.link_to_anybody(words))
        for one in ReadyText.objects.filter(organisation__in=mine).select_related("organisation")
        for words in [actions.filled(one, ticket) if ticket else one.words]
    ]
    return {
        "channels": [
            (one, bool(of_channel(one)), may(check_keeps_channels, me, one.organisation)) for one in channels
        ],
        "texts": texts,
        "tallies": Tally.objects.filter(channel__organisation__in=mine).select_related("channel")[:MOST_TALLIES],
        "keeps": organisations_where(me, Role.ADMIN).exists(),
        "writes": organisations_where(me, *WRITES).exists(),
    }
