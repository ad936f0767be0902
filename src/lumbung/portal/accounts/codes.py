"""The forms in which a code is typed: at sign-in, and again before something weighty."""

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.portal.accounts.adapter import subject_of
from lumbung.portal.accounts.models import Person
from lumbung.portal.accounts.second_step import MOST_FAILURES, is_guessing_codes, take_code
from lumbung.portal.audit.actions import record_now
from lumbung.portal.audit.actors import actor_of
from lumbung.portal.audit.kinds import Kind


def _worded(form: forms.Form) -> None:
    """The field in our own words, as a telephone's keyboard likes it."""
    field = form.fields["code"]
    field.label = _("Kode")
    field.widget = forms.TextInput(
        attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 20, "autofocus": True}
    )


def _checked(person: Person, check: Any) -> str:
    """What `check` lets through. Raise ValidationError where it does not, which is counted, or was too often."""
    if is_guessing_codes(person):
        raise forms.ValidationError(
            _("Kode keliru %(times)s kali, jadi kami berhenti menerimanya selama 15 menit."),
            params={"times": MOST_FAILURES},
        )
    try:
        code: str = check()
    except forms.ValidationError:
        record_now(Kind.SECOND_STEP_FAILED, by=actor_of(context.request), subject=subject_of(person))
        raise
    return code


def _used_up(authenticator: Authenticator, code: str) -> None:
    if authenticator.type == Authenticator.Type.TOTP and not take_code(authenticator, code):
        raise forms.ValidationError(_("Kode ini sudah dipakai. Tunggu kode berikutnya, paling lama setengah menit."))


class _Once(BaseAuthenticateForm):
    """What both forms below share: their words, and that a code is right, not yet used, and not one of too many."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self)

    def clean_code(self) -> str:
        """Ask allauth, then use the code up."""
        code = _checked(self.user, super().clean_code)
        _used_up(self.authenticator, code)
        return code


class SignInCode(_Once, AuthenticateForm):
    """After the password: a code of the telephone, or a recovery code."""


class AgainCode(_Once, ReauthenticateForm):
    """The same, before something weighty."""


class FirstCode(ActivateTOTPForm):
    """The first code of a new telephone, which proves that it was set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self)
