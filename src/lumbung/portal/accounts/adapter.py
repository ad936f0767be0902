"""The doorkeeper: what allauth asks this house at sign-in and sign-out, each answer leaving a line in the record."""

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.second_step import has_second_step
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import Subject, actor_of
from lumbung.portal.audit.kinds import Kind


def typed_email(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str:
    """The e-mail somebody tries to come in with, folded so that its spelling does not escape the counting."""
    return ((credentials or {}).get("email") or request.POST.get("login", "")).strip().lower()


def subject_of(person: Person) -> Subject:
    """As the record names a person; the line belongs to the first organisation they hold or wait for a role in."""
    first = person.memberships.order_by("pk").values_list("organisation__slug", flat=True).first()
    first = first or person.proposals.values_list("organisation__slug", flat=True).first()
    return Subject(kind="person", id=str(person.pk), label=person.name, organisation=first or "")


def whom(email: str) -> Subject:
    """The person with this e-mail, or nobody. What was typed is not kept: it may be a password in the wrong box."""
    person = Person.objects.filter(email=email).first()
    return subject_of(person) if person else Subject(kind="person", id="unknown")


class Doorkeeper(DefaultAccountAdapter):
    """Nobody signs up by themselves: an admin adds people."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Surel atau kata sandinya belum cocok. Coba ketik sekali lagi."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **about: Any) -> HttpResponse:
        """Record that the person came in."""
        assert isinstance(user, Person)
        record_now(Kind.SIGNED_IN, by=actor_of(request), subject=subject_of(user))
        return super().post_login(request, user, **about)

    def is_reauthentication_required(self, *, app: str, **about: Any) -> bool:
        """Before a change of the second step, but not before the first one: that comes right after the password."""
        first = app == "allauth.mfa" and not has_second_step(self.request.user)
        return not first and super().is_reauthentication_required(app=app, **about)

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """By the second step where there is one; by the password otherwise."""
        methods = super().get_reauthentication_methods(user)
        stronger = [method for method in methods if method["id"] != "reauthenticate"]
        return stronger or methods

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Right password, closed account."""
        return render(request, "accounts/inactive.html", status=403)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record who somebody tried to be."""
        record_now(Kind.SIGN_IN_FAILED, by=actor_of(request), subject=whom(typed_email(request, credentials)))

    def logout(self, request: HttpRequest) -> None:
        """Record that the person left, while it is still known who they are."""
        if isinstance(request.user, Person):
            record_now(Kind.SIGNED_OUT, by=actor_of(request), subject=subject_of(request.user))
        super().logout(request)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Record that the person chose a new password, which from now on nobody else knows."""
        assert isinstance(user, Person)
        user.must_change_password = False
        super().set_password(user, password)
        record_now(Kind.PASSWORD_CHANGED, by=actor_of(self.request), subject=subject_of(user))

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        """Refuse the old password as the new one: an admin may have seen it."""
        if user and user.has_usable_password() and user.check_password(password):
            raise ValidationError(_("Pilih kata sandi yang berbeda dari yang sekarang."))
        cleaned: str = super().clean_password(password, user)
        return cleaned

    def add_message(self, *args: Any, **keywords: Any) -> None:
        """Say nothing: arriving on the desk is message enough."""
