"""Inviting by link, taking an invitation up, and what waits for a second admin."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.portal.accounts import invitations, two_admins
from lumbung.portal.accounts.forms import FirstPasswordForm, PersonForm, ReasonForm
from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.permissions import Refused, check_manages_people, check_manages_wholly, person_of
from lumbung.portal.accounts.queries import organisations_where
from lumbung.portal.accounts.roles import Role
from lumbung.portal.accounts.second_step import needs_second_step
from lumbung.portal.accounts.views import get_person_for_admin
from lumbung.portal.audit.actors import actor_of

SESSION_KEY = "invitation"  # where the session keeps it, so that no later address carries it


@login_required
@never_cache
def invite(request: HttpRequest) -> HttpResponse:
    """A new person; the link is shown once, to be handed over."""
    me = person_of(request)
    check_manages_people(me)
    form = PersonForm(request.POST or None, organisations=organisations_where(me, Role.ADMIN))
    if request.method == "POST" and form.is_valid():
        chosen = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
        person, token = invitations.invite(**chosen, admin=me, by=actor_of(request))
        return _handed_over(request, person, token)
    context = {"form": form, "heading": _("Undang orang"), "roles_described": list(Role)}
    return render(request, "accounts/invite.html", context)


@login_required
@require_POST
@never_cache
def renew(request: HttpRequest, number: int) -> HttpResponse:
    """Another link instead of the last one."""
    someone = get_person_for_admin(request, number)
    check_manages_wholly(person_of(request), someone)
    token = invitations.renew(someone, admin=person_of(request), by=actor_of(request))
    return _handed_over(request, someone, token)


@login_required
@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """The link leads nowhere any more."""
    someone = get_person_for_admin(request, number)
    check_manages_wholly(person_of(request), someone)
    invitations.revoke(someone, by=actor_of(request))
    messages.success(request, _("Tautan undangannya tidak berlaku lagi."))
    return redirect("accounts:person", number=someone.pk)


def _handed_over(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    link = settings.LUMBUNG_URL + reverse("open_invitation", args=[token])
    context = {"person": person, "link": link, "days": invitations.VALID_FOR.days}
    return render(request, "accounts/invited.html", context)


@require_safe
@never_cache
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address, into the session, and lead on."""
    invitations.open_invitation(token)
    request.session[SESSION_KEY] = token
    return redirect("accept_invitation")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def accept(request: HttpRequest) -> HttpResponse:
    """Who was invited chooses a password, and is in."""
    token = request.session.get(SESSION_KEY, "")
    person = invitations.open_invitation(token).person
    if request.user.is_authenticated:
        raise Refused(
            "somebody-is-in",
            _("Di peramban ini sudah ada yang masuk: %(name)s.") % {"name": person_of(request).name},
            _("Undangan ini untuk orang lain. Keluar dahulu, lalu buka lagi tautannya."),
        )
    form = FirstPasswordForm(request.POST or None, person=person)
    if request.method != "POST" or not form.is_valid():
        roles = [(held.get_role_display(), held.organisation.name) for held in person.memberships.all()]
        roles += [(one.get_role_display(), one.organisation.name) for one in person.proposals.all()]
        return render(request, "accounts/accept.html", {"form": form, "person": person, "held": roles})
    by = actor_of(request)
    person = invitations.accept(token, password=form.cleaned_data["password1"], address=by.address, device=by.device)
    request.session.pop(SESSION_KEY, None)
    address = reverse("mfa_index") if needs_second_step(person) else settings.LOGIN_REDIRECT_URL
    response: HttpResponse = perform_login(request, person, redirect_url=address)
    return response


@login_required
@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """The second admin confirms, or does not."""
    me = person_of(request)
    proposal = get_object_or_404(two_admins.waiting_for(me), pk=number)
    if request.POST.get("answer") == "confirm":
        two_admins.confirm(proposal, admin=me, by=actor_of(request))
        messages.success(request, _("Disetujui, dan langsung berlaku."))
    else:
        two_admins.decline(proposal, admin=me, by=actor_of(request))
        messages.success(request, _("Permintaan itu tidak dijalankan."))
    return redirect("accounts:people")


@login_required
@require_POST
def lift_second_step(request: HttpRequest, number: int) -> HttpResponse:
    """For who lost telephone and recovery codes."""
    someone = get_person_for_admin(request, number)
    me = person_of(request)
    check_manages_wholly(me, someone)
    form = ReasonForm(request.POST)
    held = someone.memberships.select_related("organisation").order_by("pk").first()
    if not form.is_valid() or held is None:
        messages.error(request, _("Alasannya perlu diisi."))
        return redirect("accounts:person", number=someone.pk)
    because = form.cleaned_data["because"]
    done = two_admins.ask_for_reset(
        someone, organisation=held.organisation, because=because, admin=me, by=actor_of(request)
    )
    said = _("Pengaman keduanya dilepas; ia memasang yang baru begitu masuk.")
    messages.success(request, said if done else _("Permintaan ini menunggu persetujuan admin kedua."))
    return redirect("accounts:person", number=someone.pk)
