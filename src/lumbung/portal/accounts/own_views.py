"""One's own account: password, second step, open sessions. Allauth's views with our words, each act recorded."""

import json
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCode
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.portal.accounts import actions
from lumbung.portal.accounts.adapter import subject_of
from lumbung.portal.accounts.permissions import person_of
from lumbung.portal.accounts.second_step import Vault, lacks_second_step, needs_second_step
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.audit.kinds import Kind


def _record(request: HttpRequest, kind: Kind, means: str = "") -> None:
    record_now(kind, by=actor_of(request), subject=subject_of(person_of(request)), means=means)


def _set_up(request: HttpRequest, means: str) -> None:
    """Recorded; and who has just proved it need not prove it again to see the recovery codes."""
    _record(request, Kind.SECOND_STEP_SET, means)
    record_authentication(request, person_of(request), "mfa", type=means, reauthenticated=True)


class Account(IndexView):
    """All of it on one page."""

    template_name = "accounts/account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is set up, and where the account is open."""
        me = person_of(self.request)
        mine = Authenticator.objects.filter(user_id=me.pk)
        return {
            **super().get_context_data(**kwargs),
            "telephone": mine.filter(type=Authenticator.Type.TOTP).first(),
            "passkeys": mine.filter(type=Authenticator.Type.WEBAUTHN).order_by("created_at"),
            "needs": needs_second_step(me),
            "lacks": lacks_second_step(me),
            "sessions": sorted(UserSession.objects.purge_and_list(me), key=lambda one: one.created_at, reverse=True),
            "here": self.request.session.session_key,
        }


class SetTelephone(ActivateTOTPView):
    """A picture to be scanned, and the first code as proof."""

    template_name = "accounts/telephone.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Set up and recorded."""
        response: HttpResponse = super().form_valid(form)
        _set_up(self.request, "totp")
        return response


class DropTelephone(DeactivateTOTPView):
    """The telephone no more."""

    template_name = "accounts/drop_step.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Dropped and recorded."""
        response: HttpResponse = super().form_valid(form)
        _record(self.request, Kind.SECOND_STEP_REMOVED, "totp")
        return response


class AddPasskey(AddWebAuthnView):
    """A key in the telephone, the computer, or on a stick."""

    template_name = "accounts/passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the browser is asked, as an attribute: there is no script in a page of ours."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["form"].fields["name"].label = _("Nama kunci sandi")
        return {**context, "options": json.dumps(context["js_data"]["creation_options"])}

    def form_valid(self, form: Any) -> HttpResponse:
        """Kept and recorded."""
        response: HttpResponse = super().form_valid(form)
        _set_up(self.request, "webauthn")
        return response


class DropPasskey(RemoveWebAuthnView):
    """A passkey no more."""

    template_name = "accounts/drop_step.html"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        """Dropped and recorded; refused for the last one of somebody who needs one."""
        vault = Vault()
        if not vault.can_delete_authenticator(self.object):
            messages.error(self.request, vault.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        response: HttpResponse = super().form_valid(form)
        _record(self.request, Kind.SECOND_STEP_REMOVED, "webauthn")
        return response


class RecoveryCodes(ViewRecoveryCodesView):
    """Ten codes for the day when the telephone is gone; shown once."""

    template_name = "accounts/recovery_codes.html"


class NewRecoveryCodes(GenerateRecoveryCodesView):
    """Ten others instead."""

    template_name = "accounts/new_recovery_codes.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Made and recorded."""
        response: HttpResponse = super().form_valid(form)
        _record(self.request, Kind.RECOVERY_CODES_MADE)
        return response


class EnterCode(AuthenticateView):
    """After the password, before anybody is in."""

    template_name = "accounts/code.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which ways this person has."""
        context = super().get_context_data(**kwargs)
        mine = Authenticator.objects.filter(user_id=self.stage.login.user.pk)
        passkeys = mine.filter(type=Authenticator.Type.WEBAUTHN).exists()
        options = json.dumps(context["js_data"]["request_options"]) if passkeys else ""
        typed = mine.filter(type=Authenticator.Type.TOTP).exists()
        return {**context, "options": options, "telephone": typed, "trouble": _trouble(context["webauthn_form"])}


class CodeAgain(ReauthenticateByCode):
    """Before something weighty: the code once more."""

    template_name = "accounts/again_code.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which other ways this person has."""
        mine = Authenticator.objects.filter(user_id=person_of(self.request).pk)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "passkeys": mine.filter(type=Authenticator.Type.WEBAUTHN).exists()}


class PasskeyAgain(ReauthenticateWebAuthnView):
    """Before something weighty: the passkey once more."""

    template_name = "accounts/again_passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the browser is asked."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "form": self.get_form(), "options": json.dumps(context["js_data"]["request_options"])}


class PasswordAgain(ReauthenticateView):
    """Before something weighty: the password once more."""

    template_name = "accounts/again_password.html"

    def get_form(self, *args: Any) -> Any:
        """The form with a label in the site's own language."""
        form = super().get_form(*args)
        form.fields["password"].label = _("Kata sandi")
        return form


@login_required
@require_POST
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """End one of one's own sessions elsewhere; 0 ends all but this one."""
    me = person_of(request)
    here = request.session.session_key or ""
    ended = actions.end_sessions(me, by=actor_of(request), only=number or None, but=here)
    if ended:
        messages.success(request, _("Sesi di tempat lain sudah diakhiri."))
    return redirect("mfa_index")


def _trouble(form: Any) -> bool:
    return bool(form and form.is_bound and form.errors)
