"""Sign-in and sign-out on allauth's views, and the admin's desk for people and organisations."""

from typing import Any

from allauth.account.views import LoginView
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.portal.accounts import actions
from lumbung.portal.accounts.adapter import typed_email, whom
from lumbung.portal.accounts.forms import OrganisationForm, ReasonForm, RoleForm
from lumbung.portal.accounts.jobs import CLOSED_AFTER, SHOWN_AFTER
from lumbung.portal.accounts.models import Membership, OrganisationKind, Person
from lumbung.portal.accounts.permissions import (
    check_manages_organisation,
    check_manages_people,
    check_manages_wholly,
    may,
    person_of,
)
from lumbung.portal.accounts.queries import asleep_since, is_guessing, organisations_where, people_below
from lumbung.portal.accounts.roles import Role
from lumbung.portal.accounts.second_step import has_second_step
from lumbung.portal.accounts.two_admins import ask_for_role, waiting_for
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.audit.kinds import Kind


class SignIn(LoginView):
    """Allauth's sign-in with our words. Django-axes counts failures by account and address; by address alone, so
    that nobody tries one password on every account, they are counted here."""

    template_name = "accounts/sign_in.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Look at the password only where few have failed from this address lately."""
        if is_guessing(request.META.get("REMOTE_ADDR", "")):
            return locked_out(request, None, None)
        return super().post(request, *args, **kwargs)

    def get_form(self, *args: Any) -> Any:
        """The form with labels in the site's own language."""
        form = super().get_form(*args)
        form.fields.pop("remember", None)
        form.fields["login"].label = _("Surel")
        form.fields["password"].label = _("Kata sandi")
        return form


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: Any) -> HttpResponse:
    """429 in kind words, recorded. Called by django-axes."""
    record_now(Kind.SIGN_IN_LOCKED, by=actor_of(request), subject=whom(typed_email(request, credentials)))
    return render(request, "accounts/locked.html", {"minutes": 15}, status=429)


def get_person_for_admin(request: HttpRequest, number: int) -> Person:
    """Somebody in the admin's organisations; 404 for everybody else and for who does not exist."""
    organisations = organisations_where(person_of(request), Role.ADMIN)
    person = people_below(organisations).filter(pk=number).first()
    if person is None:
        raise Http404
    return person


@login_required
def people(request: HttpRequest) -> HttpResponse:
    """Organisations and people an admin looks after, and what waits for a second admin."""
    me = person_of(request)
    check_manages_people(me)
    organisations = organisations_where(me, Role.ADMIN)
    asleep = Person.objects.filter(asleep_since(timezone.now() - SHOWN_AFTER))
    everybody = people_below(organisations).prefetch_related("memberships__organisation", "invitations")
    context = {
        "people": everybody,
        "asleep": set(asleep.values_list("pk", flat=True)),
        "closed_after": CLOSED_AFTER.days,
        "organisations": organisations.order_by("path"),
        "roles_described": list(Role),
        "waiting": waiting_for(me),
        "me": me,
    }
    return render(request, "accounts/people.html", context)


@login_required
def add_organisation(request: HttpRequest) -> HttpResponse:
    """A new organisation below one of the admin's."""
    me = person_of(request)
    check_manages_people(me)
    form = OrganisationForm(request.POST or None, organisations=organisations_where(me, Role.ADMIN))
    if request.method == "POST" and form.is_valid():
        chosen = {**form.cleaned_data, "kind": OrganisationKind(form.cleaned_data["kind"])}
        actions.add_organisation(**chosen, by=actor_of(request))
        messages.success(request, _("Organisasi ditambahkan."))
        return redirect("accounts:people")
    return render(request, "accounts/form.html", {"form": form, "heading": _("Tambah organisasi")})


@login_required
def person(request: HttpRequest, number: int) -> HttpResponse:
    """One person: roles, and the forms to change them."""
    someone = get_person_for_admin(request, number)
    me = person_of(request)
    form = RoleForm(request.POST or None, organisations=organisations_where(me, Role.ADMIN))
    if request.method == "POST" and form.is_valid():
        chosen = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
        given = ask_for_role(someone, **chosen, admin=me, by=actor_of(request))
        messages.success(request, _("Peran diberikan.") if given else _("Peran ini menunggu persetujuan admin kedua."))
        return redirect("accounts:person", number=someone.pk)
    return render(request, "accounts/person.html", _about(me, someone, form))


def _about(me: Person, someone: Person, form: RoleForm) -> dict[str, Any]:
    """What the page of one person shows this admin."""
    return {
        "someone": someone,
        "memberships": someone.memberships.select_related("organisation"),
        "form": form,
        "reason": ReasonForm(),
        "wholly": may(check_manages_wholly, me, someone),
        "own": someone.pk == me.pk,
        "invited": not someone.has_usable_password(),
        "invitation": someone.invitations.filter(used_at=None, revoked_at=None).first(),
        "second_step": has_second_step(someone),
        "sessions": UserSession.objects.filter(user_id=someone.pk).count(),
        "roles_described": list(Role),
    }


@login_required
@require_POST
def take_role(request: HttpRequest, number: int, membership: int) -> HttpResponse:
    """Take one role back."""
    someone = get_person_for_admin(request, number)
    held = get_object_or_404(Membership, pk=membership, person=someone)
    check_manages_organisation(person_of(request), held.organisation)
    actions.take_role(held, by=actor_of(request))
    messages.success(request, _("Peran dicabut."))
    return redirect("accounts:people")


@login_required
@require_POST
def set_active(request: HttpRequest, number: int) -> HttpResponse:
    """Close an account, or open it again, with a reason."""
    someone = get_person_for_admin(request, number)
    check_manages_wholly(person_of(request), someone)
    form = ReasonForm(request.POST)
    if form.is_valid():
        active = request.POST.get("active") == "1"
        actions.set_active(someone, active=active, by=actor_of(request), because=form.cleaned_data["because"])
        messages.success(request, _("Akun diaktifkan.") if active else _("Akun dinonaktifkan."))
    else:
        messages.error(request, _("Alasannya perlu diisi."))
    return redirect("accounts:person", number=someone.pk)


@login_required
@require_POST
def reset_password(request: HttpRequest, number: int) -> HttpResponse:
    """A passing password for somebody who forgot theirs; shown once, to be handed over in person."""
    someone = get_person_for_admin(request, number)
    check_manages_wholly(person_of(request), someone)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Alasannya perlu diisi."))
        return redirect("accounts:person", number=someone.pk)
    password = actions.reset_password(someone, by=actor_of(request), because=form.cleaned_data["because"])
    return render(request, "accounts/password_reset.html", {"person": someone, "password": password})


@login_required
@require_POST
def end_sessions(request: HttpRequest, number: int) -> HttpResponse:
    """End every session of somebody, for instance after a telephone was lost."""
    someone = get_person_for_admin(request, number)
    check_manages_wholly(person_of(request), someone)
    actions.end_sessions(someone, by=actor_of(request))
    messages.success(request, _("Semua sesinya diakhiri."))
    return redirect("accounts:person", number=someone.pk)
